// Tabs that share one connection, in real browsers: who leads, who takes over, and what the server sees of it.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { KeyReport } from '../server/ledger.ts';
import { startServer, type ReferenceServer } from '../server/server.ts';
import { servePage } from './bundle.ts';
import { findBrowsers, launch, type Browser, type Found, type Page } from './drivers.ts';
import { skipIfMissing } from './missing.ts';
import type { TabFacts } from './page/tabs.ts';

/** How soon another leads, from the end of the connection there was. Milliseconds. */
const TAKEOVER = 1_000;

/** Milliseconds between two events. */
const PACE = 10;

for (const found of findBrowsers()) {
  describe(found.name, () => tabsOf(found));
}

function tabsOf(found: Found): void {
  const tabs: Page[] = [];
  let server: ReferenceServer;
  let browser: Browser;
  let address = '';
  let channels = 0;

  beforeAll(async () => {
    if ('missing' in found) return;
    server = await startServer();
    address = await servePage(server, 'tabs');
    browser = await launch(found);
  });
  afterAll(async () => {
    if ('missing' in found) return;
    await browser.close();
    await server.close();
  });
  beforeEach((context) => skipIfMissing(found, context));
  afterEach(async ({ task }) => {
    // What a failed test has left behind is not the next one's trouble.
    if (task.result?.state === 'fail') for (const tab of tabs.splice(0)) await tab.close();
  });

  it('ten tabs make one connection, and mirror it', async () => {
    const stream = await share(10);
    await stream.run(300);
    for (const tab of tabs) {
      const { ids, ...facts } = await factsOf(tab);
      expect(facts).toMatchObject({ state: 'open', transport: 'fetch-stream', refusals: [], gaps: [] });
      expect(facts.lastEventId).toBe(String(stream.last));
      expect(ids).toEqual(stream.all());
    }
    expect(await stream.report()).toMatchObject({ connections: 1, live: 1, maxLive: 1 });
    await tabs[5]?.run('tabs.reconnect');
    await until(async () => (await stream.report()).connections === 2);
    await stream.end();
  });

  it('another leads when the leading tab is closed, and nothing is lost or doubled', async () => {
    const stream = await share(10);
    stream.begin();
    const leader = await leading();
    await tabs.splice(leader, 1)[0]?.close();
    await stream.takenOver();
    await stream.run(300);
    for (const tab of tabs) {
      const { ids, gaps, states } = await factsOf(tab);
      expect({ ids, gaps }).toEqual({ ids: stream.all(), gaps: [] });
      expect(states).toEqual(['connecting', 'open', 'waiting', 'connecting', 'open']);
    }
    expect(await stream.report()).toMatchObject({ connections: 2, live: 1 });
    await stream.end();
  });

  it('another leads when the leading tab hangs and one becomes visible', async (context) => {
    if (found.name === 'firefox')
      context.skip('Tabs of a site share processes, so that one hangs with another.');
    const stream = await share(3);
    stream.begin();
    const leader = await leading();
    const other = (leader + 1) % tabs.length;
    // Both are set up before, since a driver may wait for the page that hangs.
    const [, looked] = await Promise.all([
      tabs[leader]?.run<number>('tabs.later', 'hang', 200, 3_000),
      tabs[other]?.run<number>('tabs.later', 'turnUp', 300),
    ]);
    await until(async () => (await stream.report()).connections === 2);
    const [, second] = (await stream.report()).records;
    // It takes a second to find out, too.
    expect(Number(second?.openedAt) - Number(looked)).toBeLessThan(2 * TAKEOVER);
    await until(async () => (await stream.report()).live === 1, 6_000);
    await stream.run(300);
    for (const [index, tab] of tabs.entries()) {
      const { ids, gaps } = await factsOf(tab);
      // It cannot know what it has missed when it comes to itself.
      expect(gaps).toEqual(index === leader ? ['suspended'] : []);
      if (index !== leader) expect(ids).toEqual(stream.all());
      expect(ids).toEqual([...new Set(ids)].sort((one, other) => one - other));
    }
    await stream.end();
  });

  it('another leads when the leading tab is frozen', async (context) => {
    if (found.name !== 'chromium') context.skip('Only the protocol of Chromium freezes a page.');
    const stream = await share(3);
    stream.begin();
    const leader = await leading();
    await tabs[leader]?.freeze?.();
    await stream.takenOver();
    await tabs[leader]?.thaw?.();
    await until(async () => (await factsOf(tabs[leader])).state === 'open');
    await stream.run(300);
    for (const [index, tab] of tabs.entries()) {
      const { ids, gaps } = await factsOf(tab);
      expect(gaps).toEqual(index === leader ? ['suspended'] : []);
      expect(ids.at(-1)).toBe(stream.last);
      if (index !== leader) expect(ids).toEqual(stream.all());
    }
    await stream.end();
  });

  it('a frozen tab next in line holds nobody up', async (context) => {
    if (found.name !== 'chromium') context.skip('Only the protocol of Chromium freezes a page.');
    const stream = await share(3);
    stream.begin();
    await tabs[1]?.freeze?.();
    await tabs.shift()?.close();
    // Where the browser grants it the lock all the same, that is taken by force after a second.
    await stream.takenOver(1.5 * TAKEOVER);
    await tabs[0]?.thaw?.();
    await stream.run(300);
    expect((await factsOf(tabs[1])).ids).toEqual(stream.all());
    await stream.end();
  });

  it('another leads when the leading page is put away, and it joins again when it comes back', async () => {
    const stream = await share(3);
    stream.begin();
    const leader = await leading();
    const page = tabs[leader];
    await page?.run(LEAVE, '/status?code=200');
    await stream.takenOver();
    await pause(300);
    const returned = await page?.run<number>(RETURN);
    await until(async () => (await page?.run('typeof tabs')) === 'object');
    const isCached = await page?.run<boolean>('typeof before === "number"');
    // Firefox (153) keeps no page that has a lock, or waits for one, when it is left: giving it up then is too late.
    expect(isCached).toBe(found.name !== 'firefox');
    if (isCached) {
      await until(async () => (await factsOf(page)).state === 'open');
      expect(Date.now() - Number(returned)).toBeLessThan(2 * TAKEOVER);
    } else {
      await page?.run('tabs.join', stream.path);
    }
    await stream.run(500);
    for (const [index, tab] of tabs.entries()) {
      const { ids, gaps } = await factsOf(tab);
      expect(gaps).toEqual(index === leader && isCached ? ['suspended'] : []);
      expect(ids.at(-1)).toBe(stream.last);
      if (index !== leader) expect(ids).toEqual(stream.all());
    }
    expect(await stream.report()).toMatchObject({ connections: 2, live: 1 });
    await stream.end();
  });

  it('what the server ends is over in every tab, after one request', async () => {
    await open(5);
    server.script('over', [[{ send: 'retry: 500\n\n' }, { wait: 500 }], [{ head: { status: 204 } }]]);
    for (const tab of tabs) await tab.run('tabs.join', '/scripted/over');
    await until(async () => (await Promise.all(tabs.map(factsOf))).every(({ closed }) => closed));
    for (const tab of tabs) {
      expect(await factsOf(tab)).toMatchObject({ state: 'closed', closed: { reason: 'done' } });
    }
    expect(server.log('over')).toHaveLength(2);
    expect(await tabs[0]?.run('tabs.locks')).toBe(0);
  });

  it('every page loads within a second beside twelve that share, and none beside six that do not', async () => {
    const stream = await share(12);
    for (const tab of tabs) {
      expect(await tab.run('performance.getEntriesByType("navigation")[0].duration')).toBeLessThan(1_000);
    }
    expect(await tabs[11]?.run('tabs.answers', address, 1_000)).toBe(true);
    await stream.end();

    for (const tab of tabs.slice(0, 6)) await tab.run('tabs.join', stream.path, { share: false });
    await until(async () => (await stream.report()).live === 6);
    expect(await tabs[11]?.run('tabs.answers', address, 1_000)).toBe(false);
    await stream.end();
    expect(await tabs[11]?.run('tabs.answers', address, 1_000)).toBe(true);
  });

  it('another leads when the process of the leading tab ends', async (context) => {
    // Firefox has all tabs of a site in one process; WebKit's driver ends with the page.
    if (found.name !== 'chromium') context.skip('Only the driver of Chromium outlives a page that crashes.');
    const stream = await share(3);
    stream.begin();
    const leader = await leading();
    await tabs.splice(leader, 1)[0]?.crash?.();
    await stream.takenOver();
    await stream.run(300);
    for (const tab of tabs) {
      const { ids, gaps } = await factsOf(tab);
      expect({ ids, gaps }).toEqual({ ids: stream.all(), gaps: [] });
    }
    await stream.end();
  });

  /** Has as many tabs, each newly loaded. */
  async function open(count: number): Promise<void> {
    for (const tab of tabs.splice(count)) await tab.close();
    while (tabs.length < count) tabs.push(await browser.newPage(address));
  }

  /** Has so many tabs share a new stream. */
  async function share(count: number): Promise<Stream> {
    await open(count);
    const stream = streamOf(`tabs-${++channels}`);
    for (const tab of tabs) await tab.run('tabs.join', stream.path);
    await until(async () => (await Promise.all(tabs.map(factsOf))).every(({ state }) => state === 'open'));
    return stream;
  }

  async function leading(): Promise<number> {
    return (await Promise.all(tabs.map(factsOf))).findIndex(({ leads }) => leads);
  }

  function streamOf(channel: string): Stream {
    const path = `/events?channel=${channel}&key=${channel}`;
    let last = 0;
    let timer: ReturnType<typeof setInterval> | undefined;
    const stream: Stream = {
      path,
      get last() {
        return last;
      },
      all: () => Array.from({ length: last }, (_, index) => index + 1),
      begin() {
        timer ??= setInterval(() => server.publish(channel, { data: String(++last) }), PACE);
      },
      async run(milliseconds) {
        stream.begin();
        await pause(milliseconds);
        clearInterval(timer);
        timer = undefined;
        await until(async () =>
          (await Promise.all(tabs.map(factsOf))).every(({ lastEventId }) => lastEventId === String(last)),
        );
      },
      async report() {
        return (await (await fetch(`${server.url}/requests?key=${channel}`)).json()) as KeyReport;
      },
      async takenOver(within = TAKEOVER) {
        await until(async () => {
          const { connections, live } = await stream.report();
          return connections === 2 && live === 1;
        });
        const [first, second] = (await stream.report()).records;
        expect(Number(second?.openedAt) - Number(first?.endedAt)).toBeLessThan(within);
      },
      async end() {
        clearInterval(timer);
        await Promise.all(tabs.map((tab) => tab.run('tabs.leave')));
        await until(async () => (await stream.report()).live === 0);
        expect(await tabs[0]?.run('tabs.locks')).toBe(0);
      },
    };
    return stream;
  }
}

