// Servers that stream, each a program of docs/backends/recipes, and the suite that all of them pass.
//
// Every program has the same four addresses:
//
//   GET  /events   an event stream: a comment at once and then every HEARTBEAT milliseconds, and what is published.
//                  With a last event id (header, or query `lastEventId`) it begins with what was published after it;
//                  with one that the program has not given, with all that it has kept.
//   POST /publish  its body is the data of the next message, whose id is the next number. 204.
//   POST /answer   {"prompt": "one two"}: an event stream of one message per word, {"word": "one"}, every 50 ms, and
//                  at last [DONE]
//   GET  /status   {"streams": 0, "answers": 0}: how many are connected now

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fetchStream, request, type SubscribeOptions } from '../../src/index.ts';
import { startAdversary, type Adversary } from '../server/adversary.ts';
import { follow, leaveAll, visit, type Followed } from './hub-client.ts';
import { freePort, startService } from './service.ts';
import { streamed } from './streamed.ts';

/** How a program is run on a port, or how to install what it takes. */
export type StreamingCommand =
  | {
      readonly path: string;
      /** @param folder - one of its own, which it may write to */
      readonly values: (port: number, folder: string) => readonly string[];
      /** Beside PORT and HEARTBEAT. @defaultValue none */
      readonly environment?: NodeJS.ProcessEnv;
    }
  | { readonly missing: string };

export interface StreamingServer {
  readonly name: string;
  /** Installs and builds what is needed, once. */
  readonly command: () => Promise<StreamingCommand>;
  /** Whether it may be missing even where everything is promised. @defaultValue false */
  readonly isOptional?: boolean;
}

/** Milliseconds. */
const HEARTBEAT = 200;
/** In which a server has to see that a client has gone. */
const PROMPT = 1_000;

const OPTIONS: SubscribeOptions = { transports: [fetchStream], parse: JSON.parse };

export interface Running {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts all of them at once, and plays the suite to one after the other. */
export function playToStreamingServers(servers: readonly StreamingServer[]): void {
  const running = new Map<StreamingServer, Running | { readonly missing: string }>();

  beforeAll(async () => {
    const started = await Promise.allSettled(
      servers.map(async (server) => running.set(server, await startStreaming(server))),
    );
    for (const each of started) if (each.status === 'rejected') throw each.reason;
  });
  afterAll(async () => {
    for (const server of running.values()) if ('stop' in server) await server.stop();
  });

  describe.each(servers)('$name', (server) => {
    beforeEach((context) => {
      const found = running.get(server);
      if (!found || !('missing' in found)) return;
      if (process.env['CI'] && !server.isOptional) throw new Error(found.missing);
      context.skip(found.missing);
    });
    passTheSuite(() => {
      const found = running.get(server);
      if (!found || 'missing' in found) throw new Error(`${server.name} does not run.`);
      return found.url;
    });
  });
}

/** Starts one of them. */
export async function startStreaming({
  command,
}: StreamingServer): Promise<Running | { readonly missing: string }> {
  const found = await command();
  if ('missing' in found) return found;
  const { path, values, environment } = found;
  const port = await freePort();
  const { stop } = await startService({
    path,
    values: (folder) => values(port, folder),
    environment: { PORT: String(port), HEARTBEAT: String(HEARTBEAT), ...environment },
    ports: [port],
  });
  return { url: `http://127.0.0.1:${port}`, stop };
}

function passTheSuite(url: () => string): void {
  const stops: (() => Promise<void>)[] = [];
  let published = 0;

  afterEach(async () => {
    leaveAll();
    for (const stop of stops.splice(0)) await stop();
    // The next test begins with nobody connected.
    await expect.poll(status, { timeout: 5_000, interval: 20 }).toEqual({ streams: 0, answers: 0 });
  });

  it('gives what is published, with ids, and shows at once that nothing holds it back', async () => {
    visit(url());
    const { text, headers } = await streamed(`${url()}/events`, ':');
    expect(text).toMatch(/^:/);
    expect(headers.get('content-type')).toMatch(/^text\/event-stream/);
    const { data, messages, errors, until } = await connected(url());
    const sent = await publish(3);
    await until(3);
    expect(data).toEqual(sent);
    expect(messages.map(({ id }) => id)).toEqual(sent.map(({ n }) => String(n)));
    expect(errors).toEqual([]);
  });

  it('says by comments that it is alive while it has nothing to say', async () => {
    const beats = /^:[^\n]*\r?\n(?:\r?\n)?/gm;
    const start = performance.now();
    const response = await fetch(`${url()}/events`, { signal: AbortSignal.timeout(10_000) });
    let text = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk;
      if ((text.match(beats) ?? []).length >= 3) break;
    }
    expect(text.replace(beats, '')).toBe('');
    expect(performance.now() - start).toBeGreaterThan(HEARTBEAT);
  });

