// Where `encke/fetch-event-source` differs from the original, on purpose. The tests hold both to this list, and so do the docs.

import { getEventListeners } from 'node:events';
import { vi } from 'vitest';
import { outcomeOf, stream, unreachable, type Client, type World } from './world.ts';

export interface Difference {
  /** What it is about. */
  readonly what: string;
  readonly original: string;
  readonly ours: string;
  /** Shows it; gives something that can be compared. Absent where only a browser can show it. */
  readonly scene?: (client: Client, world: World) => Promise<unknown>;
  /** What the scene gives. */
  readonly shown?: { readonly original: unknown; readonly ours: unknown };
}

const URL = 'https://page.example/events';
const POST = { method: 'POST', body: '{}' };
const MINUTE = 60_000;

export const DIFFERENCES: readonly Difference[] = [
  {
    what: 'The server ends the response to a GET',
    original: 'The promise resolves.',
    ours: 'The request is made again, with the last event id. `reconnect: false` does as the original.',
    async scene(client, { fetch, answer, requests, pass }) {
      answer(stream(['id: 1\ndata: a\n\n'], { end: 'clean' }), stream([]));
      const outcome = outcomeOf(client(URL, { fetch }));
      await pass(2_000);
      return [outcome(), requests.map(({ headers }) => headers.get('last-event-id'))];
    },
    shown: { original: ['resolved', [null]], ours: ['pending', [null, '1']] },
  },
  {
    what: 'A POST whose connection fails',
    original: 'It is sent again every second, as often as it fails.',
    ours: 'It is sent once, and the promise rejects. It is sent again if `onerror` returns a number, or with `reconnect: true`.',
    async scene(client, { fetch, answer, requests, pass }) {
      answer(unreachable);
      const outcome = outcomeOf(client(URL, { ...POST, fetch, onerror: () => undefined }));
      await pass(3_500);
      return [requests.length, outcome()];
    },
    shown: { original: [4, 'pending'], ours: [1, 'rejected: fetch failed'] },
  },
  {
    what: 'A POST, and the user looks at another tab',
    original: 'It is closed, and sent again when the user comes back.',
    ours: 'It stays open.',
    async scene(client, { fetch, answer, requests, hide, show, pass }) {
      answer(stream(['data: a\n\n']));
      void client(URL, { ...POST, fetch });
      await pass(0);
      await hide();
      await show();
      return requests.map(({ isClosed }) => isClosed());
    },
    shown: { original: [true, false], ours: [false] },
  },
  {
    what: '`onmessage` throws',
    original: 'The rest of the chunk is lost, the response stays open unread, and the request is sent again.',
    ours: '`onerror` is asked. If it throws, all is over; if it returns a number, the request is made again; otherwise the stream goes on. Without `onerror` the error goes to `window.onerror`.',
    async scene(client, { fetch, answer, requests, pass }) {
      answer(stream(['data: a\n\ndata: b\n\n', 'data: c\n\n']));
      const data: string[] = [];
      void client(URL, {
        ...POST,
        fetch,
        onmessage(message) {
          data.push(message.data);
          if (message.data === 'a') throw new Error('a handler fails');
        },
        onerror: () => undefined,
      });
      await pass(1_500);
      return [data, requests.length, requests[0]?.isClosed()];
    },
    shown: { original: [['a', 'a'], 2, false], ours: [['a', 'b', 'c'], 1, false] },
  },
  {
    what: 'The page is hidden and shown while the client waits to reconnect',
    original: 'Two streams are opened, and every message comes twice.',
    ours: 'One.',
    async scene(client, { fetch, answer, requests, hide, show, pass }) {
      answer(unreachable, stream([]));
      void client(URL, { fetch });
      await pass(100);
      await hide();
      await show();
      await pass(5_000);
      return requests.length;
    },
    shown: { original: 3, ours: 2 },
  },
  {
    what: 'The page is hidden when the wait is over',
    original: 'The stream is opened in the hidden page.',
    ours: 'It is opened when the page is shown.',
    async scene(client, { fetch, answer, requests, hide, pass }) {
      answer(unreachable, stream([]));
      void client(URL, { fetch });
      await pass(100);
      await hide();
      await pass(5_000);
      return requests.length;
    },
    shown: { original: 2, ours: 1 },
  },
  {
    what: 'The page is hidden and shown at once',
    original: '`onerror` gets the `AbortError` of the first request, and a second stream follows.',
    ours: '`onerror` hears nothing of it.',
    async scene(client, { fetch, answer, requests, hide, show, pass }) {
      // Browsers tell of an abort in a later task.
      answer(
        () => new Promise((_, reject) => setTimeout(reject, 500, new DOMException('', 'AbortError'))),
        stream([]),
      );
      const errors: string[] = [];
      const late: typeof globalThis.fetch = (input, init) => fetch(input, { ...init, signal: null });
      void client(URL, { fetch: late, onerror: ({ name }: Error) => void errors.push(name) });
      await pass(100);
      await hide();
      await show();
      await pass(5_000);
      return [errors, requests.length];
    },
    shown: { original: [['AbortError'], 3], ours: [[], 2] },
  },
  {
    what: '`signal` has aborted before the call',
    original: 'The request is sent, and nothing can end it.',
    ours: 'The promise resolves. No request is sent.',
    async scene(client, { fetch, answer, requests, pass }) {
      answer(stream([]));
      const outcome = outcomeOf(client(URL, { fetch, signal: AbortSignal.abort() }));
      await pass(0);
      return [outcome(), requests.length];
    },
    shown: { original: ['pending', 1], ours: ['resolved', 0] },
  },
  {
    what: '`signal` aborts in a handler',
    original: 'The other messages of the chunk are delivered.',
    ours: 'No message is delivered after an abort.',
    async scene(client, { fetch, answer, pass }) {
      answer(stream(['data: a\n\ndata: b\n\n']));
      const controller = new AbortController();
      const data: string[] = [];
      const onmessage = (message: { data: string }): void => {
        data.push(message.data);
        controller.abort();
      };
      void client(URL, { fetch, onmessage, signal: controller.signal });
      await pass(0);
      return data;
    },
    shown: { original: ['a', 'b'], ours: ['a'] },
  },
  {
    what: 'A comment and a blank line, as servers send them to keep a connection alive',
    original: '`onmessage` gets a message with empty data.',
    ours: 'They are no message.',
    scene: dataOf([':\n\n', 'data: a\n\n']),
    shown: { original: ['', 'a'], ours: ['a'] },
  },
  {
    what: 'An event without data',
    original: '`onmessage` gets it, with empty data.',
    ours: 'It is no message, as the standard says. What it states (`id`, `retry`) is told with the next message.',
    async scene(client, world) {
      return messagesOf(client, world, ['id: 1\nevent: ping\n\n', 'data: a\n\n']);
    },
    shown: {
      original: [
        ['1', 'ping', ''],
        ['', '', 'a'],
      ],
      ours: [['1', '', 'a']],
    },
  },
  {
    what: 'A message whose first line of data is empty',
    original: 'The line is lost.',
    ours: 'It is kept.',
    scene: dataOf(['data:\ndata: a\n\n']),
    shown: { original: ['a'], ours: ['\na'] },
  },
  {
    what: 'A line that is only the name of a field, such as `data`',
    original: 'It is ignored.',
    ours: 'Its value is empty, as the standard says.',
    scene: dataOf(['data: a\ndata\n\n']),
    shown: { original: ['a'], ours: ['a\n'] },
  },
  {
    what: 'A value that begins with U+FEFF',
    original: 'The character is lost.',
    ours: 'It is kept. Only a byte order mark at the beginning of the stream is dropped.',
    scene: dataOf(['\ufeffdata: \ufeffa\n\n']),
    shown: { original: ['a'], ours: ['\ufeffa'] },
  },
  {
    what: '`retry: 10abc`',
    original: 'It counts as 10.',
    ours: 'It is ignored, as the standard says.',
    async scene(client, world) {
      const retries: unknown[] = [];
      const onmessage = ({ retry }: { retry?: number }): void => void retries.push(retry);
      world.answer(stream(['retry: 10abc\ndata: a\n\n']));
      void client(URL, { fetch: world.fetch, onmessage });
      await world.pass(0);
      return retries;
    },
    shown: { original: [10], ours: [undefined] },
  },
  {
    what: 'An id that is not Latin-1, such as `✓`',
    original: '`fetch` throws, and the stream never comes back.',
    ours: 'It is sent in UTF-8, as browsers do it.',
    scene: idAfter(['id: ✓\ndata: a\n\n']),
    shown: { original: 'never', ours: '\u00e2\u009c\u0093' },
  },
  {
    what: 'An id with U+0000',
    original: '`fetch` throws, and the stream never comes back.',
    ours: 'It is ignored, as the standard says.',
    scene: idAfter(['id: 1\ndata: a\n\n', 'id: 2\0\ndata: b\n\n']),
    shown: { original: 'never', ours: '1' },
  },
  {
    what: 'The connection breaks in the middle of an event, after its `id` line',
    original: 'The id counts already, so the event is lost.',
    ours: 'The id counts from the blank line on, so the server sends the event again.',
    scene: idAfter(['id: 1\ndata: a\n\n', 'id: 2\ndata: b']),
    shown: { original: '2', ours: '1' },
  },
  {
    what: 'The server is down',
    original: 'A request every second, from all clients at the same moment.',
    ours: 'The waits double up to 30 s, and each is partly random. A connection that brought no message counts as failed, too. The time that the server asks for is the least.',
    async scene(client, { fetch, answer, requests, pass }) {
      answer(unreachable);
      void client(URL, { fetch });
      await pass(MINUTE);
      return requests.length < 10 ? 'fewer than 10 requests a minute' : 'more';
    },
    shown: { original: 'more', ours: 'fewer than 10 requests a minute' },
  },
  {
    what: '`Retry-After`',
    original: 'It is ignored.',
    ours: 'It is honoured.',
    async scene(client, { fetch, answer, requests, pass }) {
      answer(stream([], { status: 503, headers: { 'retry-after': '20' } }));
      void client(URL, { fetch });
      await pass(20_000);
      return requests.length === 1;
    },
    shown: { original: false, ours: true },
  },
  {
    what: 'A status such as 404, or a page instead of an event stream',
    original: 'The request is made again every second.',
    ours: 'The promise rejects, unless `onerror` returns a number. 408, 425, 429 and 5xx are tried again.',
    async scene(client, { fetch, answer, requests, pass }) {
      answer(stream(['<h1>'], { status: 404, headers: { 'content-type': 'text/html' } }));
      const outcome = outcomeOf(client(URL, { fetch, onerror: () => undefined }));
      await pass(3_500);
      return [requests.length, outcome()];
    },
    shown: { original: [4, 'pending'], ours: [1, 'rejected: The server answered 404.'] },
  },
  {
    what: 'An event stream with the status 500, without `onopen`',
    original: 'It is read.',
    ours: 'It is an error, and the request is made again. An `onopen` of your own may accept it.',
    async scene(client, { fetch, answer, data, pass }) {
      answer(stream(['data: a\n\n'], { status: 500 }));
      void client(URL, { fetch, onmessage: (message) => void data.push(message.data) });
      await pass(0);
      return data;
    },
    shown: { original: ['a'], ours: [] },
  },
  {
    what: 'The statuses 204 and 205, by which a server ends a subscription',
    original: 'The request is made again every second.',
    ours: 'The promise resolves. No hook is called.',
    async scene(client, { fetch, answer, requests, pass }) {
      answer(stream([], { status: 204 }));
      const outcome = outcomeOf(client(URL, { fetch }));
      await pass(3_500);
      return [requests.length, outcome()];
    },
    shown: { original: [4, 'pending'], ours: [1, 'resolved'] },
  },
  {
    what: 'The content type `Text/Event-Stream`',
    original: 'It is refused.',
    ours: 'It is accepted: media types have no case.',
    async scene(client, { fetch, answer, data, pass }) {
      answer(stream(['data: a\n\n'], { headers: { 'content-type': 'Text/Event-Stream' } }));
      void client(URL, { fetch, onmessage: (message) => void data.push(message.data) });
      await pass(0);
      return data;
    },
    shown: { original: [], ours: ['a'] },
  },
  {
    what: 'What the client itself finds wrong with a response',
    original: 'An `Error`.',
    ours: 'An `EnckeError` with `code`, `status`, `headers` and `url`.',
    async scene(client, { fetch, answer, pass }) {
      answer(stream([], { headers: { 'content-type': 'text/html' } }));
      const errors: unknown[] = [];
      client(URL, {
        fetch,
        onerror: ({ code, status }: Record<string, unknown>) => void errors.push(code, status),
      }).catch(() => undefined);
      await pass(0);
      return errors;
    },
    shown: { original: [undefined, undefined], ours: ['content-type', 200] },
  },
  {
    what: '`onerror` is an async function',
    original: 'The request is made again without any wait, and what it throws is lost.',
    ours: 'Its promise is awaited.',
    async scene(client, { fetch, answer, requests, pass }) {
      answer(unreachable);
      const onerror = (() => Promise.resolve(10_000)) as unknown as () => number;
      void client(URL, { fetch, onerror });
      await pass(5_000);
      return requests.length === 1;
    },
    shown: { original: false, ours: true },
  },
  {
    what: '`onopen` throws',
    original: 'The response stays open.',
    ours: 'It is closed.',
    async scene(client, { fetch, answer, requests, pass }) {
      answer(stream(['data: a\n\n']));
      void client(URL, { fetch, onopen: () => Promise.reject(new Error('refused')), onerror: () => 5_000 });
      await pass(100);
      return requests[0]?.isClosed();
    },
    shown: { original: false, ours: true },
  },
  {
    what: 'A `fetch` of your own that does not heed its signal',
    original: 'The response is read to its end after an abort.',
    ours: 'It is closed.',
    async scene(client, { fetch, answer, requests, pass }) {
      answer(stream(['data: a\n\n']));
      const controller = new AbortController();
      const deaf: typeof globalThis.fetch = (input, init) => fetch(input, { ...init, signal: null });
      void client(URL, { fetch: deaf, signal: controller.signal });
      await pass(0);
      controller.abort();
      await pass(0);
      return requests[0]?.isClosed();
    },
    shown: { original: false, ours: true },
  },
  {
    what: 'A `signal` that outlives the call',
    original: 'It keeps a listener for each call.',
    ours: 'It keeps none.',
    async scene(client, { fetch, answer, pass }) {
      answer(stream([], { end: 'clean' }));
      const { signal } = new AbortController();
      const outcome = outcomeOf(client(URL, { ...POST, fetch, signal }));
      await pass(0);
      return [outcome(), getEventListeners(signal, 'abort').length];
    },
    shown: { original: ['resolved', 1], ours: ['resolved', 0] },
  },
  {
    what: '`Accept` and `Last-Event-ID` among the headers, in upper case',
    original: 'They are sent beside those of the client, as `application/json, text/event-stream`.',
    ours: 'Yours replaces `accept`. `Last-Event-ID` is replaced by the first id of the stream.',
    async scene(client, { fetch, answer, requests, pass }) {
      answer(stream(['id: 5\ndata: a\n\n'], { end: 'cut' }), stream([]));
      const headers = { Accept: 'application/json', 'Last-Event-ID': '3' };
      void client(URL, { fetch, headers, onerror: () => 10 });
      await pass(100);
      return requests.map((seen) => [seen.headers.get('accept'), seen.headers.get('last-event-id')]);
    },
    shown: {
      original: [
        ['application/json, text/event-stream', '3'],
        ['application/json, text/event-stream', '3, 5'],
      ],
      ours: [
        ['application/json', '3'],
        ['application/json', '5'],
      ],
    },
  },
  {
    what: 'The headers of a `Request`',
    original: 'They are lost.',
    ours: 'They are sent. `headers` adds to them.',
    async scene(client, { fetch, answer, requests, pass }) {
      answer(stream([]));
      void client(new Request(URL, { headers: { 'x-name': 'value' } }), {
        fetch,
        headers: { 'x-other': 'other' },
      });
      await pass(0);
      return ['x-name', 'x-other'].map((name) => requests[0]?.headers.get(name));
    },
    shown: { original: [null, 'other'], ours: ['value', 'other'] },
  },
  {
    what: 'A `Request` with a body, if `onerror` asks for another attempt',
    original: 'Its body was read already, so every further attempt fails.',
    ours: 'It is sent again.',
    async scene(client, { fetch, answer, requests, pass }) {
      answer(unreachable, stream([]));
      void client(new Request(URL, POST), { fetch, onerror: () => 10 });
      await pass(100);
      return requests.length;
    },
    shown: { original: 1, ours: 2 },
  },
  {
    what: 'Headers that no request can have, such as a name with a space',
    original: '`fetch` throws, every second.',
    ours: 'The promise rejects.',
    async scene(client, { fetch, pass }) {
      const outcome = outcomeOf(client(URL, { fetch, headers: { 'a name': 'value' } }));
      await pass(3_500);
      return outcome().startsWith('rejected');
    },
    shown: { original: false, ours: true },
  },
  {
    what: 'The HTTP cache',
    original: 'It may answer.',
    ours: 'It is not asked (`cache: "no-store"`, as EventSource does), unless you name another mode.',
    async scene(client, { fetch, answer, requests, pass }) {
      answer(stream([]));
      void client(URL, { fetch });
      await pass(0);
      return requests[0]?.init.cache;
    },
    shown: { original: undefined, ours: 'no-store' },
  },
  {
    what: 'A message of megabytes',
    original: 'What has come of its line is copied with every chunk.',
    ours: 'Nothing is copied.',
    async scene(client, world) {
      const chunk = new TextEncoder().encode('x'.repeat(1_000));
      let copied = 0;
      const set = vi
        .spyOn(Uint8Array.prototype, 'set')
        .mockImplementation(({ length }: ArrayLike<number>) => {
          copied += length;
        });
      try {
        world.answer(stream(['data: ', ...Array<Uint8Array>(200).fill(chunk)]));
        void client(URL, { fetch: world.fetch });
        await world.pass(100);
      } finally {
        set.mockRestore();
      }
      return copied > 10 * 200 * chunk.length;
    },
    shown: { original: true, ours: false },
  },
  {
    what: 'A worker, or any other place without `window` and `document`',
    original: 'It throws.',
    ours: 'It works.',
    async scene(client, { fetch, answer, data, pass }) {
      vi.stubGlobal('document', undefined);
      vi.stubGlobal('window', undefined);
      answer(stream(['data: a\n\n']));
      const outcome = outcomeOf(client(URL, { fetch, onmessage: (message) => void data.push(message.data) }));
      await pass(0);
      return [outcome().split(':')[0], data];
    },
    shown: { original: ['rejected', []], ours: ['pending', ['a']] },
  },
  {
    what: 'The user leaves the page and comes back, with `openWhenHidden`',
    original: 'The open stream keeps the page out of the back/forward cache, or is cut there.',
    ours: 'A stream that can be made again is closed, and opened again with the last event id.',
  },
];

function dataOf(chunks: readonly string[]): NonNullable<Difference['scene']> {
  return async (client, world) => (await messagesOf(client, world, chunks)).map(([, , data]) => data);
}

async function messagesOf(
  client: Client,
  { fetch, answer, pass }: World,
  chunks: readonly string[],
): Promise<string[][]> {
  const messages: string[][] = [];
  answer(stream(chunks));
  void client(URL, { fetch, onmessage: ({ id, event, data }) => void messages.push([id, event, data]) });
  await pass(0);
  return messages;
}

/** The id that is sent after these chunks and a cut. */
function idAfter(chunks: readonly string[]): NonNullable<Difference['scene']> {
  return async (client, { fetch, answer, requests, pass }) => {
    answer(stream(chunks, { end: 'cut' }), stream([]));
    void client(URL, { fetch });
    await pass(3_000);
    return requests.length < 2 ? 'never' : requests[1]?.headers.get('last-event-id');
  };
}
