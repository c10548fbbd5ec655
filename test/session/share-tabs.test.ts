// One connection for all tabs: who leads, who follows, and what becomes of both.

import { describe, expect, it, vi } from 'vitest';
import { EnckeError } from '../../src/ground/errors.ts';
import type { SubscribeOptions } from '../../src/options.ts';
import type { Subscription } from '../../src/client.ts';
import { SIGN_OF_LIFE } from '../../src/parts/tabs/join-tabs.ts';
import { memoryTransport, type MemoryConnection } from '../../src/testing.ts';
import { memoryBrowser, type MemoryBrowser, type Tab } from './tabs.ts';

interface Member {
  readonly tab: Tab;
  readonly connection: Subscription;
}

/** The server's side of the one connection there is. */
function server(browser: MemoryBrowser): MemoryConnection {
  const { live } = browser;
  const [only] = live;
  if (!only || live.length > 1) throw new Error(`${live.length} connections are live`);
  return only;
}

/** Opens tabs one after another; the first leads, and the server has answered. */
async function share(browser: MemoryBrowser, count: number, options?: SubscribeOptions): Promise<Member[]> {
  const members: Member[] = [];
  for (let number = 0; number < count; number++) {
    const tab = browser.open();
    members.push({ tab, connection: tab.subscribe(options) });
    await browser.settle();
  }
  server(browser).open();
  await browser.settle();
  return members;
}

async function send(browser: MemoryBrowser, text: string): Promise<void> {
  server(browser).send(text);
  await browser.settle();
}

const dataOf = ({ tab }: Member): unknown[] => tab.messages.map(({ data }) => data);
const statesOf = ({ tab }: Member): string[] => tab.states.map(({ state }) => state);

