// The laws of the transport contract, each as one test, for any transport and any runner.
//
// Nothing here knows vitest: the same file runs in Node, in happy-dom and inside the pages of three browsers.

import type { Demand, Transport, TransportRequest } from '../../src/transports/transport.ts';
import type { Step } from '../server/script.ts';
import { equal, pause, plainRequest, scripted, turn, untilClosed, type ServerControl } from './bench.ts';
import { CARGO } from './cargo.ts';
import { dialectOf } from './dialects.ts';
import { describeCalls, record, select, type Call } from './recording.ts';
import { watchResidue } from './residue.ts';

export interface Law {
  readonly sentence: string;
  /** Gives the reason where the law does not concern this transport. */
  run(): Promise<string | undefined>;
}

export const PLAIN_DEMAND: Demand = {
  method: 'GET',
  headers: false,
  body: 'none',
  crossOrigin: false,
  credentials: 'same-origin',
  once: false,
  ownFetch: false,
  uploadProgress: false,
  urlCredentials: false,
};

/** Gives the reason where it does not apply. */
type Check = () => Promise<unknown>;

const WIDE = 'é漢😀\u{1f469}\u200d\u{1f680}';

const WITHOUT_BODY = [204, 205, 304];

export function transportLaws(transport: Transport, server: ServerControl): Law[] {
  const dialect = dialectOf(transport.name);
  const { prelude, write, read } = dialect;
  const head: Step = { head: { headers: { 'Content-Type': dialect.contentType } } };
  const beginning: Step[] = [head, { send: prelude }];
  const onBodyEnd = transport.rhythm !== 'stream';

  const laws: Readonly<Record<string, Check>> = {
    'Law 1: `open` returns before it calls the sink.': async () => {
      const name = await script([...beginning, { send: write('one') }]);
      const recording = record(transport, requestFor(name));
      equal(recording.callsInOpen, 0, 'calls before open returned');
      await recording.ended();
    },

    'Law 2: `opened` comes at most once, and before any text or message.': async () => {
      const name = await script([...beginning, { send: write('one') }, { wait: 60 }, { send: write(2) }]);
      const recording = record(transport, requestFor(name));
      await recording.ended();
      equal(read(recording), ['one', 2], 'messages');
      equal(select(recording.calls, 'opened').length, 1, 'opened');
      equal(recording.calls[0]?.name, 'opened', 'the first call');
    },

    'Law 2: a status outside 200 to 299, or 204, or 205 never opens where the carrier sees it.': async () => {
      if (dialect.statuses === 'documents')
        return 'a frame sees a status only where the engine tells it; see the tests of iframe';
      for (const status of [204, 205, 304, 400, 404, 500, 503]) {
        const body = WITHOUT_BODY.includes(status) ? '' : `status ${status}`;
        const name = await script(statusSteps(status, body, dialect.contentType));
        const recording = record(transport, requestFor(name));
        const end = await recording.ended();
        equal(select(recording.calls, 'opened').length, 0, `opened for ${status}`);
        // Firefox shows it afterwards.
        if (dialect.statuses === 'none' && end.how === 'failed') equal(end.error.code, 'status', 'the code');
        else if (dialect.statuses === 'none')
          equal(end.how === 'status' && end.head.status, status, 'status');
        else if (end.how !== 'status') throw new Error(`${status} ended as ${end.how}`);
        else equal([end.head.status, end.body], [status, body], 'status and body');
      }
      return undefined;
    },

    'Law 3: after `stop()` the sink is never called again, not even later in the same call.': async () => {
      for (const trigger of ['opened', 'content'] as const) {
        const name = await script([
          ...beginning,
          { send: write('one') + write(2) + write(3) },
          { wait: 100 },
          { send: write(4) },
          { hang: true },
        ]);
        const stopped = (call: Call): boolean =>
          trigger === 'opened' ? call.name === 'opened' : call.name === 'text' || call.name === 'message';
        const recording = record(transport, requestFor(name), (call, stop) => stopped(call) && stop());
        await recording.until('the call to stop at', () => recording.calls.some(stopped));
        const heard = recording.calls.length;
        await untilClosed(server, name);
        recording.stop();
        await turn();
        equal(
          recording.calls.length,
          heard,
          `calls after a stop in ${trigger}: ${describeCalls(recording.calls)}`,
        );
      }
    },

    'Law 4: `ended` comes exactly once unless stopped, and is the last call.': async () => {
      const name = await script([...beginning, { send: write('one') }]);
      const recording = record(transport, requestFor(name));
      equal((await recording.ended()).how, 'complete', 'the end');
      recording.stop();
      await turn();
      equal(select(recording.calls, 'ended').length, 1, 'ended');
      equal(recording.calls.at(-1)?.name, 'ended', 'the last call');
    },

    'Law 5: after the end or `stop()` nothing remains: no request, timer, listener, frame or node.':
      async () => {
        const watch = watchResidue();
        try {
          const name = await script(
            [...beginning, { send: write('one') }],
            [...beginning, { send: write('one') }, { hang: true }],
          );
          await record(transport, requestFor(name)).ended();
          equal(watch.residue(), [], 'left behind by the end');
          const stopped = record(transport, requestFor(name));
          await stopped.until(
            'the first message',
            () => read(stopped).length > 0 || (onBodyEnd && stopped.calls.length > 0),
          );
          stopped.stop();
          equal(watch.residue(), [], 'left behind by the stop');
          await untilClosed(server, name);
          record(transport, requestFor(name)).stop();
          await turn();
          equal((await server.log(name)).length, 2, 'requests, one of them stopped at once');
          equal(watch.residue(), [], 'left behind by a stop at once');
        } finally {
          watch.end();
        }
      },

    'Law 6: text and messages arrive in the order of the server.': async () => {
      const numbers = Array.from({ length: 300 }, (_, index) => index);
      const chunks = [numbers.slice(0, 1), numbers.slice(1, 7), numbers.slice(7, 200), numbers.slice(200)];
      const name = await script([
        ...beginning,
        ...chunks.flatMap((chunk): Step[] => [{ send: chunk.map(write).join('') }, { wait: 5 }]),
      ]);
      const recording = record(transport, requestFor(name));
      await recording.ended();
      equal(read(recording), numbers, 'messages');
    },

    'Law 6: they arrive while the response still runs where the rhythm is `stream`.': async () => {
      if (onBodyEnd) return 'its rhythm is no stream';
      const name = await script([
        ...beginning,
        { send: write('first') },
        { wait: 100 },
        { send: write('second') },
        { hang: true },
      ]);
      const recording = record(transport, requestFor(name));
      await recording.until('both messages', () => read(recording).length === 2);
      equal(recording.end, undefined, 'the end');
      recording.stop();
      await untilClosed(server, name);
      return undefined;
    },

    'Law 7: a character is never cut: a multi-byte sequence split by the network arrives whole.':
      async () => {
        const bytes = new TextEncoder().encode(write(WIDE));
        const name = await script([
          ...beginning,
          ...[...bytes].flatMap((byte): Step[] => [
            { sendBase64: btoa(String.fromCharCode(byte)) },
            { wait: 2 },
          ]),
        ]);
        const recording = record(transport, requestFor(name));
        await recording.ended();
        equal(read(recording), [WIDE], 'messages');
        equal(recording.problems.length, 0, 'problems');
        for (const { text } of select(recording.calls, 'text'))
          if (/[\ud800-\udbff]$/.test(text)) throw new Error(`A chunk ends inside a character: ${text}`);
      },

    'Law 8: a body that broke off never ends as `complete` where the carrier can tell.': async () => {
      if (!transport.tellsCuts) return 'it cannot tell';
      for (const cut of ['fin', 'reset'] as const) {
        for (const length of [{}, { 'Content-Length': '100000' }]) {
          const headers = { 'Content-Type': dialect.contentType, ...length };
          const name = await script([
            { head: { headers } },
            { send: prelude + write('one') },
            { wait: 80 },
            { cut },
          ]);
          const end = await record(transport, requestFor(name)).ended();
          const isTrusted = cut === 'fin' && !('Content-Length' in headers) && server.trustsClosedSockets;
          equal(end.how, isTrusted ? 'complete' : 'cut', `the end after ${cut}, ${JSON.stringify(length)}`);
          if (end.how === 'cut') equal(end.error.code, 'network', 'the code');
        }
      }
      return undefined;
    },

    'Law 9: while `ready` is pending, a carrier that can leave bytes with the network gives no further text.':
      async () => {
        if (!dialect.leavesBytes) return 'the browser takes every byte at once';
        const name = await script([
          ...beginning,
          { send: write('one') },
          { wait: 100 },
          { send: write('two') },
          { wait: 100 },
          { send: write('three') },
        ]);
        let release = (): void => undefined;
        const held = new Promise<void>((resolve) => (release = resolve));
        const recording = record(transport, requestFor(name), undefined, () =>
          recording.calls.some(({ name }) => name === 'text') ? held : undefined,
        );
        await recording.until('the first text', () => recording.text !== '');
        const { text } = recording;
        await pause(400);
        equal(recording.text, text, 'the text while held back');
        equal(recording.end, undefined, 'the end while held back');
        release();
        await recording.ended();
        equal(read(recording), ['one', 'two', 'three'], 'messages');
        return undefined;
      },

    'A refusal whose body never ends is told by its status, and leaves nothing.': async () => {
      if (dialect.statuses === 'none') return 'it sees no body of a refusal';
      if (dialect.statuses === 'documents' && server.trustsClosedSockets)
        return 'WebKitGTK shows a frame no status';
      // Chromium shows two characters to XHR only with a third.
      const body = 'not here';
      const page = dialect.statuses === 'documents' ? `<!DOCTYPE html><p>${body}` : body;
      const refusal = (status: number): Step[] => [
        { head: { status, headers: { 'Content-Type': dialect.contentType } } },
        { send: page },
        { hang: true },
      ];
      const watch = watchResidue();
      try {
        // WebKitGTK shows nothing of a 401 before it is whole.
        const refusals = server.trustsClosedSockets ? [403, 404, 500] : [401, 404, 500];
        // All at once: each waits for more of its body.
        const names = await Promise.all(
          refusals.map(async (status) => {
            const name = await script(refusal(status));
            const recording = record(transport, requestFor(name));
            const end = await recording.ended();
            equal(end.how === 'status' && [end.head.status, end.body], [status, body], 'status and body');
            equal(select(recording.calls, 'opened').length, 0, 'opened');
            return name;
          }),
        );
        equal(watch.residue(), [], 'left behind by the ends');
        for (const name of names) await untilClosed(server, name);
        const name = await script(refusal(404));
        const stopped = record(transport, requestFor(name));
        await stopped.until('the head', () => stopped.calls.length > 0);
        stopped.stop();
        equal(watch.residue(), [], 'left behind by the stop');
      } finally {
        watch.end();
      }
      return undefined;
    },

    'A server that gives no answer is a cut before the head.': async () => {
      const name = await script([{ cut: 'fin' }]);
      const recording = record(transport, requestFor(name));
      const end = await recording.ended();
      equal([end.how, recording.calls.length], ['cut', 1], 'the end, and nothing else');
      if (end.how === 'cut')
        equal(end.error.message.includes(name), true, `the URL in: ${end.error.message}`);
      return undefined;
    },

    'What it does not refuse, it carries.': async () => {
      for (const { what, demand, request, isCarried } of CARGO) {
        if (transport.refuses({ ...PLAIN_DEMAND, ...demand }) !== undefined) continue;
        const name = await script([...beginning, { send: write('one') }]);
        const recording = record(transport, { ...requestFor(name), ...request() });
        await recording.ended();
        equal(read(recording), ['one'], `messages after ${what}`);
        const [seen] = await server.log(name);
        if (!seen || !isCarried(seen)) throw new Error(`${what} arrived as ${JSON.stringify(seen)}`);
      }
    },
  };

  return Object.entries(laws).map(([sentence, check]) => ({
    sentence,
    async run() {
      const reason = await check();
      return typeof reason === 'string' ? reason : undefined;
    },
  }));

  function script(...connections: Step[][]): Promise<string> {
    return scripted(server, ...connections);
  }

  function requestFor(name: string): TransportRequest {
    return plainRequest(`${server.url}/scripted/${name}`, transport);
  }
}

/** A 205 must say that it has no body: a browser takes the end of an empty chunked one for the next response. */
function statusSteps(status: number, body: string, contentType: string): Step[] {
  const length = status === 205 ? { 'Content-Length': '0' } : {};
  const head = { status, headers: { 'Content-Type': contentType, ...length } };
  return body === '' ? [{ head }] : [{ head }, { send: body }];
}
