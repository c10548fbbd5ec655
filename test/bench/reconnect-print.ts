// Prints what the reconnect bench measured, and the goals beside it.

import { percentile, printTable } from './print.ts';
import type { CutFacts } from './reconnect-page.ts';
import {
  CUT_LIST,
  CUTS,
  HELD_LIMIT,
  PLAIN_CUTS,
  type CutName,
  type Held,
  type ReconnectClientName,
  type ReconnectRuns,
} from './reconnect.ts';

const NATIVE = 'native EventSource';

/** Milliseconds within which a healthy stream is asked for again, and a held one has brought its first event. */
const FIRST_RETRY = 1_000;
const FIRST_HELD = 10_000;

/** How many times native's median gap still counts as no worse: one or two milliseconds of it are what fetch itself costs. */
const AS_NATIVE = 1.1;

export function printReconnecting(place: string, runs: ReconnectRuns): void {
  const { events, every, retry } = CUT_LIST;
  console.log(`\nReconnecting in ${place}`);
  console.log(`${grouped(events)} events, cut after every ${every}, retry: ${retry}.\n`);
  for (const cut of Object.keys(CUTS) as CutName[]) printCut(cut, runs);
  printPlain(runs);
  printHeld(runs);
  printGoals(runs);
}

function printCut(cut: CutName, runs: ReconnectRuns): void {
  const head = ['gap p50, ms', 'p95', 'x native', 'lost', 'doubled', 'wrong', 'lists'];
  const body = [...runs.cut].map(([client, ofCuts]) => {
    const lists = ofCuts.get(cut) ?? [];
    const median = gap(runs, client, cut, 50);
    return [
      client,
      median.toFixed(1),
      gap(runs, client, cut, 95).toFixed(1),
      (median / gap(runs, NATIVE, cut, 50)).toFixed(2),
      ...[lost, doubled, wrong].map((count) => String(sum(lists, count))),
      String(lists.length),
    ];
  });
  printTable([[cut, ...head], ...body]);
}

function printPlain({ plain }: ReconnectRuns): void {
  const native = percentile(plain.get(NATIVE)?.gaps ?? [], 50);
  const body = [...plain].map(([client, { gaps }]) => [
    client,
    ...[0, 50, 100].map((percent) => percentile(gaps, percent).toFixed(0)),
    (percentile(gaps, 50) / native).toFixed(2),
  ]);
  const head = [`no retry, ${PLAIN_CUTS} cuts`, 'shortest gap, ms', 'p50', 'longest', 'x native'];
  printTable([head, ...body]);
}

function printHeld({ held }: ReconnectRuns): void {
  const seconds = (value: number | null): string =>
    value === null ? `none in ${HELD_LIMIT / 1000} s` : `${(value / 1000).toFixed(2)} s`;
  const body = [...held].map(([client, { body, head }]) => [client, seconds(body), seconds(head)]);
  printTable([['first event where a proxy holds', 'the body', 'head and body'], ...body]);
}

function printGoals(runs: ReconnectRuns): void {
  const names = Object.keys(CUTS) as CutName[];
  const lists = names.flatMap((cut) => runs.cut.get('encke')?.get(cut) ?? []);
  const longest = Math.max(...(runs.plain.get('encke')?.gaps ?? []), 0) || Infinity;
  const rows = [
    ...([lost, doubled, wrong] as const).map((count) =>
      atMost(`encke: events ${count.name}, in all four`, sum(lists, count), 0),
    ),
    ...names.map((cut) =>
      atMost(
        `encke: median gap, ${cut}, ms`,
        gap(runs, 'encke', cut, 50),
        gap(runs, NATIVE, cut, 50) * AS_NATIVE,
      ),
    ),
    atMost('encke: longest first retry, ms', longest, FIRST_RETRY),
    ...(['body', 'head'] as const).map((what) =>
      atMost(`encke: first event, ${what} held, ms`, heldFor(runs, what), FIRST_HELD),
    ),
  ];
  printTable([['goal', 'wanted', 'measured', ''], ...rows]);
}

function atMost(name: string, value: number, limit: number): string[] {
  return [name, `<= ${limit.toFixed(1)}`, value.toFixed(1), value <= limit ? 'reached' : 'MISSED'];
}

function gap(runs: ReconnectRuns, client: ReconnectClientName, cut: CutName, percent: number): number {
  const gaps = runs.cut
    .get(client)
    ?.get(cut)
    ?.flatMap((list) => list.gaps);
  return percentile(gaps ?? [], percent);
}

function heldFor({ held }: ReconnectRuns, what: Held): number {
  return held.get('encke')?.[what] ?? Infinity;
}

function sum(lists: readonly CutFacts[], count: (facts: CutFacts) => number): number {
  return lists.reduce((total, facts) => total + count(facts), 0);
}

function lost(facts: CutFacts): number {
  return facts.lost;
}

function doubled(facts: CutFacts): number {
  return facts.doubled;
}

function wrong(facts: CutFacts): number {
  return facts.wrong;
}

function grouped(value: number): string {
  return value.toLocaleString('en');
}
