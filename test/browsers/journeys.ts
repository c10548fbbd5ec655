// What every technique must do in every browser: a sentence, a page function, and what it must answer.

import { expect } from 'vitest';
import type { Engine, Page } from './drivers.ts';
import type { BadInputFacts } from './page/bad-input.ts';
import type { ClosingFacts } from './page/closing.ts';
import type { FallingBackFacts } from './page/falling-back.ts';
import type { GoingOnFacts } from './page/going-on.ts';
import type { NumberedFacts, NumberedPlan } from './page/numbered.ts';
import type { PostingFacts } from './page/posting.ts';
import type { Technique } from './techniques.ts';

export interface Journey {
  readonly sentence: string;
  /** Absent: every technique. */
  readonly applies?: (technique: Technique) => boolean;
  /** Why this cannot work there; the journey is skipped with this reason. */
  readonly cannot?: (technique: Technique, engine: Engine) => string | undefined;
  readonly run: (page: Page, technique: Technique) => Promise<void>;
}

export const JOURNEYS: readonly Journey[] = [
  { sentence: 'delivers 1,000 events exactly once, in order, cut inside characters', run: deliversNumbered },
  {
    sentence: 'loses nothing and doubles nothing over six broken connections',
    run: resumes,
  },
  { sentence: 'goes on after the cursor where the server ended its answer', run: goesOn },
  { sentence: 'keeps two subscriptions side by side apart', run: keepsApart },
  { sentence: 'leaves nothing behind when closed', run: closes },
  { sentence: 'delivers nothing more of the same chunk when closed in a handler', run: closesInHandler },
  { sentence: 'takes over from a transport that cannot work here', run: takesOver },
  { sentence: 'posts a form and hears the answer', applies: ({ posts }) => posts, run: posts },
  { sentence: 'says what a 404 means', run: meetsNotFound },
  { sentence: 'says that a page is no stream', run: meetsPage },
  { sentence: 'survives a message over the limit', run: survivesTooLong },
  { sentence: 'survives bytes that are not UTF-8', run: survivesNotUtf8 },
  { sentence: 'survives a message that is not JSON', run: survivesNotJson },
];

const ALL = { delivered: 1_000, misplaced: [], wrong: [], reason: 'done' };

async function deliversNumbered(page: Page, technique: Technique): Promise<void> {
  const query = { cut: '37', ...fewPolls(technique) };
  const facts = await numbered(page, { technique, count: 1_000, kind: 'mixed', query });
  expect(facts).toMatchObject({ ...ALL, errors: [] });
}

/** Cuts in an opening, in the middle of messages, one byte into a response, and far into the big message. */
const BREAKS = 'drop:2500,drop:9001,drop:1,drop:333,drop:260000,drop:20000,ok';

async function resumes(page: Page, technique: Technique): Promise<void> {
  const query = { faults: BREAKS, ...fewPolls(technique) };
  const facts = await numbered(page, { technique, count: 1_000, kind: 'mixed', query });
  expect(facts).toMatchObject(ALL);
  expect(facts.connections).toBeGreaterThanOrEqual(7);
}

async function goesOn(page: Page, technique: Technique): Promise<void> {
  const facts = await page.run<GoingOnFacts>('journeys.goingOn', technique);
  expect(facts).toEqual({
    delivered: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
    cursors: ['none', '3', '6'],
    errors: [],
  });
}

async function keepsApart(page: Page, technique: Technique): Promise<void> {
  const facts = await page.run<NumberedFacts[]>('journeys.sideBySide', technique);
  expect(facts).toMatchObject([
    { ...ALL, delivered: 100, errors: [] },
    { ...ALL, delivered: 80, errors: [] },
  ]);
}

async function closes(page: Page, technique: Technique): Promise<void> {
  const facts = await page.run<ClosingFacts>('journeys.closing', technique);
  expect(facts).toEqual({
    reason: 'user',
    callsAfter: 0,
    requestsAfter: 0,
    nodesLeft: [],
    historyEntriesAdded: 0,
    closedByClient: true,
  } satisfies ClosingFacts);
}

