// What the original and ours do alike: both are played the same servers.

import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fetchEventSource as original } from '@microsoft/fetch-event-source';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  EventStreamContentType,
  fetchEventSource as ours,
  type EventSourceMessage,
  type FetchEventSourceInit,
} from '../../../src/compat/fetch-event-source/fetch-event-source.ts';
import { cutAtRandom, cuts } from '../../formats/cut-at-random.ts';
import { inPage, stream, type Client } from './world.ts';

/** The client of the test, a server, and what both sides saw. */
interface Stage {
  readonly client: Client;
  readonly url: string;
  readonly log: unknown[];
  /** Records every hook. */
  readonly hooks: Required<Pick<FetchEventSourceInit, 'onopen' | 'onmessage' | 'onclose' | 'onerror'>>;
}

type Play = (stage: Stage) => Promise<unknown>;
type Reply = (request: IncomingMessage, response: ServerResponse) => void;

interface Scene {
  readonly what: string;
  /** Answers the requests one after another; the last answers all that follow. */
  readonly replies: readonly Reply[];
  readonly play: Play;
}

class FatalError extends Error {}
class RetriableError extends Error {}

/** Milliseconds. */
const SOON = 5;

const LETTERS = ['id: 1\nevent: letter\ndata: a\n\n', 'retry: 5\ndata: b\ndata:\ndata:  c\n\n'];

const SCENES: readonly Scene[] = [
  {
    what: 'a POST and its streamed answer',
    replies: [events(LETTERS)],
    play: ({ client, url, hooks }) =>
      client(url, {
        ...hooks,
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: '{"a":1}',
      }),
  },
  {
    what: 'every line end, other fields and comments',
    replies: [events(['data: a\r\nid: 1\r\n\r\n', ':x\ndata: b\rfoo: bar\r\r', 'event:\ndata: c\n\n'])],
    play: ({ client, url, hooks }) => client(url, { ...hooks, method: 'POST' }),
  },
  {
    what: 'text cut at every byte',
    replies: [
      events(
        Array.from(Buffer.from('\ufeffid: \u00e9\ndata: \u00e9\u{1f680} x\n\n'), (byte) => Buffer.of(byte)),
      ),
    ],
    play: ({ client, url, hooks }) => client(url, { ...hooks, method: 'POST' }),
  },
  {
    what: 'a last event that is not complete',
    replies: [events(['data: a\n\ndata: b\n'])],
    play: ({ client, url, hooks }) => client(url, { ...hooks, method: 'PUT' }),
  },
  {
    what: 'an abort while the stream is open',
    replies: [events(LETTERS, 'open')],
    async play({ client, url, hooks }) {
      const controller = new AbortController();
      const onmessage = (message: EventSourceMessage): void => {
        hooks.onmessage(message);
        if (message.event === '') controller.abort();
      };
      await client(url, { ...hooks, onmessage, signal: controller.signal });
    },
  },
  {
    what: 'a connection that breaks, and goes on after the last event id',
    replies: [
      events(['id: 1\ndata: a\n\n'], 'cut'),
      events(['data: b\n\nid:\ndata: c\n\n'], 'cut'),
      events(['event: end\ndata: d\n\n'], 'open'),
    ],
    play: ({ client, url, hooks }) =>
      client(url, { ...hooks, onmessage: endAt('end', hooks), onerror: retrySoon(hooks) }),
  },
  {
    what: 'an own check of the response, first refused and then accepted',
    replies: [refuse(503), refuse(429), events(['event: end\ndata: a\n\n'], 'open')],
    play: ({ client, url, hooks }) =>
      client(url, {
        ...hooks,
        onopen: check(hooks),
        onmessage: endAt('end', hooks),
        onerror: retrySoon(hooks),
      }),
  },
  {
    what: 'an own check of the response that ends it',
    replies: [refuse(403)],
    play: ({ client, url, hooks }) =>
      client(url, { ...hooks, onopen: check(hooks), onerror: retrySoon(hooks) }),
  },
  {
    what: '`onclose` that throws to try again',
    replies: [events(['data: a\n\n']), events(['event: end\ndata: b\n\n'], 'open')],
    play({ client, url, hooks }) {
      const onclose = (): void => {
        hooks.onclose();
        throw new RetriableError('closed');
      };
      return client(url, { ...hooks, onclose, onmessage: endAt('end', hooks), onerror: retrySoon(hooks) });
    },
  },
  {
    what: '`onmessage` that throws to end it, in the middle of a chunk',
    replies: [events(['event: end\ndata: a\n\ndata: b\n\n'], 'open')],
    play: ({ client, url, hooks }) =>
      client(url, { ...hooks, onmessage: endAt('end', hooks), onerror: retrySoon(hooks) }),
  },
  {
    what: '`onerror` that throws another error',
    replies: [refuse(500)],
    play: ({ client, url, hooks }) =>
      client(url, {
        ...hooks,
        onerror() {
          throw new FatalError('given up');
        },
      }),
  },
  {
    what: 'a `fetch` of your own that adds a header to a copy',
    replies: [events(['data: a\n\n'])],
    play({ client, url, hooks }) {
      const own: typeof fetch = (input, init) =>
        fetch(input, { ...init, headers: { ...(init?.headers as object), Authorization: 'Bearer new' } });
      return client(url, { ...hooks, method: 'POST', headers: { Authorization: 'Bearer old' }, fetch: own });
    },
  },
  {
    what: 'an `onopen` that accepts whatever comes',
    replies: [refuse(404)],
    play: ({ client, url, hooks }) => client(url, { ...hooks, onopen: () => Promise.resolve() }),
  },
];

