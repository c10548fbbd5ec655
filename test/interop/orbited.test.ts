// Pages as the slides have them, in real browsers, over the last Orbited that there was: with its own scripts, and with
// encke in their place.

import { afterAll, beforeAll, beforeEach, describe, expect, it, vi, type TestContext } from 'vitest';
import {
  findBrowsers,
  borrow,
  type Browser,
  type Engine,
  type Found,
  type Page,
} from '../browsers/drivers.ts';
import { skipIfMissing } from '../browsers/missing.ts';
import { CLIENTS, startFront, TRANSPORTS, type Front, type SlideOptions } from './orbited-front.ts';
import { findOrbited, orbitedOrSkip, startOrbited, type Orbited } from './orbited.ts';
import type { FoundProgram } from './service.ts';
import { connectSender, type Sender } from './stomp-sender.ts';

const [chromium, ...others] = findBrowsers() as [Found, ...Found[]];
const browsers = new Map<Engine, Promise<Browser>>();

/** Messages at a time. */
const BATCH = 25;

/** Where it is tried whether a page is subscribed. */
const PROBES = '/probes/';

let command: FoundProgram | undefined;
let orbited: Orbited;
let front: Front;
let sender: Sender;
let games = 0;

beforeAll(async () => {
  command = await findOrbited();
  if ('missing' in command) return;
  for (const found of findBrowsers()) if (!('missing' in found)) browsers.set(found.name, borrow(found));
  orbited = await startOrbited(command.path, []);
  front = await startFront(orbited.origin);
  sender = await connectSender(orbited.stompPort);
});
afterAll(async () => {
  for (const browser of browsers.values()) await (await browser).close();
  await (sender as Sender | undefined)?.close();
  await (front as Front | undefined)?.close();
  await (orbited as Orbited | undefined)?.stop();
});

/** What the page of the slides has seen. */
interface Seen {
  readonly said: readonly string[];
  readonly frames: readonly (readonly [destination: string, body: unknown])[];
  readonly errors: readonly string[];
}

beforeEach((context) => {
  orbitedOrSkip(command, context);
});

describe('the page of the slides', () => {
  const inChromium = CLIENTS.map((client) => ({ client, found: chromium }));
  const elsewhere = others.map((found) => ({ client: 'the drop-in', found }) as const);
  it.concurrent.for([...inChromium, ...elsewhere])(
    'with $client, in $found.name: messages are dispatched by destination',
    async ({ client, found }, context) => {
      const [status, players] = topics();
      const page = await open(found, context, { client, destinations: [status, players] });
      sender.send(status, { state: 'running' });
      sender.send(players, { players: [{ name: 'Zoë "Z" €' }] });
      sender.send(status, { state: 'over' });
      const all = {
        said: ['Connected.', 'Subscribed.'],
        frames: [
          [status, { state: 'running' }],
          [players, { players: [{ name: 'Zoë "Z" €' }] }],
          [status, { state: 'over' }],
        ],
        errors: [],
      };
      await eventually(async () => expect(await seenBy(page)).toEqual(all));
    },
  );
});

describe('every transport of Orbited', () => {
  it.concurrent.for(findBrowsers())('carries messages to $name', async (found, context) => {
    const [status, players] = topics();
    const destinations = [status, players];
    const pages = await Promise.all(
      TRANSPORTS.map((transport) => open(found, context, { client: 'the modules', transport, destinations })),
    );
    const sent = Array.from(
      { length: 50 },
      (_, n) => [destinations[n % 2] ?? '', { n, text: '🐙 é' }] as const,
    );
    for (const [destination, message] of sent) sender.send(destination, message);
    for (const page of pages) {
      const all = { said: ['Connected.', 'Subscribed.'], frames: sent, errors: [] };
      await eventually(async () => expect(await seenBy(page)).toEqual(all));
    }
  });
});