describe('tabs that share', () => {
  it('make one connection, and each hears every message', async () => {
    const browser = memoryBrowser();
    const members = await share(browser, 10);
    await send(browser, 'id: 1\ndata: a\n\nevent: tick\nid: 2\ndata: b\n\n');
    for (const member of members) {
      expect(member.tab.messages).toEqual([
        { event: 'message', data: 'a', id: '1' },
        { event: 'tick', data: 'b', id: '2' },
      ]);
      expect(member.tab.errors).toEqual([]);
    }
    expect(browser.requests).toHaveLength(1);
  });

  it('mirror the state, the transport, the attempt and the last event id', async () => {
    const browser = memoryBrowser();
    const members = await share(browser, 3);
    await send(browser, 'id: 7\ndata: a\n\n');
    server(browser).end();
    await browser.settle();
    expect(members.map(({ connection }) => connection.state)).toEqual(['waiting', 'waiting', 'waiting']);
    await browser.advance(1_000);
    expect(server(browser).request.headers.get('last-event-id')).toBe('7');
    server(browser).open();
    await browser.settle();
    for (const { tab, connection } of members) {
      expect(connection).toMatchObject({ state: 'open', transport: 'memory', lastEventId: '7' });
      expect(tab.states.at(-1)).toMatchObject({ state: 'open', attempt: 2, transport: 'memory' });
      expect(tab.states.map(({ state: word, previous }) => [previous, word])).toEqual([
        ['connecting', 'open'],
        ['open', 'waiting'],
        ['waiting', 'connecting'],
        ['connecting', 'open'],
      ]);
      expect(tab.changes).toEqual([{ to: 'memory', refusals: [] }]);
      expect(tab.gaps).toEqual([]);
    }
  });

  it('are told where things stand when they join, and hear what comes from then on', async () => {
    const browser = memoryBrowser();
    const [first] = await share(browser, 1);
    await send(browser, 'id: 1\ndata: early\n\n');
    const tab = browser.open();
    const connection = tab.subscribe();
    await browser.settle();
    expect(connection).toMatchObject({ state: 'open', transport: 'memory', lastEventId: '1' });
    expect(tab.states).toEqual([expect.objectContaining({ state: 'open', attempt: 1 })]);
    expect(tab.changes).toEqual([{ to: 'memory', refusals: [] }]);
    await send(browser, 'id: 2\ndata: then\n\n');
    expect([first, { tab, connection }].map((member) => member && dataOf(member))).toEqual([
      ['early', 'then'],
      ['then'],
    ]);
    expect(tab.gaps).toEqual([]);
  });

  it('with another beginning than the one that leads are told of the gap', async () => {
    const browser = memoryBrowser();
    await share(browser, 1, { lastEventId: '5' });
    await send(browser, 'id: 8\ndata: a\n\n');
    const late = browser.open();
    late.subscribe({ lastEventId: '5' });
    await browser.settle();
    expect(late.gaps).toEqual([{ reason: 'suspended', lastEventId: '5' }]);
  });

  it('do so by name, where one is given', async () => {
    const browser = memoryBrowser();
    for (const tabs of ['anna', 'bert', 'anna', 'bert']) browser.open().subscribe({ share: { tabs } });
    await browser.settle();
    expect(browser.live).toHaveLength(2);
  });

  it('hear the event names of all, on a carrier that must be told', async () => {
    const browser = memoryBrowser();
    const byName = (): Tab =>
      browser.open({ transport: Object.assign(memoryTransport(), { hearsByName: true }) });
    const names = (): string[] => [...new Set(server(browser).request.events)].sort();
    const tabs = [byName(), byName(), byName()];
    const connections: Subscription[] = [];
    for (const [number, tab] of tabs.entries()) {
      connections.push(tab.subscribe({ on: { [`event-${number}`]: vi.fn() } }));
      await browser.settle();
      server(browser).open();
      await browser.settle();
    }
    expect(names()).toEqual(['event-0', 'event-1', 'event-2']);
    // Whoever comes later to a tab that follows is heard of, too.
    tabs[1]?.subscribe({ on: { late: vi.fn() } });
    await browser.settle();
    expect(names()).toEqual(['event-0', 'event-1', 'event-2', 'late']);
    server(browser).open();
    const requests = browser.requests.length;
    // And the next leader knows them all at its first request.
    connections[0]?.close();
    await browser.settle();
    expect(browser.requests).toHaveLength(requests + 1);
    expect(names()).toContain('late');
    expect(names()).toContain('event-2');
  });

  it('hear errors as they are, with all that is known', async () => {
    const browser = memoryBrowser();
    const members = await share(browser, 2, { maxAttempts: 2 });
    server(browser).end();
    await browser.advance(5_000);
    server(browser).status(503, { 'retry-after': '5', 'x-reason': 'tired' }, 'Come back later.');
    await browser.settle();
    const [own, heard] = members.map(({ tab }) => tab.errors.at(-1));
    for (const error of [own, heard]) {
      expect(error).toBeInstanceOf(EnckeError);
      expect(error).toMatchObject({
        code: 'retries',
        message: expect.stringContaining('Gave up after') as string,
        transport: 'memory',
        attempt: 2,
        url: 'https://app.test/events',
        cause: { code: 'status', status: 503, body: 'Come back later.' },
      });
      expect(error?.cause).toBeInstanceOf(EnckeError);
      expect((error?.cause as EnckeError).headers?.get('x-reason')).toBe('tired');
    }
    expect(await members[1]?.connection.closed).toMatchObject({
      reason: 'retries',
      error: { code: 'retries' },
    });
  });

  it('reconnect together, whichever asks', async () => {
    const browser = memoryBrowser();
    const members = await share(browser, 3);
    await send(browser, 'id: 1\ndata: a\n\n');
    members[2]?.connection.reconnect();
    await browser.settle();
    expect(browser.requests).toHaveLength(2);
    server(browser).send('id: 1\ndata: a\n\nid: 2\ndata: b\n\n');
    await browser.settle();
    expect(members.map(dataOf)).toEqual([
      ['a', 'b'],
      ['a', 'b'],
      ['a', 'b'],
    ]);
    expect(members.map(statesOf)).toEqual(members.map(() => ['open', 'waiting', 'connecting', 'open']));
  });

  it('go on when a message cannot be cloned', async () => {
    const browser = memoryBrowser();
    const members = await share(browser, 2);
    const thrown = vi.spyOn(globalThis, 'setTimeout').mockImplementation(() => 0 as never);
    server(browser).message({ data: () => 'code' });
    await browser.settle();
    expect(thrown).toHaveBeenCalledOnce();
    thrown.mockRestore();
    await send(browser, 'data: b\n\n');
    expect(members.map((member) => member.tab.messages.length)).toEqual([2, 1]);
  });

  it('are told at once of what no transport can carry, though another leads', async () => {
    const browser = memoryBrowser();
    await share(browser, 1);
    const other = browser.open({ transport: memoryTransport({ refusal: 'cannot do anything' }) });
    expect(() => other.subscribe()).toThrow(/No transport can carry this: memory cannot do anything/);
    await browser.settle();
    expect([other.watchers, browser.left]).toMatchObject([0, { locks: 1, channels: 1 }]);
  });
});