let server: Server;
let url = '';
let replies: readonly Reply[] = [];
let seen: unknown[] = [];

beforeAll(async () => {
  server = createServer((request, response) => void receive(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

describe('the original and ours', () => {
  it.each(SCENES)('do the same: $what', async (scene) => {
    const expected = await watch(original as Client, scene);
    expect(expected.length).toBeGreaterThan(2);
    expect(await watch(ours, scene)).toEqual(expected);
  });

  it('give the same messages of any stream, cut anywhere', async () => {
    const line = fc.stringMatching(/^[a-z: \u00e9\u20ac]{1,8}$/);
    const message = fc.record({
      data: fc.array(line, { minLength: 1, maxLength: 3 }),
      id: fc.option(line),
      event: fc.option(line),
    });
    const text = fc
      .tuple(fc.array(message, { minLength: 1 }), fc.constantFrom('\n', '\r', '\r\n'))
      .map(([messages, end]) =>
        messages
          .map(({ data, id, event }) =>
            [
              ...(id === null ? [] : [`id:${latin(id)}`]),
              ...(event === null ? [] : [`event: ${event}`]),
              ...data.map((value) => `data: ${value}`),
              '',
              '',
            ].join(end),
          )
          .join(''),
      );
    await inPage(() =>
      fc.assert(
        fc.asyncProperty(text, cuts, async (body, at) => {
          const chunks = cutAtRandom(body, at).filter((chunk) => chunk !== '');
          const expected = await messagesOf(original as Client, chunks);
          expect(expected).not.toEqual([]);
          expect(await messagesOf(ours, chunks)).toEqual(expected);
        }),
        { numRuns: 200 },
      ),
    );
  });
});

async function messagesOf(client: Client, chunks: readonly string[]): Promise<EventSourceMessage[]> {
  const messages: EventSourceMessage[] = [];
  const fetch = (): Promise<Response> => Promise.resolve(stream(chunks, { end: 'clean' })());
  await client('https://page.example/', {
    method: 'POST',
    fetch,
    onmessage: (message) => messages.push(message),
  });
  return messages;
}

/** An id travels by header: the original sends no other. */
function latin(id: string): string {
  return id.replaceAll('\u20ac', 'e');
}

/** Everything that the program and the server saw of it, in order. */
async function watch(client: Client, { replies: given, play }: Scene): Promise<unknown[]> {
  const log: unknown[] = [];
  replies = given;
  seen = [];
  const hooks: Stage['hooks'] = {
    onopen: ({ status }) => Promise.resolve(void log.push(['open', status])),
    onmessage: (message) => log.push(['message', message]),
    onclose: () => log.push(['close']),
    onerror(error: unknown) {
      log.push(['error', error instanceof Error ? error.constructor.name : error]);
      throw error;
    },
  };
  await inPage(() =>
    play({ client, url, log, hooks }).then(
      (value) => log.push(['resolved', value]),
      (reason: unknown) => log.push(['rejected', String(reason)]),
    ),
  );
  return [...log, ...seen];
}

async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const reply = replies[Math.min(seen.length, replies.length - 1)];
  const { accept, authorization, 'content-type': type, 'last-event-id': id } = request.headers;
  const said: Record<string, unknown> = { method: request.method, accept, authorization, type, id };
  seen.push(said);
  said['body'] = Buffer.concat(await request.toArray()).toString();
  reply?.(request, response);
}

function events(chunks: readonly (string | Uint8Array)[], end: 'clean' | 'cut' | 'open' = 'clean'): Reply {
  return (_, response) => {
    response.writeHead(200, { 'content-type': EventStreamContentType });
    const left = [...chunks];
    const next = (): void => {
      const chunk = left.shift();
      if (chunk !== undefined) response.write(chunk, () => setImmediate(next));
      else if (end === 'clean') response.end();
      else if (end === 'cut') setTimeout(() => response.destroy(), SOON);
    };
    next();
  };
}

function refuse(status: number): Reply {
  return (_, response) => void response.writeHead(status, { 'content-type': 'text/plain' }).end('refused');
}

/** As the original's README shows it. */
function check({ onopen }: Stage['hooks']): (response: Response) => Promise<void> {
  return async (response) => {
    await onopen(response);
    if (response.ok && response.headers.get('content-type') === EventStreamContentType) return;
    const { status } = response;
    if (status >= 400 && status < 500 && status !== 429) throw new FatalError(String(status));
    throw new RetriableError(String(status));
  };
}

function endAt(event: string, { onmessage }: Stage['hooks']): (message: EventSourceMessage) => void {
  return (message) => {
    onmessage(message);
    if (message.event === event) throw new FatalError('the end');
  };
}

function retrySoon({ onerror }: Stage['hooks']): (error: unknown) => number {
  return (error) => {
    try {
      onerror(error);
    } catch {
      // It records, and leaves to us what follows.
    }
    if (error instanceof FatalError) throw error;
    return SOON;
  };
}
