// What the browser's EventSource does beyond the laws.

import { equal, pause, plainRequest, scripted, untilClosed } from '../../contracts/bench.ts';
import { record, select } from '../../contracts/recording.ts';
import type { Step } from '../../server/script.ts';
import type { Details } from './detail.ts';

const STREAM = [
  'data: plain\n\n',
  'id: 1\nevent: tick\ndata: asked\n\n',
  'event: other\ndata: not asked\n\n',
  'event: error\ndata: no failure\n\n',
  'id: 2\nevent: open\ndata: no head\n\n',
  'id\ndata: cleared\n\n',
].join('');

export const eventSourceDetails: Details = {
  'hears the events it was told of, and no others': async ({ transport, server }) => {
    const name = await scripted(server, [{ send: STREAM }]);
    const recording = record(transport, {
      ...plainRequest(`${server.url}/scripted/${name}`, transport),
      events: ['tick'],
    });
    await recording.ended();
    equal(
      recording.messages,
      [
        { event: 'message', data: 'plain', id: '' },
        { event: 'tick', data: 'asked', id: '1' },
        { event: 'error', data: 'no failure', id: '1' },
        { event: 'open', data: 'no head', id: '2' },
        { event: 'message', data: 'cleared', id: '' },
      ],
      'messages',
    );
    equal(
      select(recording.calls, 'id').map(({ id }) => id),
      ['1', '2', ''],
      'ids, each before its message',
    );
  },

  'never connects again by itself': async ({ transport, server }) => {
    const name = await scripted(server, [{ send: 'retry: 1\ndata: 1\n\n' }]);
    const recording = record(transport, plainRequest(`${server.url}/scripted/${name}`, transport));
    await recording.ended();
    await new Promise((resolve) => setTimeout(resolve, 200));
    equal((await server.log(name)).length, 1, 'connections');
  },

  'carries the id it was given until the stream states one': async ({ transport, server }) => {
    const stream = 'data: a\n\nid\ndata: b\n\nid: 8\ndata: c\n\ndata: d\n\nid\ndata: e\n\ndata: f\n\n';
    const name = await scripted(server, [{ send: stream }]);
    const request = { ...plainRequest(`${server.url}/scripted/${name}`, transport), lastEventId: '7' };
    const recording = record(transport, request);
    await recording.ended();
    equal(
      recording.messages.map(({ data, id }) => `${String(data)}${id}`),
      // That the stream clears an id which the browser does not know of shows nowhere.
      ['a7', 'b7', 'c8', 'd8', 'e', 'f'],
      'messages with their ids',
    );
    equal(
      select(recording.calls, 'id').map(({ id }) => id),
      ['8', ''],
      'ids',
    );
  },

  'is refused for good by what the browser closes, and is cut by what it would ask again': async ({
    transport,
    server,
    engine,
  }) => {
    const elsewhere = server.url.replace('127.0.0.1', 'localhost');
    const cases: readonly [what: string, steps: Step[], how: string][] = [
      ['a 404', [{ head: { status: 404 } }, { send: 'x' }], 'failed'],
      ['a 500', [{ head: { status: 500 } }], 'failed'],
      ['a 204', [{ head: { status: 204 } }], 'failed'],
      ['a page', [{ head: { headers: { 'Content-Type': 'text/html' } } }, { send: 'x' }], 'failed'],
      ['no type', [{ head: { headers: { 'Content-Type': '' } } }, { send: 'x' }], 'failed'],
      ['a closed socket', [{ cut: 'fin' }], 'cut'],
      ['a reset', [{ cut: 'reset' }], 'cut'],
    ];
    for (const [what, steps, how] of cases) {
      for (const origin of [server.url, elsewhere]) {
        const name = await scripted(server, steps);
        const url = `${origin}/scripted/${name}`;
        const end = await record(transport, plainRequest(url, transport)).ended();
        const status = steps[0] && 'head' in steps[0] ? steps[0].head.status : undefined;
        // Firefox shows the status afterwards.
        if (engine === 'firefox' && end.how === 'status')
          equal(end.head.status, status, `${what} at ${origin}`);
        else equal(end.how, how, `${what} at ${origin}`);
        if (end.how === 'failed') equal([end.error.code, end.error.url], ['status', url], 'the error');
      }
    }
  },

  'tells a status where the engine shows it': async ({ transport, server, engine }) => {
    if (engine !== 'firefox') return 'this engine shows no status';
    // Of a page that has loaded a lot the browser notes no more.
    performance.clearResourceTimings();
    for (const status of [204, 404, 503]) {
      const name = await scripted(server, [{ head: { status } }]);
      const end = await record(transport, plainRequest(`${server.url}/scripted/${name}`, transport)).ended();
      equal(end.how === 'status' && end.head.status, status, 'the status');
    }
    return undefined;
  },

  'leaves nothing when it is stopped while it asks whether the server is up': async ({
    transport,
    server,
  }) => {
    const name = await scripted(server, [{ head: { status: 404 } }, { send: 'x' }], [{ hang: true }]);
    const recording = record(transport, plainRequest(`${server.url}/scripted/${name}`, transport));
    await pause(300);
    recording.stop();
    const { length } = recording.calls;
    if ((await server.log(name)).length > 1) await untilClosed(server, name);
    equal(recording.calls.length, length, 'calls after the stop');
  },
};