  it.each([
    ['by header, from its own origin', (adversary: Adversary) => adversary.url],
    ['by query, from another', () => 'http://elsewhere.test'],
  ])('loses nothing when it is cut again and again: the id comes %s', async (_, origin) => {
    const adversary = await startAdversary({ target: url() });
    stops.push(adversary.close);
    visit(origin(adversary));
    const { data, gaps, until } = await connected(adversary.url);
    const publishing = publish(60, 10);
    for (let cut = 0; cut < 4; cut++) {
      await until(data.length + 5);
      adversary.cut(cut % 2 ? 'reset' : 'fin');
    }
    const sent = await publishing;
    await until(60);
    expect(data).toEqual(sent);
    expect(gaps).toEqual([]);
    expect(adversary.count('/events').total).toBeGreaterThanOrEqual(5);
  });

  it('gives all that it has kept to an id that it has not given', async () => {
    visit(url());
    const sent = await publish(1);
    const { data, until } = await connected(url(), { lastEventId: '999999' });
    await until(published);
    expect(data).toHaveLength(published);
    expect(data.at(-1)).toEqual(sent[0]);
  });

  it('streams its answer to a POST while it makes it, to a clean end', async () => {
    visit(url());
    const words: string[] = [];
    const times: number[] = [];
    const reply = request<{ word: string }>(`${url()}/answer`, {
      body: { prompt: 'one two three four' },
      endOn: '[DONE]',
      parse: JSON.parse,
      onMessage({ data }) {
        words.push(data.word);
        times.push(performance.now());
      },
    });
    await reply;
    expect(words).toEqual(['one', 'two', 'three', 'four']);
    // Three pauses of 50 ms, on a machine that may be busy.
    expect((times.at(-1) ?? NaN) - (times[0] ?? NaN)).toBeGreaterThan(75);
    expect((await reply.closed).reason).toBe('done');
  });

  it('sees within a second that a client has gone, from a stream and from an answer', async () => {
    visit(url());
    const { connection } = await connected(url());
    const prompt = 'word '.repeat(400).trim(); // 20 s
    const answer = request(`${url()}/answer`, { body: { prompt }, endOn: '[DONE]' });
    for await (const { data } of answer) {
      expect(data).toContain('word');
      break;
    }
    connection.close();
    await expect.poll(status, { timeout: PROMPT, interval: 20 }).toEqual({ streams: 0, answers: 0 });
  });

  /** Subscribes, and waits until the server knows of it. */
  async function connected(to: string, options: SubscribeOptions = {}): Promise<Followed> {
    const followed = follow(`${to}/events`, { ...OPTIONS, ...options });
    await expect.poll(async () => (await status()).streams, { timeout: 5_000, interval: 10 }).toBe(1);
    return followed;
  }

  /** Publishes as many messages, and gives them. */
  async function publish(count: number, pause = 0): Promise<{ n: number }[]> {
    const sent = [];
    for (let left = count; left > 0; left--) {
      const message = { n: (published += 1) };
      const response = await fetch(`${url()}/publish`, { method: 'POST', body: JSON.stringify(message) });
      if (response.status !== 204) throw new Error(`Publishing was answered ${response.status}.`);
      sent.push(message);
      if (pause) await new Promise((resolve) => setTimeout(resolve, pause));
    }
    return sent;
  }

  async function status(): Promise<{ streams: number; answers: number }> {
    const response = await fetch(`${url()}/status`);
    return (await response.json()) as { streams: number; answers: number };
  }
}