describe('a tab that closes', () => {
  it('and follows leaves itself alone', async () => {
    const browser = memoryBrowser();
    const [first, second] = (await share(browser, 2)) as [Member, Member];
    second.connection.close();
    await browser.settle();
    expect(await second.connection.closed).toEqual({ reason: 'user' });
    await send(browser, 'data: a\n\n');
    expect([dataOf(first), dataOf(second)]).toEqual([['a'], []]);
    expect(statesOf(second)).toEqual(['open', 'closed']);
    expect([second.tab.watchers, browser.left]).toEqual([0, { locks: 1, channels: 1, timers: 0 }]);
  });

  it('and leads hands over at once, and nothing is lost or doubled', async () => {
    const browser = memoryBrowser();
    const members = (await share(browser, 3)) as [Member, Member, Member];
    const [first, second, third] = members;
    await send(browser, 'id: 1\ndata: a\n\n');
    first.connection.close();
    await browser.settle();
    expect(await first.connection.closed).toEqual({ reason: 'user' });
    expect(browser.requests).toHaveLength(2);
    expect(server(browser)).toBe(second.tab.transport.latest);
    expect(server(browser).request.headers.get('last-event-id')).toBe('1');
    // A server that resumes with the last one, rather than after it.
    await send(browser, 'id: 1\ndata: a\n\nid: 2\ndata: b\n\n');
    expect(members.map(dataOf)).toEqual([['a'], ['a', 'b'], ['a', 'b']]);
    expect(statesOf(second)).toEqual(['open', 'waiting', 'connecting', 'open']);
    expect(statesOf(third)).toEqual(['open', 'waiting', 'connecting', 'open']);
    expect(third.tab.changes).toEqual([{ to: 'memory', refusals: [] }]);
    expect(third.tab.gaps).toEqual([]);
  });

  it('in a handler, and leads, has passed the message on before', async () => {
    const browser = memoryBrowser();
    const leader = browser.open();
    const closing: Subscription = leader.subscribe({ onMessage: () => closing.close() });
    const [second] = (await share(browser, 1)) as [Member];
    await send(browser, 'id: 1\ndata: a\n\n');
    expect(dataOf(second)).toEqual(['a']);
    expect(server(browser).request.headers.get('last-event-id')).toBe('1');
  });

  it('at the moment it is to lead makes no request', async () => {
    const browser = memoryBrowser();
    const [first, second, third] = (await share(browser, 3)) as [Member, Member, Member];
    const wavering: Subscription = second.tab.subscribe({
      onState: ({ state }) => state === 'waiting' && wavering.close(),
    });
    second.connection.close();
    first.connection.close();
    await browser.settle();
    expect(second.tab.transport.connections).toHaveLength(0);
    expect(server(browser)).toBe(third.tab.transport.latest);
  });

  it('and opens again in one task makes one request', async () => {
    const browser = memoryBrowser();
    const tab = browser.open();
    tab.subscribe().close();
    tab.subscribe();
    await browser.settle();
    expect(browser.requests).toHaveLength(1);
  });

  it('leaves nothing, whatever its part was', async () => {
    const browser = memoryBrowser();
    const members = await share(browser, 4);
    const early = browser.open();
    early.subscribe().close();
    for (const { connection } of members) {
      connection.close();
      await browser.settle();
    }
    expect(browser.left).toEqual({ locks: 0, channels: 0, timers: 0 });
    expect(members.map(({ tab }) => tab.watchers)).toEqual([0, 0, 0, 0]);
    expect(browser.live).toEqual([]);
  });
});

