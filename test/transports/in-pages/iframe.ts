// What the iframe does beyond the laws.

import type { Call, Recording } from '../../contracts/recording.ts';
import {
  equal,
  plainRequest,
  scripted,
  turn,
  untilClosed,
  type ServerControl,
} from '../../contracts/bench.ts';
import { record } from '../../contracts/recording.ts';
import type { Step } from '../../server/script.ts';
import type { Bench, Details } from './detail.ts';

const PADDING = ' '.repeat(2_048);
const HTML: Step = { head: { headers: { 'Content-Type': 'text/html; charset=utf-8' } } };
const BEGINNING: Step[] = [HTML, { send: `<!DOCTYPE html>${PADDING}` }];

type Page = Record<string, unknown>;
const page = globalThis as unknown as Page;

export const iframeDetails: Details = {
  'sees the status of a page where the engine tells it': async (bench) => {
    const { recording } = await opened(bench, [
      { head: { status: 404, headers: { 'Content-Type': 'text/html' } } },
      { send: '<!DOCTYPE html><p>not here</p><script>parent.enckeReceive(1)</script>' },
    ]);
    const end = await recording.ended();
    if (bench.engine === 'webkit') {
      equal(
        [end.how, recording.text],
        ['complete', '<script>enckeReceive(1)</script>'],
        'a page like any other',
      );
    } else {
      equal(end.how === 'status' && [end.head.status, end.body.slice(0, 8)], [404, 'not here'], 'the end');
      equal(recording.text, '', 'its scripts count for nothing');
    }
  },

  'makes no history entry, by GET or by POST': async (bench) => {
    const entries = history.length;
    for (const method of ['GET', 'POST']) {
      const { recording } = await opened(bench, [...BEGINNING, call(1)], { method });
      await recording.ended();
      equal(recording.text, '<script>enckeReceive(1)</script>', `text by ${method}`);
    }
    equal(history.length, entries, 'history entries');
  },

  'keeps frames apart that run side by side': async (bench) => {
    const both = await Promise.all(
      ['left', 'right'].map((side) =>
        opened(bench, [
          ...BEGINNING,
          call(`${side} 1`),
          { wait: 50 },
          call(`${side} 2`),
          { wait: 50 },
          call(`${side} 3`),
        ]),
      ),
    );
    for (const { recording } of both) await recording.ended();
    const sides = both.map(({ recording }) => values(recording));
    equal(
      sides,
      [
        ['left 1', 'left 2', 'left 3'],
        ['right 1', 'right 2', 'right 3'],
      ],
      'values',
    );
  },

  'takes every call of one script, and every argument of one call': async (bench) => {
    const { recording } = await opened(bench, [
      ...BEGINNING,
      {
        send: '<script>parent.enckeReceive(1);window.parent.enckeReceive({"id":"7","data":[2]});parent.enckeReceive("a","b")</script>',
      },
    ]);
    await recording.ended();
    equal(
      recording.text,
      '<script>enckeReceive(1)</script><script>enckeReceive({"id":"7","data":[2]})</script><script>enckeReceive("a","b")</script>',
      'text',
    );
  },

  'takes calls under each of its names, dotted ones too, and puts nothing into the page': async (bench) => {
    const callbacks = ['Sijax.processCommands', 'window.parent.sjxUpload.processResponse'];
    const { recording } = await opened(
      bench,
      [
        ...BEGINNING,
        {
          send: '<script>window.parent.Sijax.processCommands([1]);parent.sjxUpload.processResponse("f",[2])</script>',
        },
        { hang: true },
      ],
      { callbacks },
    );
    await recording.until('both calls', () => recording.text.includes('[2]'));
    equal(
      recording.text,
      '<script>Sijax.processCommands([1])</script><script>sjxUpload.processResponse("f",[2])</script>',
      'text',
    );
    equal(['Sijax' in page, 'sjxUpload' in page], [false, false], 'globals of the page');
    recording.stop();
  },

  'leaves alone what the page has under its name': async (bench) => {
    const heard: unknown[] = [];
    page['enckeReceive'] = (value: unknown) => heard.push(value);
    try {
      const { recording } = await opened(bench, [...BEGINNING, call('frame')]);
      await recording.ended();
      equal([values(recording), heard], [['frame'], []], 'who heard what');
    } finally {
      delete page['enckeReceive'];
    }
  },

  'takes what the page posts, from its own frame only': async (bench) => {
    const posted = '<script>parent.postMessage({ event: "tick", data: 1 }, location.origin)</script>';
    const { recording } = await opened(bench, [
      ...BEGINNING,
      { send: posted },
      { wait: 50 },
      { send: '<script>parent.postMessage("noise", "*")</script>' },
    ]);
    postMessage({ event: 'forged', data: 2 }, location.origin);
    await recording.ended();
    equal(values(recording), [{ event: 'tick', data: 1 }], 'values');
  },

  'survives a stop inside the call of a running script': async (bench) => {
    const { recording, name } = await opened(
      bench,
      [
        ...BEGINNING,
        { send: '<script>parent.enckeReceive(1);parent.enckeReceive(2);parent.after = 1</script>' },
        { hang: true },
      ],
      {},
      (heard, stop) => heard.name === 'text' && stop(),
    );
    await recording.until('the call', () => recording.text !== '');
    await untilClosed(bench.server, name);
    equal(values(recording), [1], 'values');
    equal(document.querySelector('iframe'), null, 'the frame');
    delete page['after'];
  },

  'takes consumed nodes away': async (bench) => {
    const rounds = 400;
    const round = Array.from(
      { length: 10 },
      (_, count) => `${' '.repeat(100)}\n<!-- beat --><script>parent.enckeReceive(${count})</script>\n`,
    ).join('');
    const { recording } = await opened(bench, [
      ...BEGINNING,
      ...Array.from({ length: rounds / 10 }, (): Step => ({ send: round })),
      { hang: true },
    ]);
    await recording.until('every call', () => values(recording).length === rounds);
    const size = (): number => innerDocument()?.documentElement.outerHTML.length ?? 0;
    // The observer of the last nodes runs in the microtasks after them.
    await recording.until('the sweep', () => size() > 0);
    await turn();
    if (size() > 4_000) throw new Error(`${size()} characters are left`);
    recording.stop();
  },

  'tells that a comment is a sign of life': async (bench) => {
    const { recording } = await opened(bench, [
      ...BEGINNING,
      { wait: 200 },
      { send: '<!-- beat -->' },
      { hang: true },
    ]);
    await recording.until('a sign of life', () => recording.calls.some(({ name }) => name === 'alive'));
    equal(
      recording.calls.map(({ name }) => name).filter((name) => name !== 'alive'),
      ['opened'],
      'the other calls',
    );
    recording.stop();
  },

  'is cut by a page it may not read: X-Frame-Options, another origin': async (bench) => {
    const elsewhere = bench.server.url.replace('127.0.0.1', 'localhost');
    const heads: Step[] = [
      { head: { headers: { 'Content-Type': 'text/html', 'X-Frame-Options': 'DENY' } } },
      { head: { status: 302, headers: { Location: `${elsewhere}/html` } } },
    ];
    for (const head of heads) {
      const { recording } = await opened(bench, [head, { send: '<script>parent.enckeReceive(1)</script>' }]);
      equal([(await recording.ended()).how, recording.calls.length], ['cut', 1], JSON.stringify(head));
    }
  },

  'fails where the server sends a frame something else than HTML: the request was made, and must not be made again':
    async (bench) => {
      const { recording } = await opened(bench, [{ send: `data: 1\n\n${PADDING}` }]);
      equal((await recording.ended()).how, 'failed', 'the end');
    },

  'sees a server that does not answer': async (bench) => {
    const { recording } = await opened(bench, [{ cut: 'fin' }]);
    equal((await recording.ended()).how, 'cut', 'the end');
  },

  'sees a server that does not answer a form, where the engine tells': async (bench) => {
    if (bench.engine === 'webkit') return 'WebKitGTK tells nothing: the caller needs a time limit';
    const { recording } = await opened(bench, [{ cut: 'fin' }], { method: 'POST' });
    equal((await recording.ended()).how, 'cut', 'the end');
    return undefined;
  },

  'sees that no page came of a 204': async (bench) => {
    const { recording } = await opened(bench, [{ head: { status: 204 } }]);
    equal((await recording.ended()).how, 'cut', 'the end');
  },

  'waits for a server that takes its time': async (bench) => {
    for (const method of ['GET', 'POST']) {
      const { recording } = await opened(bench, [{ wait: 300 }, ...BEGINNING, call(1)], { method });
      equal((await recording.ended()).how, 'complete', `the end of a ${method}`);
      equal(recording.text, '<script>enckeReceive(1)</script>', `text by ${method}`);
    }
  },

  'sees a page that broke off': async (bench) => {
    const { recording } = await opened(bench, [...BEGINNING, call(1), { wait: 50 }, { cut: 'reset' }]);
    equal((await recording.ended()).how, 'cut', 'the end');
  },

  'waits for the load of the page before it puts the frame in': async (bench) => {
    const { recording } = await opened(bench, [...BEGINNING, call(1)]);
    equal(document.readyState, 'complete', 'the state of the page');
    await recording.ended();
  },
};

function innerDocument(): Document | null | undefined {
  const outer = document.querySelector('iframe')?.contentDocument;
  return outer?.querySelector('iframe')?.contentDocument;
}

interface Opened {
  readonly recording: Recording;
  readonly name: string;
}

async function opened(
  { transport, server }: Bench,
  steps: Step[],
  change: { method?: string; callbacks?: string[] } = {},
  onCall?: (heard: Call, stop: () => void) => void,
): Promise<Opened> {
  const name = await scripted(server, steps);
  const request = { ...plainRequest(urlOf(server, name), transport), ...change };
  return { recording: record(transport, request, onCall), name };
}

function urlOf({ url }: ServerControl, name: string): string {
  return `${url}/scripted/${name}`;
}

function call(value: unknown): Step {
  return { send: `<script>parent.enckeReceive(${JSON.stringify(value)})</script>\n` };
}

function values({ text }: Recording): unknown[] {
  return [...text.matchAll(/enckeReceive\((.*?)\)<\/script>/g)].map(
    ([, json = '']) => JSON.parse(json) as unknown,
  );
}
