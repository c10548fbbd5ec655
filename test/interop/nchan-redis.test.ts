// Two Nchan that share their channels through Redis, as docs/scaling.md has them, with and without a balancer.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { fetchStream, longPoll, poll, type SubscribeOptions } from '../../src/index.ts';
import { follow, leaveAll, visit } from './hub-client.ts';
import { startBalancer, startNode, type Balancer, type Nchan } from './nchan.ts';
import { findNchan } from './nginx.ts';
import { findRedis, startRedis } from './redis.ts';
import { freePort, programOrSkip, type Service } from './service.ts';
import { streamed } from './streamed.ts';

const nginx = findNchan();
const redis = findRedis();

/** As the page says; but a test has no patience with a backend that is away. */
const OPTIONS: SubscribeOptions = {
  cursor: 'nchan',
  heartbeat: 20_000,
  parse: JSON.parse,
  maxRetryDelay: 300,
};

describe('two Nchan on one Redis', () => {
  let first: Nchan;
  let second: Nchan;
  let balancer: Balancer;
  let redisPort = 0;
  let store: Service;
  let startStore: () => Promise<Service>;
  let channel: string;
  let channels = 0;
  const stops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    if ('missing' in nginx || 'missing' in redis) return;
    redisPort = await freePort();
    const folder = await mkdtemp(join(tmpdir(), 'encke-redis-'));
    startStore = () => startRedis(redis.path, redisPort, folder);
    store = await startStore();
    first = await startNode(nginx.path, redisPort);
    second = await startNode(nginx.path, redisPort);
    balancer = await startBalancer(nginx.path, [first, second]);
    stops.push(balancer.stop, first.stop, second.stop, () => store.stop());
    stops.push(() => rm(folder, { recursive: true, force: true }));
    await Promise.all([first, second].map(isReady));
  });
  afterAll(async () => {
    for (const stop of stops) await stop();
  });

  beforeEach((context) => {
    programOrSkip(nginx, context);
    programOrSkip(redis, context);
    visit(balancer.origin);
    channel = `channel-${(channels += 1)}`;
  });
  afterEach(leaveAll);

  it('have the same messages, under the same ids', async () => {
    const ids = [await first.publish(channel, 1), await second.publish(channel, 2)];
    for (const node of [first, second]) {
      const { text } = await streamed(node.url(channel), 'data: 2\n\n');
      expect(text).toBe(`: hi\n\nid: ${ids[0]}\ndata: 1\n\nid: ${ids[1]}\ndata: 2\n\n`);
    }
  });

  it('lose nothing of a client that goes from one to the other, by one technique after the other', async () => {
    const publishing = publish(1, 120, { pause: 10 });
    const data: unknown[] = [];
    let lastEventId = '';
    for (let leg = 0; data.length < 120; leg++) {
      const node = leg % 2 ? first : second;
      const transports = [fetchStream, longPoll, poll].slice(leg % 3).slice(0, 1);
      const part = follow(node.url(channel), { ...OPTIONS, transports, lastEventId, pollInterval: 1_000 });
      await part.until(Math.min(9, 120 - data.length));
      part.connection.close();
      lastEventId = part.connection.lastEventId;
      data.push(...part.data);
    }
    expect(data).toEqual(await publishing);
  });

  it.each([fetchStream, longPoll])(
    'lose nothing over $name when one is killed, and then the other',
    async (transport) => {
      const { data, gaps, until } = balanced(transport);
      await publish(1, 1);
      await until(1);
      const sent = publish(2, 60, { pause: 10, to: () => second });
      await until(20);
      await first.stop();
      await sent;
      await until(60);
      await first.start();
      await isReady(first);
      const more = publish(61, 120, { pause: 10, to: () => first });
      await until(80);
      await second.stop();
      await more;
      await until(120);
      await second.start();
      await isReady(second);
      expect(data).toEqual(numbers(1, 120));
      expect(gaps).toEqual([]);
    },
  );

  it('lose nothing that Redis had when it was away, once they are restarted', async () => {
    const { data, gaps, until } = balanced(fetchStream);
    await publish(1, 2);
    await until(2);
    await store.stop();
    await expect
      .poll(() => first.publish(channel, 0).catch(String))
      .toBe('Error: Publishing was answered 503.');
    store = await startStore();
    for (const node of [first, second]) {
      await node.stop();
      await node.start();
      await isReady(node);
    }
    await publish(3, 4);
    await until(4);
    expect(data).toEqual(numbers(1, 4));
    expect(gaps).toEqual([]);
  });

  it('must not be behind what compresses answers: it takes their ids away, and the client says so', async () => {
    const compressing = await startBalancer(String('path' in nginx && nginx.path), [first, second], {
      'gzip off;': 'gzip on; gzip_types application/json; gzip_min_length 1;',
    });
    stops.unshift(compressing.stop);
    await first.publish(channel, 1);
    const url = `${compressing.origin}/events/${channel}`;
    const { headers } = await fetch(`${url}?transport=long-poll`);
    expect([headers.get('Content-Encoding'), headers.get('Etag')]).toEqual(['gzip', null]);
    visit(compressing.origin);
    const { data, errors } = follow(url, { ...OPTIONS, transports: [longPoll, fetchStream] });
    await expect.poll(() => data).toEqual([1]);
    expect(errors.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      expect.stringMatching(/^unusable: The answer of .* has no ETag\. Turn compression off for it\.$/),
    ]);
  });

  it('must not end long polls by themselves: who asks again gets nothing', async () => {
    const ending = await startNode(String('path' in nginx && nginx.path), redisPort, {
      'nchan_subscriber longpoll': 'nchan_subscriber_timeout 1; nchan_subscriber longpoll',
    });
    stops.unshift(ending.stop);
    await isReady(ending);
    const ask = async (): Promise<number> =>
      (await fetch(ending.url(channel, '?transport=long-poll'))).status;
    expect(await ask()).toBe(408);
    const again = ask();
    await expect.poll(() => ending.listeners(channel)).toBe(1);
    await ending.publish(channel, 1);
    expect([await again, await ask()]).toEqual([408, 408]);
  });

  it('must be told of Redis in each location: further out, it is passed over', async () => {
    const alone = await startNode(String('path' in nginx && nginx.path), redisPort, {
      'nchan_redis_pass redis;': '',
      'rewrite ': 'nchan_redis_pass redis; rewrite ',
    });
    stops.unshift(alone.stop);
    await first.publish(channel, 1);
    expect((await fetch(alone.url(channel, '?transport=poll'))).status).toBe(304);
  });

  function balanced(transport: typeof fetchStream) {
    return follow(`${balancer.origin}/events/${channel}`, { ...OPTIONS, transports: [transport] });
  }

  /** Publishes messages with these numbers, and gives them. */
  async function publish(
    from: number,
    to: number,
    { pause = 0, to: node = () => first } = {},
  ): Promise<unknown[]> {
    for (let n = from; n <= to; n++) {
      await node().publish(channel, { n });
      if (pause) await new Promise((resolve) => setTimeout(resolve, pause));
    }
    return numbers(from, to);
  }
});

function numbers(from: number, to: number): unknown[] {
  return Array.from({ length: to - from + 1 }, (_, index) => ({ n: from + index }));
}

/** A node takes connections before its workers have their Redis, and answers 503 until then. */
async function isReady(node: Nchan): Promise<void> {
  const publish = () => Promise.all([1, 2, 3, 4].map(() => node.publish('ready', 0)));
  await vi.waitFor(publish, { timeout: 10_000 });
}
