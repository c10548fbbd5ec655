// A Mercure hub, as docs/backends/mercure.md has it: behind nginx, under the origin of the page.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createClient, eventStream, fetchStream, type SubscribeOptions } from '../../src/index.ts';
import { browserEnvironment, type Environment } from '../../src/session/environment.ts';
import { blackHole, startAdversary, type Adversary } from '../server/adversary.ts';
import { follow, leaveAll, visit, type Followed } from './hub-client.ts';
import { buildHub, findGo, startMercure, token, type Mercure, type MercureOptions } from './mercure.ts';
import { startNginx } from './nginx.ts';
import { findProgram, freePort, programOrSkip } from './service.ts';

const go = findGo();
const nginx = findProgram('nginx', 'apt-get install nginx');

/** As the page says; but a test has no patience with a hub that is away. */
const OPTIONS: SubscribeOptions = {
  cursor: 'mercure',
  heartbeat: 40_000,
  transports: [fetchStream],
  maxRetryDelay: 300,
};

/** How many times faster time runs for a client that watches for silence. */
const HASTE = 200;

describe('a Mercure hub', () => {
  let path = '';
  let hub: Mercure;
  /** Of nginx in front of the hub. */
  let origin: string;
  let topic: string;
  let topics = 0;
  const stops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    if ('missing' in go || 'missing' in nginx) return;
    path = await buildHub(go.path);
    hub = await started({ size: 50 });
    const port = await freePort();
    const proxy = await startNginx({
      path: nginx.path,
      file: 'backends/mercure/nginx.conf',
      changes: { 'listen 8080': `listen 127.0.0.1:${port}`, '127.0.0.1:3000': new URL(hub.url).host },
      ports: [port],
    });
    origin = `http://127.0.0.1:${port}`;
    stops.unshift(proxy.stop);
  });
  afterAll(async () => {
    for (const stop of stops) await stop();
  });
  beforeEach((context) => {
    if ('missing' in go) context.skip(go.missing);
    programOrSkip(nginx, context);
    visit(origin);
    topic = `https://example.com/topics/${(topics += 1)}`;
  });
  afterEach(leaveAll);

  it('gives the updates of several topics, by their types', async () => {
    const seen: unknown[] = [];
    const on = {
      moved: (data: unknown) => seen.push(['moved', data]),
      message: (data: unknown) => seen.push(data),
    };
    const { messages, until } = await followed([`${topic}/{id}`, 'news'], { on });
    await hub.publish({ topic: `${topic}/7`, data: '{"x":1}', type: 'moved' });
    await hub.publish({ topic: 'weather', data: '"rain"' });
    const id = await hub.publish({ topic: 'news', data: '"hello"' });
    await until(2);
    expect(seen).toEqual([['moved', '{"x":1}'], '"hello"']);
    expect(messages[1]?.id).toBe(id);
  });

  it('shows private updates to who brings a token in a header, asked anew for each connection', async () => {
    let asked = 0;
    const headers = () => {
      asked++;
      return { Authorization: `Bearer ${token({ subscribe: [`${topic}/private`] })}` };
    };
    const { data, connection, until } = await followed([`${topic}/private`], { headers });
    await hub.publish({ topic: `${topic}/private`, data: 'one', private: 'on' });
    await until(1);
    connection.reconnect();
    await hub.publish({ topic: `${topic}/private`, data: 'two', private: 'on' });
    await until(2);
    expect(data).toEqual(['one', 'two']);
    expect(asked).toBe(2);
  });

  it('asks for a new token when it refuses the old one', async () => {
    let valid = false;
    const claim = { subscribe: [topic] };
    const headers = () => ({
      Authorization: `Bearer ${token(claim, Date.now() / 1000 + (valid ? 60 : -60))}`,
    });
    const onUnauthorized = () => void (valid = true);
    const { data, errors, until } = await followed([topic], { headers, onUnauthorized });
    await hub.publish({ topic, data: 'secret', private: 'on' });
    await until(1);
    expect([data, errors]).toEqual([['secret'], []]);
  });

  it('shows private updates to who has a cookie', async () => {
    const Cookie = `mercureAuthorization=${token({ subscribe: [topic] })}`;
    // A browser sends the cookie by itself.
    const withCookie: typeof fetch = (input, init) => {
      const headers = new Headers(init?.headers);
      headers.set('Cookie', Cookie);
      return fetch(input, { ...init, headers });
    };
    const { data, until } = await followed([topic], { fetch: withCookie });
    await hub.publish({ topic, data: 'secret', private: 'on' });
    await until(1);
    expect(data).toEqual(['secret']);
  });

  it('loses nothing when the connection is cut, again and again', async () => {
    const adversary = await interposed();
    const { data, gaps, until } = await followed([topic], { retryDelay: 20 }, adversary.url);
    const publishing = publish(1, 60, 20);
    for (let cut = 0; cut < 4; cut++) {
      await until(data.length + 5);
      adversary.cut(cut % 2 ? 'reset' : 'fin');
    }
    const sent = await publishing;
    await until(60);
    expect(data).toEqual(sent);
    expect(gaps).toEqual([]);
  });

  it('says so when its history does not reach back to the last event id', async () => {
    const adversary = await interposed();
    const { data, gaps, connection, until } = await followed([topic], {}, adversary.url);
    await publish(1, 1);
    await until(1);
    const { lastEventId } = connection;
    await adversary.goDown();
    await publish(2, 60);
    await adversary.comeUp();
    await expect.poll(() => gaps, { timeout: 5_000 }).toEqual([{ reason: 'reset', lastEventId }]);
    await publish(61, 61);
    await until(2);
    expect(data).toEqual(['1', '61']);
  });

  it('says so, too, when it was restarted', async () => {
    const { data, gaps, connection, until } = await followed([topic]);
    await publish(1, 1);
    await until(1);
    const { lastEventId } = connection;
    await hub.restart();
    await expect.poll(() => gaps, { timeout: 5_000 }).toEqual([{ reason: 'reset', lastEventId }]);
    await publish(2, 2);
    await until(2);
    expect(data).toEqual(['1', '2']);
  });

  it('shows by its comments that it is alive, and is left when they stop', async () => {
    const heartbeat = 40_000;
    const beating = await started({ heartbeat: `${heartbeat / HASTE}ms` });
    const adversary = await startAdversary({ target: beating.url });
    stops.unshift(adversary.close);
    const client = createClient({ transports: [fetchStream], formats: [eventStream], environment: hasty() });
    const { errors, connection } = follow(
      beating.topics(topic).replace(new URL(beating.url).origin, adversary.url),
      { ...OPTIONS, heartbeat },
      client,
    );
    await expect.poll(() => connection.state).toBe('open');
    // Four times as long as a silence may last.
    await new Promise((resolve) => setTimeout(resolve, (10 * heartbeat) / HASTE));
    expect([connection.state, errors]).toEqual(['open', []]);
    adversary.set(blackHole(0));
    await expect.poll(() => errors[0]?.message, { timeout: 5_000 }).toMatch(/^Nothing has come for \d+ ms/);
  });

  async function started(options: Omit<MercureOptions, 'path'>): Promise<Mercure> {
    const mercure = await startMercure({ path, ...options });
    stops.push(mercure.stop);
    return mercure;
  }

  /** Something on the way between the page and nginx. */
  async function interposed(): Promise<Adversary> {
    const adversary = await startAdversary({ target: origin });
    stops.unshift(adversary.close);
    visit(adversary.url);
    return adversary;
  }

  /** Subscribes, and waits until the hub knows of it. */
  async function followed(names: string[], options: SubscribeOptions = {}, at = origin): Promise<Followed> {
    const url = hub.topics(...names).replace(new URL(hub.url).origin, at);
    const seen = follow(url, { ...OPTIONS, ...options });
    await expect.poll(() => seen.connection.state, { timeout: 5_000 }).toBe('open');
    return seen;
  }

  /** Publishes messages with these numbers, and gives them. */
  async function publish(first: number, last: number, pause = 0): Promise<string[]> {
    const sent = [];
    for (let n = first; n <= last; n++) {
      await hub.publish({ topic, data: String(n) });
      sent.push(String(n));
      if (pause) await new Promise((resolve) => setTimeout(resolve, pause));
    }
    return sent;
  }
});

/** A world in which half a minute is over soon. */
function hasty(): Environment {
  return {
    ...browserEnvironment,
    now: () => browserEnvironment.now() * HASTE,
    setTimer: (callback, milliseconds) => browserEnvironment.setTimer(callback, milliseconds / HASTE),
  };
}
