// Chaos: a numbered list over a link that is cut again and again, and a subscription that never takes the same way twice.
//
// The seed of a trial is made of the run's seed, the browser and the schedule, so that one can be had again alone.

import { cuts, pass, startAdversary, type Adversary } from '../server/adversary.ts';
import { numberedData, type NumberedKind } from '../server/numbered-data.ts';
import { startServer, type ReferenceServer } from '../server/server.ts';
import { seedFor } from '../tools/random.ts';
import { servePage } from './bundle.ts';
import type { Browser, Page } from './drivers.ts';
import type { ChaosFacts, ChaosPlan } from './page/chaos.ts';
import { TECHNIQUES } from './techniques.ts';

export interface Trial {
  readonly schedule: readonly string[];
  readonly events: number;
  readonly kills: number;
  /** Messages in one answer to a poll. */
  readonly batch: number;
}

export interface TrialFacts extends ChaosFacts {
  readonly kills: number;
  /** Most connections at once. */
  readonly most: number;
  /** Those open afterwards. */
  readonly left: number;
  readonly uncaught: readonly string[];
}

export interface Arena {
  /** Each trial has a document of its own. */
  run(page: Page, trial: Trial, seed: number): Promise<TrialFacts>;
  close(): Promise<void>;
}

/** Everything a message can carry, but for its one big message, over which no stream comes that is cut so often. */
const KIND: NumberedKind = 'varied';

/** Bytes of a chunk: so few that the borders of chunks fall anywhere in messages. */
const SLICE = 97;

/** Milliseconds. */
const RETRY = 20;
const PATIENCE = 20_000;

/** Bytes of an event's frame on an event stream, the shortest of all formats: `id: `, `data: ` and the line ends. */
const EVENT_FRAME = 'id: \r\ndata: \r\n\r\n'.length;

export async function openArena(): Promise<Arena> {
  const server: ReferenceServer = await startServer();
  const adversary = await startAdversary({ target: server.url });
  const { pathname } = new URL(await servePage(server, 'chaos'));
  let trials = 0;

  return {
    run,
    async close() {
      await adversary.close();
      await server.close();
    },
  };

  async function run(page: Page, trial: Trial, seed: number): Promise<TrialFacts> {
    const { schedule, events, kills, batch } = trial;
    const name = `trial=${++trials}&`;
    const misbehaviour = cuts({ seed, kills, within: leastBytes(events), betweenChunks: 0.3 });
    adversary.choose(({ path }) => (path === '/numbered' ? misbehaviour : pass));
    await page.goto(adversary.url + pathname);
    const query = { trial: String(trials), batch: String(batch), retry: String(RETRY), cut: String(SLICE) };
    const plan: ChaosPlan = { query, count: events, kind: KIND, schedule, retry: RETRY, patience: PATIENCE };
    const facts = await page.run<ChaosFacts>('chaos.chaos', plan);
    const uncaught = await page.run<string[]>('chaos.uncaught');
    const left = await openAfterwards(adversary, name);
    return { ...facts, kills: misbehaviour.made.length, most: adversary.count(name).most, left, uncaught };
  }
}

/** Every technique after every other, and after itself: each of the 49 steps once, and back at the beginning. */
export function everyStep(): string[] {
  const names = TECHNIQUES.map(({ name }) => name);
  const steps = new Map(names.map((name) => [name, [...names]]));
  // Hierholzer's way round: go on while there is a step left, and turn back into the round where there is none.
  const trail = names.slice(0, 1);
  const round: string[] = [];
  while (trail.length > 0) {
    const next = steps.get(trail.at(-1) ?? '')?.pop();
    if (next !== undefined) trail.push(next);
    else round.unshift(trail.pop() ?? '');
  }
  return round.slice(1);
}

/** Every ordered pair, those of a technique with itself included. */
export function everyPair(): [string, string][] {
  const names = TECHNIQUES.map(({ name }) => name);
  return names.flatMap((first) => names.map((second): [string, string] => [first, second]));
}

export function trialSeed(seed: number, browser: Browser, schedule: readonly string[]): number {
  return seedFor(seed, [browser.name, ...schedule].join());
}

/** What must be: everything once, in order, and every cut made on the way. */
export function expected({ events, kills }: Trial): Partial<TrialFacts> {
  const flawless = { delivered: events, lost: 0, doubled: 0, outOfOrder: 0, wrong: 0, examples: [] };
  return { ...flawless, kills, left: 0, reason: 'done', uncaught: [] };
}

/** Bytes that the list takes at least, whatever carries it: cuts within them are all made before its end. */
function leastBytes(events: number): number {
  let bytes = 0;
  for (let n = 1; n <= events; n++) {
    bytes += EVENT_FRAME + String(n).length + Buffer.byteLength(numberedData(n, KIND, events));
  }
  return bytes;
}

/** Milliseconds within which a browser closes what was stopped (Chromium may read on for five seconds). */
const CLOSED_WITHIN = 6_000;

async function openAfterwards(adversary: Adversary, name: string): Promise<number> {
  const deadline = Date.now() + CLOSED_WITHIN;
  while (adversary.count(name).open > 0 && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return adversary.count(name).open;
}
