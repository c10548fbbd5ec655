// Sleep, tabs out of sight, the back/forward cache, lost networks and silent servers, in the browsers themselves.

import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, type TestContext } from 'vitest';
import { findBrowsers, launch, type Browser, type Engine, type Found } from './drivers.ts';
import { skipIfMissing } from './missing.ts';
import { openFollowers, type Follower, type Followers, type LifeOptions } from './page-life.ts';
import { putToSleep } from './processes.ts';

/** Milliseconds from waking up to the new connection. */
const AT_ONCE = 250;

/** What a page is told of the server's rhythm, in milliseconds: after such a silence a connection is in doubt. */
const HEARTBEAT = 1_000;

/** Longer than that, in milliseconds. */
const SLEEP = 1_500;

/** Milliseconds between two messages, and for some of them. */
const RHYTHM = 50;
const MOMENT = 500;

/** Milliseconds within which messages flow when a page has come back. */
const FLOWS_AGAIN = 1_000;

/** Upper bound of the first wait for a connection that was healthy, in milliseconds. */
const FIRST_RETRY = 1_000;

/** The shortest silence that the watchdog takes for a lost connection, in milliseconds. */
const WATCHDOG = 30_000;

/** How much later two timers may come, in milliseconds, in a page that others have put out of sight. */
const OUT_OF_SIGHT = 2_000;

/** Messages of the list whose server stops writing. */
const LIST = 40;

/** What an operating system tells a browser when it has woken up. */
const NETWORK_IS_BACK = `void dispatchEvent(new Event('online'))`;

/** Why a page that has a connection open is not kept for the way back. */
const NOT_CACHED: Partial<Record<Engine, string>> = {
  firefox:
    'Firefox (153) looks for requests under way before it tells of pagehide, even of beforeunload: too late to end them.',
};

const browsers = new Map<Engine, Browser>();
const silent = new Map<Engine, Follower>(); // of servers that stop writing; begun first, looked at last
const stops: (() => Promise<void>)[] = [];
let followers: Followers;

beforeAll(async () => {
  followers = await openFollowers();
  stops.push(() => followers.close());
  for (const found of findBrowsers()) {
    if ('missing' in found) continue;
    browsers.set(found.name, await started(found));
    // In a browser of its own: here, pages that come and go would put it out of sight and back again, which wakes it.
    const hangs = `/numbered?count=${LIST}&rate=100&faults=hang:300,ok`;
    silent.set(found.name, await followers.follow(await started(found), { heartbeat: HEARTBEAT }, hangs));
  }
});

afterAll(async () => {
  for (const stop of stops.reverse()) await stop();
});

async function started(found: Found): Promise<Browser> {
  const browser = await launch(found);
  stops.push(() => browser.close());
  return browser;
}

for (const found of findBrowsers()) describe(found.name, () => lifeIn(found));