describe('what the server ends', () => {
  it.each<[string, (connection: MemoryConnection) => void, object]>([
    ['with 204', (connection) => connection.status(204), { reason: 'done' }],
    ['with 404', (connection) => connection.status(404), { reason: 'fatal', error: { status: 404 } }],
  ])('%s is over in every tab, and nobody takes over', async (_, end, expected) => {
    const browser = memoryBrowser();
    const members = await share(browser, 3);
    server(browser).end();
    await browser.advance(5_000);
    end(server(browser));
    await browser.advance(60_000);
    for (const { tab, connection } of members) {
      expect(await connection.closed).toMatchObject(expected);
      expect(tab.states.filter(({ state }) => state === 'closed')).toHaveLength(1);
    }
    expect(browser.requests).toHaveLength(2);
    expect(browser.left).toEqual({ locks: 0, channels: 0, timers: 0 });
  });

  it.each([
    ['late, and asks nobody', 10, 2],
    // One more request is made, and given up.
    ['far too late', 2_000, 3],
  ])('is over, too, for a tab that hears so %s', async (_, slowness, requests) => {
    const browser = memoryBrowser(slowness);
    const members = await share(browser, 3);
    const settled = async (): Promise<void> => {
      for (let turn = 0; turn < slowness; turn++) await browser.settle();
    };
    await settled();
    server(browser).end();
    await browser.advance(5_000);
    server(browser).status(204);
    await settled();
    for (const { connection } of members) expect(await connection.closed).toEqual({ reason: 'done' });
    expect(browser.requests).toHaveLength(requests);
    expect([browser.live, browser.left]).toEqual([[], { locks: 0, channels: 0, timers: 0 }]);
  });
});

describe('what a message ends', () => {
  it.each<[string, SubscribeOptions]>([
    ['endOn', { endOn: 'bye' }],
    ['until', { until: ({ data }) => data === 'bye' }],
  ])('by `%s`, is over in every tab, and nobody takes over', async (_, options) => {
    const browser = memoryBrowser(5);
    const members = await share(browser, 3, options);
    await send(browser, 'data: bye\n\n');
    for (const { connection } of members) expect(await connection.closed).toEqual({ reason: 'done' });
    expect(browser.requests).toHaveLength(1);
    expect(browser.left).toEqual({ locks: 0, channels: 0, timers: 0 });
  });

  it('in the leading tab alone goes on in another', async () => {
    const browser = memoryBrowser(5);
    let isOver = false;
    const [, second] = (await share(browser, 2, { until: () => isOver })) as [Member, Member];
    await send(browser, 'id: 1\ndata: a\n\n');
    isOver = true;
    server(browser).send('id: 2\ndata: b\n\n');
    isOver = false;
    // It is seen that others still wait for the lead.
    for (let look = 0; look < 20; look++) await browser.settle();
    expect(server(browser)).toBe(second.tab.transport.latest);
    expect(server(browser).request.headers.get('last-event-id')).toBe('2');
  });
});

