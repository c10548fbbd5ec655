// The whole chaos matrix: `npm run test:chaos`, all ordered pairs of techniques in all browsers found.
//
// `ENCKE_SEED=5 npm run test:chaos webkit poll,iframe` plays one of it again; browsers and pairs may be several.

import { everyPair, expected, openArena, trialSeed, type Trial, type TrialFacts } from './chaos.ts';
import { findBrowsers, launch, type Browser, type Found } from './drivers.ts';
import { seedOfRun } from '../tools/random.ts';

const EVENTS = 10_000;
const KILLS = 50;
/**
 * Messages in one answer to a poll, drawn by the seed: some, so that polls are cut and answered whole by turns, though their
 * waits of a second do not add up; or all that are left, so that each answer bears the same tag.
 */
const BATCHES = [500, EVENTS];

const seed = seedOfRun(process.env['ENCKE_SEED']);
const wanted = process.argv.slice(2);
const browsers = findBrowsers().filter(({ name }) => isWanted(name));
const pairs = everyPair().filter((pair) => isWanted(pair.join()));
let failures = 0;

const figure = (number: number): string => number.toLocaleString('en');

console.log(
  `Seed ${seed}: ${pairs.length} ordered pairs, ${figure(EVENTS)} events and ${KILLS} kills in each.`,
);
for (const found of browsers) await runIn(found);
if (browsers.length === 0 || pairs.length === 0) throw new Error(`Nothing is called ${wanted.join(' or ')}.`);
console.log(failures === 0 ? 'Nothing lost, nothing doubled, nothing out of order.' : `${failures} failed.`);
process.exitCode = failures === 0 ? 0 : 1;

/** Without any word of its kind, all are wanted. */
function isWanted(word: string): boolean {
  const ofKind = wanted.filter((each) => each.includes(',') === word.includes(','));
  return ofKind.length === 0 || ofKind.includes(word);
}

async function runIn(found: Found): Promise<void> {
  if ('missing' in found) return console.log(found.missing);
  const arena = await openArena();
  const browser = await launch(found);
  try {
    const page = await browser.newPage();
    const all: TrialFacts[] = [];
    for (const schedule of pairs) {
      const own = trialSeed(seed, browser, schedule);
      const batch = BATCHES[own % BATCHES.length] ?? EVENTS;
      const trial: Trial = { schedule, events: EVENTS, kills: KILLS, batch };
      const facts = await arena.run(page, trial, own);
      all.push(facts);
      console.log(`${browser.name}  ${schedule.join(' > ').padEnd(30)} ${summary([facts])}`);
      if (!isFlawless(facts, trial)) blame(browser, trial, facts);
    }
    console.log(`${browser.name} ${browser.version}, all: ${summary(all)}`);
  } finally {
    await browser.close();
    await arena.close();
  }
}

function summary(all: readonly TrialFacts[]): string {
  const sum = (pick: (facts: TrialFacts) => number): string =>
    figure(all.reduce((total, facts) => total + pick(facts), 0));
  const seconds = Number(sum(({ milliseconds }) => milliseconds).replaceAll(',', '')) / 1000;
  return [
    `${sum(({ delivered }) => delivered)} events`,
    `${sum(({ kills }) => kills)} kills`,
    `${sum(({ connections }) => connections.length)} connections`,
    `${sum(({ lost }) => lost)} lost`,
    `${sum(({ doubled }) => doubled)} doubled`,
    `${sum(({ outOfOrder }) => outOfOrder)} out of order`,
    `${seconds.toFixed(1)} s`,
  ].join(', ');
}

function isFlawless(facts: TrialFacts, trial: Trial): boolean {
  return Object.entries(expected(trial)).every(
    ([name, value]) => JSON.stringify(facts[name as keyof TrialFacts]) === JSON.stringify(value),
  );
}

function blame({ name }: Browser, { schedule }: Trial, facts: TrialFacts): void {
  failures++;
  console.log(facts);
  console.log(`Again: ENCKE_SEED=${seed} npm run test:chaos ${name} ${schedule.join()}`);
}
