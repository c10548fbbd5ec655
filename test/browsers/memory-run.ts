// A gigabyte through each carrier in each browser found: `npm run test:memory`, or some of it: `npm run test:memory webkit iframe`.
//
// Firefox and WebKitGTK tell nobody how much lies on a heap, and do not clear it when asked. There the memory of all
// their processes must grow by less than what has come. Garbage counts, of which Firefox lets frames leave 0.8 GB.

import { findBrowsers, launch, type Found } from './drivers.ts';
import { openCourse, type Course, type Measured } from './memory.ts';
import { TECHNIQUES } from './techniques.ts';

const MEGABYTES = Number(process.env['ENCKE_MEGABYTES'] ?? 1_024);

/** Megabytes a second. */
const SPEED = Number(process.env['ENCKE_SPEED'] ?? 16);

/** Bytes that may be left on a heap, and those that all processes may hold more than before. */
const HEAP = 5e6;
const RESIDENT = MEGABYTES * 0.9e6;

/** `poll` waits a second between two answers, and is carried as `long-poll` is. */
const CARRIERS = TECHNIQUES.map(({ name }) => name).filter((name) => name !== 'poll');

const wanted = process.argv.slice(2);
const browsers = findBrowsers().filter(({ name }) => isWanted(name, findBrowsers()));
const carriers = CARRIERS.filter((name) => isWanted(name, TECHNIQUES));
const unknown = wanted.filter(
  (word) => ![...findBrowsers().map(({ name }) => name), ...CARRIERS].includes(word),
);
if (unknown.length > 0) throw new Error(`Nothing is called ${unknown.join(' or ')}.`);

let failures = 0;
const course = await openCourse();
try {
  console.log(
    `${MEGABYTES} MB through each carrier, ${SPEED} MB/s; what is left of it while the connection is open:`,
  );
  for (const found of browsers) {
    for (const carrier of carriers) await runIn(found, carrier, course);
  }
} finally {
  await course.close();
}
console.log(failures === 0 ? 'Nothing lost, nothing kept.' : `${failures} failed.`);
process.exitCode = failures === 0 ? 0 : 1;

/** Without any word of its kind, all are wanted. */
function isWanted(name: string, kind: readonly { readonly name: string }[]): boolean {
  const ofKind = wanted.filter((word) => kind.some((each) => each.name === word));
  return ofKind.length === 0 || ofKind.includes(name);
}

/** In a browser of its own, so that nothing is left of the carrier before. */
async function runIn(found: Found, carrier: string, on: Course): Promise<void> {
  if ('missing' in found) return console.log(found.missing);
  const browser = await launch(found);
  try {
    const measured = await on.measure(browser, carrier, { megabytes: MEGABYTES, speed: SPEED });
    const isGood = isFlawless(measured);
    failures += isGood ? 0 : 1;
    console.log(`${isGood ? '✓' : '✗'} ${browser.name.padEnd(9)} ${carrier.padEnd(13)} ${summary(measured)}`);
  } finally {
    await browser.close();
  }
}

function isFlawless({ count, delivered, misplaced, ended, heap = 0, resident }: Measured): boolean {
  const isWhole = delivered === count && misplaced === 0 && ended === '';
  return isWhole && heap < HEAP && resident < RESIDENT;
}

function summary(measured: Measured): string {
  const { count, delivered, misplaced, examples, ended, heap, resident, cursors, milliseconds } = measured;
  const isRising = cursors.every((cursor, index) => index === 0 || cursor > (cursors[index - 1] ?? 0));
  return [
    `heap ${heap === undefined ? 'not told' : megabytes(heap)}`,
    `all processes ${megabytes(resident)}`,
    `${cursors.length} requests${isRising ? '' : ', CURSORS FALL'}`,
    `${count - delivered} missing`,
    `${misplaced} misplaced`,
    `${(milliseconds / 1000).toFixed(0)} s`,
    ...examples,
    ...(ended === '' ? [] : [ended]),
  ].join(', ');
}

function megabytes(bytes: number): string {
  return `${bytes < 0 ? '' : '+'}${(bytes / 1e6).toFixed(1)} MB`;
}
