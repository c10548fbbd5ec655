// Nchan, as docs/backends/nchan.md has it: one channel over every technique, and from one to another in mid-stream.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fetchStream, longPoll, poll, type SubscribeOptions } from '../../src/index.ts';
import { hold, pass, startAdversary } from '../server/adversary.ts';
import { follow, leaveAll, visit } from './hub-client.ts';
import { startNchan, type Nchan } from './nchan.ts';
import { findNchan } from './nginx.ts';
import { programOrSkip } from './service.ts';

const found = findNchan();

/** As the page says. */
const OPTIONS: SubscribeOptions = { cursor: 'nchan', heartbeat: 20_000, parse: JSON.parse };

describe('Nchan', () => {
  let nchan: Nchan;
  let channel: string;
  let channels = 0;
  const stops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    if ('missing' in found) return;
    nchan = await startNchan(found.path);
    stops.push(nchan.stop);
  });
  afterAll(async () => {
    for (const stop of stops) await stop();
  });

  beforeEach((context) => {
    programOrSkip(found, context);
    visit(nchan.origin);
    channel = `channel-${(channels += 1)}`;
  });
  afterEach(leaveAll);

  it.each([fetchStream, longPoll, poll])('is read over $name', async (transport) => {
    const sent = await publish(1, 30);
    const { data, messages, errors, until } = subscribed(transport);
    await until(30);
    expect(data).toEqual(sent);
    expect(messages[0]?.id).toMatch(/^\d{10}:\d+$/);
    expect(errors).toEqual([]);
  });

  it.each([fetchStream, longPoll])('is read over $name as it is published', async (transport) => {
    const { data, errors, until } = subscribed(transport);
    const sent = await publish(1, 30, 10);
    await until(30);
    expect(data).toEqual(sent);
    expect(errors).toEqual([]);
  });

  it('is asked again by a long poll that it had nothing for, without an error', async () => {
    const { count, fetch } = counted();
    const { data, errors, until } = subscribed(longPoll, { fetch, longPollTimeout: 200 });
    await expect.poll(count, { timeout: 5_000 }).toBe(3);
    await publish(1, 1);
    await until(1);
    expect([data.length, errors]).toEqual([1, []]);
  });

  it.each([
    ['from the same origin', () => nchan.origin],
    ['from another', () => 'http://elsewhere.test'],
  ])('loses nothing on the way from one technique to another, %s', async (_, origin) => {
    visit(origin());
    const publishing = publish(1, 100, 10);
    const data: unknown[] = [];
    let lastEventId = '';
    for (let leg = 0; data.length < 100; leg++) {
      const transport = [fetchStream, longPoll, poll][leg % 3];
      const part = subscribed(transport, { lastEventId, pollInterval: 1_000 });
      await part.until(Math.min(7, 100 - data.length));
      part.connection.close();
      lastEventId = part.connection.lastEventId;
      data.push(...part.data);
    }
    expect(data).toEqual(await publishing);
  });

  it('loses nothing when its streams are held back, and long polling takes their place', async () => {
    const adversary = await startAdversary({ target: nchan.origin });
    stops.push(adversary.close);
    adversary.choose(({ requestLine }) => (requestLine.includes('transport=') ? pass : hold()));
    visit(adversary.url);
    const { data, changes, errors, until } = follow(`${adversary.url}/events/${channel}`, OPTIONS);
    const sent = await publish(1, 10);
    await until(10, 15_000);
    await publish(11, 20, 5).then((more) => sent.push(...more));
    await until(20);
    expect(data).toEqual(sent);
    expect(changes.map(({ to, evidence }) => [to, evidence])).toEqual([
      ['fetch-stream', undefined],
      ['long-poll', 'held'],
    ]);
    expect(errors).toEqual([]);
  });

  it.each([fetchStream, longPoll])('loses nothing when $name is cut, again and again', async (transport) => {
    const adversary = await startAdversary({ target: nchan.origin });
    stops.push(adversary.close);
    visit(adversary.url);
    const { data, gaps, until } = follow(`${adversary.url}/events/${channel}`, {
      ...OPTIONS,
      transports: [transport],
    });
    await publish(1, 1);
    await until(1);
    const publishing = publish(2, 150, 5);
    for (let cut = 0; cut < 5; cut++) {
      await until(data.length + 10);
      adversary.cut(cut % 2 ? 'reset' : 'fin');
    }
    await until(150);
    expect(data).toEqual([{ n: 1 }, ...(await publishing)]);
    expect(gaps).toEqual([]);
  });

  it.each([fetchStream, longPoll])('goes on over $name when it was removed', async (transport) => {
    const quiet = `${channel}-quiet`;
    const [known, fresh] = [listener(channel), listener(quiet)];
    await publish(1, 1);
    await known.until(1);
    await expect.poll(() => Promise.all([channel, quiet].map(nchan.listeners))).toEqual([1, 1]);
    const before = [known, fresh].map(({ requests }) => requests());
    await Promise.all([channel, quiet].map(nchan.remove));
    const asked = () => [known, fresh].every(({ requests }, index) => requests() > Number(before[index]));
    await expect.poll(asked, { timeout: 10_000 }).toBe(true);
    await nextSecond(known.connection.lastEventId);
    await publish(2, 2);
    await nchan.publish(quiet, { n: 2 });
    await Promise.all([known.until(2), fresh.until(1)]);
    expect(known.data).toEqual([{ n: 1 }, { n: 2 }]);
    expect(fresh.data).toEqual([{ n: 2 }]);

    function listener(name: string) {
      const { count, fetch } = counted();
      return { ...subscribed(transport, { fetch }, name), requests: count };
    }
  });

  it.each([fetchStream, longPoll])(
    'is found again over $name when nginx was restarted',
    async (transport) => {
      const { data, until, connection } = subscribed(transport);
      await publish(1, 1);
      await until(1);
      await nchan.stop();
      await expect.poll(() => connection.state).toBe('waiting');
      await nchan.start();
      await nextSecond(connection.lastEventId);
      await publish(2, 2);
      await until(2);
      expect(data).toEqual([{ n: 1 }, { n: 2 }]);
    },
  );

  function subscribed(transport = fetchStream, options: SubscribeOptions = {}, name = channel) {
    return follow(nchan.url(name), { ...OPTIONS, transports: [transport], ...options });
  }

  /** Publishes messages with these numbers, and gives them. */
  async function publish(first: number, last: number, pause = 0): Promise<unknown[]> {
    const sent = [];
    for (let n = first; n <= last; n++) {
      await nchan.publish(channel, { n });
      sent.push({ n });
      if (pause) await new Promise((resolve) => setTimeout(resolve, pause));
    }
    return sent;
  }
});

/** Ids that begin anew are those of before, as long as it is the same second. */
async function nextSecond(id: string): Promise<void> {
  await expect.poll(() => Date.now() / 1000, { timeout: 2_000 }).toBeGreaterThan(parseInt(id) + 1);
}

/** A fetch that counts its calls. */
function counted() {
  let calls = 0;
  const counting: typeof fetch = (input, init) => {
    calls++;
    return fetch(input, init);
  };
  return { count: () => calls, fetch: counting };
}