function lifeIn(found: Found): void {
  it('connects anew once, at once, when a frozen page is thawed', async (context) => {
    const { page, publishEvery, asked, hurt, expectAll, requests } = await follow(found, context);
    const { freeze, thaw } = page;
    if (!freeze || !thaw) return context.skip(`No driver freezes a page of ${found.name}.`);
    const stop = publishEvery(RHYTHM);
    await pause(MOMENT);
    await freeze();
    await hurt('drop');
    await pause(SLEEP);
    const thawedAt = Date.now();
    await thaw();
    expect((await asked(2)) - thawedAt).toBeLessThan(AT_ONCE);
    await pause(AT_ONCE);
    stop();
    const { resyncs } = await expectAll();
    expect(resyncs).toEqual([{ reason: 'suspended', lastEventId: expect.any(String) as string }]);
    expect(await requests()).toHaveLength(2);
  });

  it('connects anew once when the machine has slept, and its connection is gone', async (context) => {
    const { publishEvery, asked, hurt, expectAll, requests } = await follow(found, context);
    const stop = publishEvery(RHYTHM);
    await pause(MOMENT);
    const asleep = sleep(found, SLEEP);
    await hurt('drop');
    await asleep;
    const wokenAt = Date.now();
    expect((await asked(2)) - wokenAt).toBeLessThan(FIRST_RETRY + AT_ONCE);
    await pause(AT_ONCE);
    stop();
    await expectAll();
    expect(await requests()).toHaveLength(2);
  });

  it('connects anew once, at once, when the machine has slept and the network tells that it is back', async (context) => {
    const { page, publish, asked, live, expectAll, requests } = await follow(found, context);
    publish();
    await expectAll();
    await sleep(found, SLEEP);
    const wokenAt = Date.now();
    await page.run(NETWORK_IS_BACK);
    expect((await asked(2)) - wokenAt).toBeLessThan(AT_ONCE);
    publish();
    await pause(AT_ONCE);
    await expectAll();
    expect(await requests()).toHaveLength(2);
    await expect.poll(live).toBe(1);
  });

  it('tears nothing down when the machine has dozed for less than a heartbeat', async (context) => {
    const { page, publishEvery, expectAll, requests } = await follow(found, context, { heartbeat: 5_000 });
    const stop = publishEvery(RHYTHM);
    await sleep(found, SLEEP / 2);
    await page.run(NETWORK_IS_BACK);
    await pause(AT_ONCE);
    stop();
    await expectAll();
    expect(await requests()).toHaveLength(1);
  });

  it('leaves room in the back/forward cache, and goes on at the cursor when the page is back', async (context) => {
    const reason = NOT_CACHED[found.name];
    if (reason !== undefined) return context.skip(reason);
    const { page, publishEvery, asked, live, expectAll, requests } = await follow(found, context);
    const stop = publishEvery(RHYTHM);
    await pause(MOMENT);
    await page.goto(followers.elsewhere);
    await expect.poll(live).toBe(0);
    await pause(MOMENT);
    await page.run('void setTimeout(() => history.back(), 50)');
    await asked(2);
    await pause(MOMENT);
    stop();
    const { at, shown, resyncs } = await expectAll();
    expect(shown.map(({ persisted }) => persisted)).toEqual([false, true]);
    const backAt = shown[1]?.at ?? NaN;
    expect((at.find((each) => each >= backAt) ?? Infinity) - backAt).toBeLessThan(FLOWS_AGAIN);
    const cursors = (await requests()).map(({ headers }) => headers['last-event-id']);
    expect(cursors).toEqual([undefined, expect.any(String)]);
    expect(resyncs).toEqual([{ reason: 'suspended', lastEventId: cursors[1] }]);
  });

  it('goes on at the cursor when the page is loaded anew, where it shall', async (context) => {
    const { page, again, publish, expectAll, life, requests } = await follow(found, context, {
      resume: 'session',
    });
    publish();
    await expectAll();
    await page.goto(followers.elsewhere);
    publish();
    await again();
    await expect.poll(async () => (await life()).ids).toEqual(['2']);
    const cursors = (await requests()).map(({ headers }) => headers['last-event-id']);
    expect(cursors).toEqual([undefined, '1']);
    expect((await life()).resyncs).toEqual([]);
  });

  it('polls more slowly out of sight, and at once when it is seen again', async (context) => {
    const polling = { transport: 'poll', pollInterval: 1_000 };
    const { page, asked, expectAll, publish, requests } = await follow(found, context, polling);
    await asked(2);
    await page.hide();
    // The wait that has begun is not made longer.
    await asked(3);
    await pause(2 * polling.pollInterval);
    expect(await requests()).toHaveLength(3);
    publish();
    const shownAt = Date.now();
    await page.show();
    expect((await asked(4)) - shownAt).toBeLessThan(AT_ONCE);
    await expectAll();
  });

  it('connects anew at once when the network is back, however long the wait would be', async (context) => {
    const patient = { retryDelay: 30_000 };
    const { page, publishEvery, asked, hurt, life, expectAll, requests } = await follow(
      found,
      context,
      patient,
    );
    const { setOffline } = page;
    if (!setOffline) return context.skip(`No driver takes the network from ${found.name}.`);
    const stop = publishEvery(RHYTHM);
    await pause(MOMENT);
    await setOffline(true);
    await hurt('drop');
    await expect.poll(async () => (await life()).states.at(-1)?.state).toBe('waiting');
    await pause(MOMENT);
    const backAt = Date.now();
    await setOffline(false);
    expect((await asked(2)) - backAt).toBeLessThan(AT_ONCE);
    stop();
    const { errors } = await expectAll();
    expect(new Set(errors)).toEqual(new Set(['network']));
    expect(await requests()).toHaveLength(2);
  });

  it('leaves a server that stops writing, when the watchdog has waited long enough', async (context) => {
    skipIfMissing(found, context);
    const follower = silent.get(found.name);
    if (!follower) throw new Error('The browser did not start.');
    const askedAt = await follower.asked(2, 2 * WATCHDOG);
    const newest = async (): Promise<string | undefined> => (await follower.life()).ids.at(-1);
    await expect.poll(newest).toBe(String(LIST));
    const { ids, at, errors } = await follower.life();
    const silence = askedAt - Math.max(...at.filter((each) => each <= askedAt));
    expect(silence).toBeGreaterThanOrEqual(WATCHDOG);
    expect(silence).toBeLessThan(WATCHDOG + FIRST_RETRY + OUT_OF_SIGHT);
    expect(errors).toEqual(['timeout']);
    expect(ids).toEqual(Array.from({ length: LIST }, (_, index) => String(index + 1)));
  });
}

async function follow(found: Found, context: TestContext, options: LifeOptions = {}): Promise<Follower> {
  skipIfMissing(found, context);
  const browser = browsers.get(found.name);
  if (!browser) throw new Error('The browser did not start.');
  const follower = await followers.follow(browser, { heartbeat: HEARTBEAT, ...options });
  onTestFinished(() => follower.page.close());
  return follower;
}

/** All processes of the browser at once. */
function sleep({ name }: Found, milliseconds: number): Promise<void> {
  return putToSleep(browsers.get(name)?.processes() ?? [], milliseconds);
}