describe('a link that is cut again and again', () => {
  it("loses and doubles nothing of 5,000 messages in 20 cuts; with Orbited's own client many are lost", async (context) => {
    const clients = ['the drop-in', "Orbited's scripts"] as const;
    const pages = clients.map((client) => ({ found: chromium, client, again: 100 }));
    const [ours, theirs] = await throughCuts(context, pages, { messages: 5_000, cuts: 20 });
    console.log('5,000 messages, 20 cuts, and what became of them: encke', ours, 'Orbited.js', theirs);
    expect(ours).toEqual({ got: 5_000, lost: 0, doubled: 0, disordered: 0, connections: 1 });
    expect(theirs?.lost).toBeGreaterThan(0);
  });

  it('loses and doubles nothing in the other browsers', async (context) => {
    const pages = others.map((found) => ({ found, client: 'the drop-in' }) as const);
    const seen = await throughCuts(context, pages, { messages: 1_000, cuts: 5 });
    const everything = { got: 1_000, lost: 0, doubled: 0, disordered: 0, connections: 1 };
    expect(seen).toEqual(others.map(() => everything));
  });

  it('loses and doubles nothing that a page sends, and no two change places', async (context) => {
    const [topic] = topics();
    const page = await open(chromium, context, { client: 'the drop-in', destinations: [topic] });
    for (let n = 0; n <= 400; n += 1) {
      await page.run(sendNumber, topic, n);
      if (n % 40 !== 20) continue;
      await eventually(() => expect(front.link.count('/xhrstream').open).toBe(1));
      // What was sent last has come back: the next request has a packet to confirm, and so can be known again.
      const last = n;
      await eventually(async () => expect(await page.run(lastNumber)).toBe(last));
      // Three at different moments of their requests.
      for (const more of [1, 2, 3]) {
        await page.run(sendNumber, topic, (n += 1));
        await pause(more);
        front.link.cut(more % 2 ? 'reset' : 'fin');
      }
    }
    await eventually(async () => expect(await page.run(lastNumber)).toBe(400), 30_000);
    const { said, frames } = await seenBy(page);
    expect(said).not.toContainEqual(expect.stringMatching(/^Lost/));
    expect(frames.map(([, body]) => (body as { n: number }).n)).toEqual([...Array(401).keys()]);
  });

  /** Sends numbers to pages, cuts the link whenever the streams of all are there again, and counts what becomes of them. */
  async function throughCuts(
    context: TestContext,
    kinds: readonly ({ readonly found: Found } & Omit<SlideOptions, 'destinations'>)[],
    { messages, cuts }: { messages: number; cuts: number },
  ): Promise<Tally[]> {
    const [topic] = topics();
    const each = await Promise.all(
      kinds.map(({ found, ...kind }) => open(found, context, { ...kind, destinations: [topic] })),
    );
    const streams = kinds.filter(({ client }) => client !== "Orbited's scripts").length;
    let cut = 0;
    for (let n = 0; n < messages; n += BATCH) {
      sender.send(topic, ...Array.from({ length: BATCH }, (_, index) => ({ n: n + index })));
      await pause(50);
      if (n < (messages / cuts) * cut) continue;
      await eventually(() => expect(front.link.count('/xhrstream').open).toBeGreaterThanOrEqual(streams));
      front.link.cut((cut += 1) % 2 ? 'reset' : 'fin');
    }
    expect(cut).toBe(cuts);
    sender.send(topic, { n: messages });
    return Promise.all(
      each.map(async (page) => {
        await eventually(async () => expect(await page.run(lastNumber)).toBe(messages), 30_000);
        const { said, frames } = await seenBy(page);
        const connections = said.filter((text) => text === 'Subscribed.').length;
        return {
          ...tally(
            frames.map(([, body]) => (body as { n: number }).n),
            messages,
          ),
          connections,
        };
      }),
    );
  }
});

/** `expect.poll` is for one test at a time. */
function eventually(check: () => void | Promise<void>, timeout = 15_000): Promise<void> {
  return vi.waitFor(check, { timeout });
}

/** Resolves when it has subscribed, and the broker has heard of it. */
async function open(found: Found, context: TestContext, options: SlideOptions): Promise<Page> {
  skipIfMissing(found, context);
  const page = await ((await browsers.get(found.name)) as Browser).newPage();
  // All its connections end with it.
  context.onTestFinished(() => page.close());
  const probe = `${PROBES}${(games += 1)}`;
  const destinations = [...options.destinations, probe];
  await page.goto(front.page(orbited.stompPort, { ...options, destinations }));
  await eventually(async () => {
    sender.send(probe, 'Is somebody there?');
    expect(await page.run('frames.length')).toBeGreaterThan(0);
  });
  return page;
}

describe('Orbited, restarted with its broker', () => {
  it('ends the connection of every page, and a page that connects again goes on', async (context) => {
    const [topic] = topics();
    const pages = await Promise.all(
      findBrowsers().map((found) =>
        open(found, context, { client: 'the drop-in', destinations: [topic], again: 200 }),
      ),
    );
    await orbited.stop();
    await orbited.start();
    sender = await connectSender(orbited.stompPort);
    for (const [index, page] of pages.entries()) {
      await eventually(async () => {
        sender.send(topic, { n: index });
        expect((await seenBy(page)).frames.length).toBeGreaterThan(0);
      }, 30_000);
      const { said } = await seenBy(page);
      expect(said.filter((text) => !text.startsWith('Error'))).toEqual([
        ...['Connected.', 'Subscribed.'],
        expect.stringMatching(/^Lost Connection, Code: \d{3}$/) as string,
        ...['Connected.', 'Subscribed.'],
      ]);
    }
  });
});

interface Tally {
  readonly got: number;
  readonly lost: number;
  readonly doubled: number;
  /** How often one came behind a later one. */
  readonly disordered: number;
  readonly connections: number;
}

/** @param numbers - with the last one, which only marks the end */
function tally(numbers: readonly number[], messages: number): Omit<Tally, 'connections'> {
  const counted = numbers.filter((n) => n < messages);
  const got = new Set(counted).size;
  const disordered = counted.filter((n, index) => n < (counted[index - 1] ?? 0)).length;
  return { got, lost: messages - got, doubled: counted.length - got, disordered };
}

async function seenBy(page: Page): Promise<Seen> {
  const { frames, ...rest } = await page.run<Seen>('({ said, frames, errors })');
  return { ...rest, frames: frames.filter(([destination]) => !destination.startsWith(PROBES)) };
}

function lastNumber(): unknown {
  const { frames } = globalThis as unknown as Seen;
  return (frames.at(-1)?.[1] as { n?: number } | undefined)?.n;
}

function sendNumber(topic: string, n: number): void {
  const { stomp } = globalThis as unknown as { stomp: { send(body: string, destination: string): void } };
  stomp.send(JSON.stringify({ n }), topic);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Of a game that no other test has. */
function topics(): [status: string, players: string] {
  games += 1;
  return [`/games/${games}/status`, `/games/${games}/players`];
}
