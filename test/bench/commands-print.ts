// Prints what the command bench measured, and the goals beside it.

import {
  FLOOD,
  ONE_BATCH,
  ROOMY,
  SMALL_BATCHES,
  STREAM,
  type CommandClientName,
  type CommandRuns,
  type FlowOutcome,
  type PassesOutcome,
  type Runs,
} from './commands.ts';
import { percentile, printTable } from './print.ts';

/** What a user does not notice yet, in milliseconds. */
const LONG_TASK = 50;
const LONG_DELAY = 100;

export function printCommands(place: string, runs: CommandRuns): void {
  console.log(`\nCommands in ${place}; all clients left the same page behind.`);
  console.log('Speeds and tasks are in CPU time of the main thread, which other programs cannot lengthen.\n');
  printPasses(
    `${grouped(SMALL_BATCHES.count)} of the mixture, ${SMALL_BATCHES.size} at once`,
    SMALL_BATCHES.count,
    runs.smallBatches,
  );
  printPasses(`${grouped(ONE_BATCH.count)} figures at once`, ONE_BATCH.count, runs.oneBatch);
  printFloods(runs.floods);
  printStreams(runs.streams);
  printGoals(runs);
}

function printPasses(title: string, count: number, runs: Runs<PassesOutcome>): void {
  const head = ['commands/s', 'slowest to fastest page', 'x plain loop', 'x Sijax + jQuery'];
  const body = [...runs].map(([name, pages]) => {
    const speeds = pages.map(({ passes }) => (1000 * count) / percentile(passes, 50));
    return [
      name,
      grouped((1000 * count) / medianPass(runs, name)),
      `${grouped(Math.min(...speeds))} to ${grouped(Math.max(...speeds))}`,
      ratio(runs, name, 'plain loop').toFixed(2),
      ratio(runs, name, 'Sijax + jQuery').toFixed(2),
    ];
  });
  printTable([[title, ...head], ...body]);
}

function printFloods(runs: Runs<FlowOutcome>): void {
  const head = ['longest task, ms', 'in the worst page', 'all applied after, ms', 'fastest to slowest page'];
  const body = [...runs].map(([name, pages]) => {
    const longest = pages.map(longestTask);
    const durations = pages.map(({ duration }) => duration);
    return [
      name,
      percentile(longest, 50).toFixed(1),
      Math.max(...longest).toFixed(1),
      percentile(durations, 50).toFixed(0),
      `${Math.min(...durations).toFixed(0)} to ${Math.max(...durations).toFixed(0)}`,
    ];
  });
  printTable([[`${grouped(FLOOD.count)} of the mixture, handed in at once`, ...head], ...body]);
}

function printStreams(runs: Runs<FlowOutcome>): void {
  const head = [
    'input delay p50, ms',
    'p95',
    'worst',
    'clicks',
    'longest task, ms',
    `over ${LONG_TASK} ms`,
    'CPU',
  ];
  const body = [...runs].map(([name, pages]) => {
    const delays = pages.flatMap((page) => page.delays);
    const used = pages.map(
      ({ tasks, duration }) => (100 * tasks.reduce((sum, { cpu }) => sum + cpu, 0)) / duration,
    );
    return [
      name,
      ...[50, 95, 100].map((percent) => percentile(delays, percent).toFixed(1)),
      String(delays.length),
      Math.max(...pages.map(longestTask)).toFixed(1),
      String(longTasks(pages)),
      `${percentile(used, 50).toFixed(0)} %`,
    ];
  });
  const seconds = ((STREAM.count / STREAM.size) * STREAM.interval) / 1000;
  printTable([[`${grouped(STREAM.count / seconds)} of the mixture/s for ${seconds} s`, ...head], ...body]);
}

function printGoals({ smallBatches, oneBatch, floods, streams }: CommandRuns): void {
  const rows = [
    atLeast('encke: times the plain loop', ratio(smallBatches, 'encke', 'plain loop'), 1.2),
    atLeast('encke: times Sijax + jQuery', ratio(smallBatches, 'encke', 'Sijax + jQuery'), 2),
    atLeast(
      'encke, coalesce: times the plain loop, figures',
      ratio(oneBatch, 'encke, coalesce', 'plain loop'),
      3,
    ),
  ];
  for (const name of ['encke', 'encke, coalesce', ROOMY] as const) {
    const longest = Math.max(...(floods.get(name) ?? []).map(longestTask));
    rows.push(atMost(`${name}: longest task of all handed in at once, ms`, longest, LONG_TASK));
  }
  for (const name of ['encke', 'encke, coalesce'] as const) {
    const pages = streams.get(name) ?? [];
    const delays = pages.flatMap((page) => page.delays);
    rows.push(
      atMost(`${name}: tasks over ${LONG_TASK} ms in the stream`, longTasks(pages), 0),
      atMost(`${name}: p95 input delay in the stream, ms`, percentile(delays, 95), LONG_DELAY),
    );
  }
  printTable([['goal', 'wanted', 'measured', ''], ...rows]);
}

function atLeast(name: string, value: number, limit: number): string[] {
  return [name, `>= ${limit}`, value.toFixed(2), verdict(value >= limit)];
}

function atMost(name: string, value: number, limit: number): string[] {
  return [name, `<= ${limit}`, value.toFixed(1), verdict(value <= limit)];
}

function verdict(reached: boolean): string {
  return reached ? 'reached' : 'MISSED';
}

/** How many times faster than the peer. */
function ratio(runs: Runs<PassesOutcome>, name: CommandClientName, peer: CommandClientName): number {
  return medianPass(runs, peer) / medianPass(runs, name);
}

function medianPass(runs: Runs<PassesOutcome>, name: CommandClientName): number {
  const passes = runs.get(name)?.flatMap((page) => page.passes) ?? [];
  return percentile(passes, 50);
}

function longestTask({ tasks }: FlowOutcome): number {
  return Math.max(...tasks.map(({ cpu }) => cpu));
}

function longTasks(pages: readonly FlowOutcome[]): number {
  return pages.flatMap(({ tasks }) => tasks).filter(({ cpu }) => cpu > LONG_TASK).length;
}

function grouped(value: number): string {
  return Math.round(value).toLocaleString('en');
}