interface Stream {
  readonly path: string;
  /** Id of the newest event. */
  readonly last: number;
  /** Ids of all. */
  all(): number[];
  /** Publishes an event every few milliseconds. */
  begin(): void;
  /** Goes on for so long, and waits until all tabs have the last one. */
  run(milliseconds: number): Promise<void>;
  report(): Promise<KeyReport>;
  /** Waits for the second connection, which follows the end of the first soon. */
  takenOver(within?: number): Promise<void>;
  end(): Promise<void>;
}

/** Leaves for another page, a little later so that the driver has its answer. */
const LEAVE = `(url) => {
  window.before = 1;
  setTimeout(() => { location.href = url; }, 100);
}`;
const RETURN = `() => {
  setTimeout(() => { history.back(); }, 100);
  return Date.now() + 100;
}`;

function factsOf(tab: Page | undefined): Promise<TabFacts> {
  if (!tab) throw new Error('There is no such tab.');
  return tab.run<TabFacts>('tabs.facts');
}

/** Looks again and again until the condition holds. */
async function until(holds: () => Promise<boolean>, limit = 5_000): Promise<void> {
  const deadline = Date.now() + limit;
  while (!(await holds().catch(() => false))) {
    if (Date.now() > deadline) throw new Error(`Not within ${limit} ms: ${String(holds)}`);
    await pause(20);
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