describe('a tab that crashes', () => {
  it('and leads is followed by another at once, and nothing is lost or doubled', async () => {
    const browser = memoryBrowser();
    const [first, ...others] = (await share(browser, 3)) as [Member, Member, Member];
    await send(browser, 'id: 1\ndata: a\n\n');
    await first.tab.crash();
    expect(server(browser).request.headers.get('last-event-id')).toBe('1');
    await send(browser, 'id: 2\ndata: b\n\n');
    expect(others.map(dataOf)).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });

  it('and leads has told the last event id, though no message came with it', async () => {
    const browser = memoryBrowser();
    const [first, second] = (await share(browser, 2)) as [Member, Member];
    await send(browser, 'id: 5\n\n');
    expect(second.connection.lastEventId).toBe('5');
    await first.tab.crash();
    expect(server(browser).request.headers.get('last-event-id')).toBe('5');
  });

  it('may leave one that has heard more than the next leader', async () => {
    const browser = memoryBrowser();
    const [first, second, third] = (await share(browser, 3)) as [Member, Member, Member];
    await send(browser, 'id: 1\ndata: a\n\n');
    second.tab.freeze();
    await send(browser, 'id: 2\ndata: b\n\nid: 2\ndata: c\n\n');
    // It closes its channel, and has it asked anew, so that what was on its way is lost.
    await second.tab.tell('frozen');
    await second.tab.thaw();
    await second.tab.tell('resumed');
    await first.tab.crash();
    await browser.settle();
    const asked = server(browser).request.headers.get('last-event-id');
    await send(browser, 'id: 2\ndata: b\n\nid: 2\ndata: c\n\nid: 3\ndata: d\n\n');
    expect(asked).toBe('2');
    expect(dataOf(third)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('takes along what the server gives no ids for, and the others are told', async () => {
    const browser = memoryBrowser();
    const [first, ...others] = (await share(browser, 3)) as [Member, Member, Member];
    await send(browser, 'data: a\n\n');
    await first.tab.crash();
    await send(browser, 'data: a\n\n');
    for (const other of others) {
      expect(dataOf(other)).toEqual(['a', 'a']);
      expect(other.tab.gaps).toEqual([{ reason: 'no-ids', lastEventId: '' }]);
    }
  });
});

describe('a page that is put away', () => {
  it('and leads gives up the lock, waits, and joins again when it comes back', async () => {
    const browser = memoryBrowser();
    const [first, second] = (await share(browser, 2)) as [Member, Member];
    await send(browser, 'id: 1\ndata: a\n\n');
    await first.tab.tell('stored');
    expect(first.connection.state).toBe('waiting');
    expect(browser.left).toMatchObject({ locks: 1, channels: 1 });
    expect(server(browser)).toBe(second.tab.transport.latest);
    await send(browser, 'id: 2\ndata: b\n\n');
    await first.tab.tell('restored');
    expect(first.connection).toMatchObject({ state: 'open', lastEventId: '2' });
    await send(browser, 'id: 3\ndata: c\n\n');
    expect(dataOf(first)).toEqual(['a', 'c']);
    expect(first.tab.gaps).toEqual([{ reason: 'suspended', lastEventId: '1' }]);
    expect(statesOf(first)).toEqual(['open', 'waiting', 'connecting', 'open']);
    expect(browser.requests).toHaveLength(2);
  });

  it('alone goes on from where it was', async () => {
    const browser = memoryBrowser();
    const [only] = (await share(browser, 1)) as [Member];
    await send(browser, 'id: 1\ndata: a\n\n');
    await only.tab.tell('stored');
    expect([browser.live, browser.left]).toEqual([[], { locks: 0, channels: 0, timers: 0 }]);
    await only.tab.tell('restored');
    expect(server(browser).request.headers.get('last-event-id')).toBe('1');
    await send(browser, 'id: 2\ndata: b\n\n');
    expect(dataOf(only)).toEqual(['a', 'b']);
    expect(only.tab.gaps).toEqual([{ reason: 'suspended', lastEventId: '1' }]);
  });

  it('and follows leaves, and is not granted the lock meanwhile', async () => {
    const browser = memoryBrowser();
    const [first, second, third] = (await share(browser, 3)) as [Member, Member, Member];
    await second.tab.tell('stored');
    second.tab.freeze();
    await first.tab.crash();
    expect(server(browser)).toBe(third.tab.transport.latest);
    await second.tab.thaw();
    await second.tab.tell('restored');
    server(browser).open();
    await browser.settle();
    expect(second.connection.state).toBe('open');
  });

  it('and closed meanwhile does not come back', async () => {
    const browser = memoryBrowser();
    const [only] = (await share(browser, 1)) as [Member];
    await only.tab.tell('stored');
    only.connection.close();
    await only.tab.tell('restored');
    expect(browser.requests).toHaveLength(1);
    expect(statesOf(only)).toEqual(['open', 'waiting', 'closed']);
  });

  it('that is loaded anew resumes, where that was asked for', async () => {
    const browser = memoryBrowser();
    const [only] = (await share(browser, 1, { resume: 'session' })) as [Member];
    await send(browser, 'id: 5\ndata: a\n\n');
    await only.tab.tell('stored');
    // The page that comes after, in the same tab.
    only.connection.close();
    only.tab.subscribe({ resume: 'session' });
    await browser.settle();
    expect(server(browser).request.headers.get('last-event-id')).toBe('5');
  });
});

describe('a page that is frozen', () => {
  it('and told so leaves as one that is put away, until it is resumed', async () => {
    const browser = memoryBrowser();
    const [first, second] = (await share(browser, 2)) as [Member, Member];
    await first.tab.tell('frozen');
    expect(server(browser)).toBe(second.tab.transport.latest);
    server(browser).open();
    await first.tab.tell('resumed');
    expect([first, second].map(({ connection }) => connection.state)).toEqual(['open', 'open']);
    expect(first.tab.gaps).toEqual([{ reason: 'suspended', lastEventId: '' }]);
  });

  it('in the cache comes back with the page, not before', async () => {
    const browser = memoryBrowser();
    const [only] = (await share(browser, 1)) as [Member];
    await only.tab.tell('stored');
    await only.tab.tell('frozen');
    await only.tab.tell('resumed');
    expect(browser.live).toEqual([]);
    await only.tab.tell('restored');
    expect(browser.live).toHaveLength(1);
  });

  it('unawares is robbed of the lead by one that becomes visible', async () => {
    const browser = memoryBrowser();
    const members = (await share(browser, 3)) as [Member, Member, Member];
    const [first, second, third] = members;
    await send(browser, 'id: 1\ndata: a\n\n');
    first.tab.freeze();
    await third.tab.tell('visible');
    await browser.advance(SIGN_OF_LIFE - 1);
    expect(third.tab.transport.connections).toHaveLength(0);
    await browser.advance(1);
    const taken = third.tab.transport.latest;
    expect(taken.request.headers.get('last-event-id')).toBe('1');
    taken.send('id: 2\ndata: b\n\n');
    await browser.settle();
    expect([dataOf(second), dataOf(third)]).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
    // It comes to itself with what the network has kept for it, and learns that it leads no longer.
    first.tab.transport.latest.send('id: 2\ndata: b\n\n');
    await first.tab.thaw();
    expect(server(browser)).toBe(taken);
    await send(browser, 'id: 3\ndata: c\n\n');
    for (const member of members) expect(dataOf(member)).toEqual(['a', 'b', 'c']);
    expect(first.connection.state).toBe('open');
    expect(browser.left).toEqual({ locks: 3, channels: 3, timers: 0 });
  });

  it('is not waited for by one that joins', async () => {
    const browser = memoryBrowser();
    const [first] = (await share(browser, 1)) as [Member];
    first.tab.freeze();
    const joined = browser.open();
    joined.subscribe();
    await browser.advance(SIGN_OF_LIFE);
    expect(joined.transport.connections).toHaveLength(1);
  });

  it.each([
    ['with ids', 'id: 1\n', 'suspended', '1'],
    ['without ids', '', 'suspended', ''],
  ])(
    '%s: is followed by one that begins, and those that know more are told of the gap',
    async (_, id, reason, lastEventId) => {
      const browser = memoryBrowser();
      const [first, second] = (await share(browser, 2)) as [Member, Member];
      await send(browser, `${id}data: a\n\n`);
      first.tab.freeze();
      const joined = browser.open();
      joined.subscribe();
      await browser.advance(SIGN_OF_LIFE);
      joined.transport.latest.open();
      await browser.settle();
      expect(second.tab.gaps).toEqual([{ reason, lastEventId }]);
      // It began after that, and misses nothing.
      expect(joined.gaps).toEqual([]);
    },
  );

  it('is followed by one with an older id, which goes on from where the others are', async () => {
    const browser = memoryBrowser();
    const options = { lastEventId: '1' };
    const [first] = (await share(browser, 1, options)) as [Member];
    await send(browser, 'id: 2\ndata: a\n\n');
    const late = browser.open();
    late.subscribe(options);
    await browser.settle();
    await send(browser, 'id: 3\ndata: b\n\n');
    first.tab.freeze();
    const joined = browser.open();
    joined.subscribe(options);
    await browser.advance(SIGN_OF_LIFE);
    const { latest } = joined.transport;
    expect(latest.request.headers.get('last-event-id')).toBe('3');
    latest.send('id: 4\ndata: c\n\n');
    await browser.settle();
    expect(late.messages.map(({ data }) => data)).toEqual(['b', 'c']);
    expect(joined.gaps).toEqual([{ reason: 'suspended', lastEventId: '1' }]);
  });

  it('and next in line is not waited for by the others', async () => {
    const browser = memoryBrowser();
    const [first, second, third] = (await share(browser, 3)) as [Member, Member, Member];
    second.tab.freeze();
    first.connection.close();
    await browser.advance(SIGN_OF_LIFE);
    expect(third.tab.transport.connections).toHaveLength(1);
    await second.tab.thaw();
    third.tab.transport.latest.open();
    await browser.settle();
    expect(browser.live).toHaveLength(1);
    expect(second.connection.state).toBe('open');
  });

  it('and announces a lead that it has lost meanwhile lets no other miss a message untold', async () => {
    const browser = memoryBrowser(5);
    const [first, second, third, fourth] = (await share(browser, 4)) as [Member, Member, Member, Member];
    await send(browser, 'data: a\n\n');
    second.tab.freeze();
    await first.tab.crash();
    await third.tab.tell('visible');
    await browser.advance(SIGN_OF_LIFE);
    third.tab.transport.latest.open();
    await browser.settle();
    const known = fourth.tab.gaps.length;
    // What the leader says now comes between the announcement and the word that it is over.
    const thawed = second.tab.thaw();
    await Promise.resolve();
    third.tab.transport.latest.send('data: b\n\n');
    await thawed;
    await send(browser, 'data: c\n\n');
    expect(dataOf(fourth)).toEqual(['a', 'c']);
    expect(fourth.tab.gaps.slice(known)).toEqual([{ reason: 'suspended', lastEventId: '' }]);
  });

  it('leaves the lock to a tab that answers', async () => {
    const browser = memoryBrowser();
    const [first, second] = (await share(browser, 2)) as [Member, Member];
    await second.tab.tell('visible');
    await browser.advance(10 * SIGN_OF_LIFE);
    expect(server(browser)).toBe(first.tab.transport.latest);
    expect(browser.left.timers).toBe(0);
  });

  it('is robbed by several at once, and one of them leads', async () => {
    const browser = memoryBrowser();
    const [first, ...others] = (await share(browser, 4)) as [Member, ...Member[]];
    first.tab.freeze();
    await Promise.all(others.map(({ tab }) => tab.tell('visible')));
    await browser.advance(SIGN_OF_LIFE);
    await first.tab.thaw();
    await browser.advance(SIGN_OF_LIFE);
    server(browser).send('id: 1\ndata: a\n\n');
    await browser.settle();
    expect([first, ...others].map(dataOf)).toEqual([['a'], ['a'], ['a'], ['a']]);
  });
});

describe('a tab that can share with nobody', () => {
  const noLocks = { navigator: {}, BroadcastChannel: globalThis.BroadcastChannel };
  const noChannel = { navigator: { locks: {} } };
  const opaque = {
    navigator: { locks: {} },
    BroadcastChannel: function () {
      throw new DOMException('An opaque origin.', 'SecurityError');
    },
  };
  const refused = {
    navigator: {
      locks: { request: () => Promise.reject(new DOMException('Storage is blocked.', 'SecurityError')) },
    },
    BroadcastChannel: globalThis.BroadcastChannel,
  };

  it.each([
    ['without locks', noLocks],
    ['without channels', noChannel],
    ['in an opaque origin', opaque],
    ['where the browser refuses the lock', refused],
  ])('%s connects for itself, and says so', async (_, tabs) => {
    const browser = memoryBrowser();
    const tab = browser.open({ tabs: tabs as never });
    const connection = tab.subscribe();
    await browser.settle();
    await send(browser, 'data: a\n\n');
    expect(tab.messages.map(({ data }) => data)).toEqual(['a']);
    expect(tab.changes).toEqual([
      { to: 'memory', refusals: ['share: "tabs" needs Web Locks and BroadcastChannel'] },
    ]);
    expect(connection.trace).toContainEqual(
      expect.objectContaining({
        what: 'share',
        detail: expect.stringContaining('needs Web Locks') as string,
      }),
    );
    await tab.tell('stored');
    expect(connection.state).toBe('waiting');
    await tab.tell('restored');
    expect(browser.live).toHaveLength(1);
    server(browser).status(404);
    expect(await connection.closed).toMatchObject({ reason: 'fatal' });
    await browser.settle();
    expect([tab.watchers, browser.left.timers]).toEqual([0, 0]);
  });
});