async function closesInHandler(page: Page, technique: Technique): Promise<void> {
  expect(await page.run('journeys.closingInHandler', technique)).toBe(5);
}

async function takesOver(page: Page, technique: Technique): Promise<void> {
  const facts = await page.run<FallingBackFacts>('journeys.fallingBack', technique);
  const above = technique.rhythm === 'stream' ? 'forbidden' : 'fetch-stream';
  expect(facts).toEqual({
    changes: [`${above} > ${technique.name}`],
    delivered: Array.from({ length: 30 }, (_, index) => String(index + 1)),
    reason: 'done',
  } satisfies FallingBackFacts);
}

async function posts(page: Page, technique: Technique): Promise<void> {
  const { sent, ...facts } = await page.run<PostingFacts>('journeys.posting', technique);
  expect(facts).toEqual({ method: 'POST', echo: sent, ...(technique.sendsHeaders && { header: 'encke' }) });
}

async function meetsNotFound(page: Page, technique: Technique): Promise<void> {
  const { framesTellStatus, ...facts } = await page.run<BadInputFacts>(
    'journeys.badAnswer',
    technique,
    'not found',
  );
  const seesStatus = technique.seesHead || (technique.name === 'iframe' && framesTellStatus);
  const expected = seesStatus ? fatal('status', 404) : unseen(technique);
  expect(facts).toMatchObject({ ...expected, delivered: [] });
}

async function meetsPage(page: Page, technique: Technique): Promise<void> {
  const facts = await page.run<BadInputFacts>('journeys.badAnswer', technique, 'a page');
  // A page is what htmlfile asks for; one without a message is a stream that brought nothing.
  const isWrongType = technique.seesHead && technique.wire !== 'script-tags';
  expect(facts).toMatchObject({
    ...(isWrongType ? fatal('content-type') : unseen(technique)),
    delivered: [],
  });
}

/** What is known of an answer whose head is not seen. A browser closes its EventSource for good: that much it says. */
function unseen({ name }: Technique): object {
  return name === 'event-source' ? fatal('status') : OUT_OF_ATTEMPTS;
}

/** Otherwise it is a connection that brought nothing. */
const OUT_OF_ATTEMPTS = { errors: [{ code: 'retries' }], closed: { reason: 'retries', code: 'retries' } };

function fatal(code: string, status?: number): object {
  return { errors: [{ code, ...(status !== undefined && { status }) }], closed: { reason: 'fatal', code } };
}

async function survivesTooLong(page: Page, technique: Technique): Promise<void> {
  const facts = await page.run<BadInputFacts>('journeys.badMessage', technique, 'too long');
  // Where the browser decodes, the message is in memory already, and nothing is gained by keeping it back.
  const expected = technique.decodes
    ? { errors: [{ code: 'too-large' }], delivered: ['good'] }
    : { errors: [], delivered: [expect.stringMatching(/^x+$/), 'good'] };
  expect(facts).toMatchObject(expected);
}

async function survivesNotUtf8(page: Page, technique: Technique): Promise<void> {
  const facts = await page.run<BadInputFacts>('journeys.badMessage', technique, 'not UTF-8');
  const errors = technique.seesBytes ? [{ code: 'encoding' }] : [];
  expect(facts).toMatchObject({ errors, delivered: ['bad \ufffd byte', 'good'] });
}

async function survivesNotJson(page: Page, technique: Technique): Promise<void> {
  const facts = await page.run<BadInputFacts>('journeys.badMessage', technique, 'not JSON');
  // A frame's script that is no JavaScript never runs, and nobody is told.
  const errors = technique.name === 'iframe' ? [] : [{ code: 'malformed' }];
  expect(facts).toMatchObject({ errors, delivered: ['good'] });
}

/** Between two polls lies a second; a poll of this many messages needs only a few. */
function fewPolls({ rhythm }: Technique): Record<string, string> {
  return rhythm === 'interval' ? { batch: '350' } : {};
}

function numbered(page: Page, plan: NumberedPlan): Promise<NumberedFacts> {
  return page.run<NumberedFacts>('journeys.numbered', plan);
}
