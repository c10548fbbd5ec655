// Pages as the slides have them, in real browsers, over the last Orbited that there was: with its own scripts, and with
// encke in their place.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findBrowsers, launch, type Browser, type Found, type Page } from '../browsers/drivers.ts';
import { skipIfMissing } from '../browsers/missing.ts';
import { pythonOrSkip } from './missing.ts';
import { startFront, TRANSPORTS, type Client, type Front, type SlideOptions } from './orbited-front.ts';
import { orbitedCommand, startOrbited, type Orbited } from './orbited.ts';
import { findPython } from './python.ts';
import { connectSender, type Sender } from './stomp-sender.ts';

const python = findPython('Python 2.7');

/** Where it is tried whether a page is subscribed. */
const PROBES = '/probes/';

let orbited: Orbited;
let front: Front;
let sender: Sender;
let games = 0;

beforeAll(async () => {
  if ('missing' in python) return;
  orbited = await startOrbited(await orbitedCommand(python), []);
  front = await startFront(orbited.origin);
  sender = await connectSender(orbited.stompPort);
});
afterAll(async () => {
  await (sender as Sender | undefined)?.close();
  await (front as Front | undefined)?.close();
  await (orbited as Orbited | undefined)?.stop();
});

for (const found of findBrowsers()) describe(found.name, () => pagesIn(found));

/** What the page of the slides has seen. */
interface Seen {
  readonly said: readonly string[];
  readonly frames: readonly (readonly [destination: string, body: unknown])[];
  readonly errors: readonly string[];
}

function pagesIn(found: Found): void {
  const isChromium = found.name === 'chromium';
  let browser: Browser | undefined;
  const pages: Page[] = [];

  beforeAll(async () => {
    if (!('missing' in found) && !('missing' in python)) browser = await launch(found);
  });
  afterAll(() => browser?.close());

  beforeEach(async (context) => {
    skipIfMissing(found, context);
    pythonOrSkip(python, context);
    for (const page of pages.splice(0)) await page.close();
  });

  const clients: readonly Client[] = isChromium ? ["Orbited's scripts", 'the modules'] : ['the modules'];
  it.each(clients)('%s: messages are dispatched by destination', async (client) => {
    const [status, players] = topics();
    const page = await open({ client, destinations: [status, players] });
    sender.send(status, { state: 'running' });
    sender.send(players, { players: [{ name: 'Zoë "Z" €' }] });
    sender.send(status, { state: 'over' });
    await expect
      .poll(() => seenBy(page), { timeout: 10_000 })
      .toEqual({
        said: ['Connected.', 'Subscribed.'],
        frames: [
          [status, { state: 'running' }],
          [players, { players: [{ name: 'Zoë "Z" €' }] }],
          [status, { state: 'over' }],
        ],
        errors: [],
      });
  });

  it('every transport of Orbited carries them', async () => {
    const [status, players] = topics();
    const destinations = [status, players];
    const each = await Promise.all(
      TRANSPORTS.map((transport) => open({ client: 'the modules', transport, destinations })),
    );
    const sent = Array.from(
      { length: 50 },
      (_, n) => [destinations[n % 2] ?? '', { n, text: '🐙 é' }] as const,
    );
    for (const [destination, message] of sent) sender.send(destination, message);
    for (const page of each)
      await expect
        .poll(() => seenBy(page), { timeout: 10_000 })
        .toEqual({ said: ['Connected.', 'Subscribed.'], frames: sent, errors: [] });
  });

  it.skipIf(isChromium)('nothing is lost or doubled where the link is cut again and again', async () => {
    const seen = await throughCuts([{ client: 'the modules' }], { messages: 1_000, cuts: 5 });
    expect(seen).toEqual([{ got: 1_000, lost: 0, doubled: 0, disordered: 0, connections: 1 }]);
  });

  it.runIf(isChromium)(
    "nothing of 5,000 messages is lost or doubled by 20 cuts, of which Orbited's own client loses most",
    async () => {
      const clients = ['the modules', "Orbited's scripts"] as const;
      const [ours, theirs] = await throughCuts(
        clients.map((client) => ({ client, again: 100 })),
        { messages: 5_000, cuts: 20 },
      );
      console.log('5,000 messages, 20 cuts, and what became of them: encke', ours, 'Orbited.js', theirs);
      expect(ours).toEqual({ got: 5_000, lost: 0, doubled: 0, disordered: 0, connections: 1 });
      expect(theirs?.lost).toBeGreaterThan(0);
    },
  );

  /** Sends numbers to pages over a link that is cut at even intervals, and counts what has become of them. */
  async function throughCuts(
    kinds: readonly Omit<SlideOptions, 'destinations'>[],
    { messages, cuts }: { messages: number; cuts: number },
  ): Promise<Tally[]> {
    const [topic] = topics();
    const each = await Promise.all(kinds.map((kind) => open({ ...kind, destinations: [topic] })));
    const batch = 25;
    const between = messages / cuts;
    for (let n = 0; n < messages; n += batch) {
      sender.send(topic, ...Array.from({ length: batch }, (_, index) => ({ n: n + index })));
      await new Promise((resolve) => setTimeout(resolve, 40));
      if (n % between === 0) front.link.cut(n % (2 * between) ? 'reset' : 'fin');
    }
    sender.send(topic, { n: messages });
    return Promise.all(
      each.map(async (page) => {
        await expect.poll(() => page.run(lastNumber), { timeout: 30_000 }).toBe(messages);
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

  /** Resolves when it has subscribed, and the broker has heard of it. */
  async function open(options: SlideOptions): Promise<Page> {
    const page = await (browser as Browser).newPage();
    pages.push(page);
    const probe = `${PROBES}${(games += 1)}`;
    const destinations = [...options.destinations, probe];
    await page.goto(front.page(orbited.stompPort, { ...options, destinations }));
    const reached = async (): Promise<unknown> => {
      sender.send(probe, 'Is somebody there?');
      return page.run('frames.length');
    };
    await expect.poll(reached, { timeout: 10_000 }).toBeGreaterThan(0);
    return page;
  }
}

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

/** Of a game that no other test has. */
function topics(): [status: string, players: string] {
  games += 1;
  return [`/games/${games}/status`, `/games/${games}/players`];
}
