// Prints what the decoder and the end-to-end bench measured: speeds, ratios, geometric means.

import type { Contender, LongLine, Row } from './decoder.ts';
import type { Burst } from './end-to-end-page.ts';
import { BURST, TICKS } from './end-to-end.ts';

export const CONTENDERS: readonly Contender[] = [
  'encke',
  'eventsource-parser',
  'fetch-event-source',
  'limit',
];

export function printDecoders(place: string, rows: Row[], coldRows: Row[], longLines: LongLine[]): void {
  console.log(`\nEvent-stream decoders in ${place}, the best of many runs`);
  for (const chunkSize of new Set(rows.map((row) => row.chunkSize))) {
    printChunkSize(
      chunkSize,
      rows.filter((row) => row.chunkSize === chunkSize),
    );
  }
  printLongLines(longLines);
  console.log(`\nCold: one run of half a megabyte in a fresh page or process, the median of many`);
  printChunkSize(coldRows[0]?.chunkSize ?? NaN, coldRows);
}

/** Speeds by the median of the rounds; the first client is what the others are compared with. */
export function printEndToEnd(
  place: string,
  bursts: ReadonlyMap<string, readonly Burst[]>,
  latencies: ReadonlyMap<string, readonly number[]>,
): void {
  console.log(`\nFrom the socket to the handler in ${place}`);
  const medians = [...bursts].map(([name, rounds]) => ({
    name,
    perSecond:
      (1000 * BURST.events) /
      percentile(
        rounds.map(({ milliseconds }) => milliseconds),
        50,
      ),
    longTasks: percentile(
      rounds.map(({ longTasks }) => longTasks),
      50,
    ),
  }));
  const head = [`${BURST.events} events of ${BURST.bytes} B`, 'events/s', 'x native', 'tasks over 50 ms'];
  const body = medians.map(({ name, perSecond, longTasks }) => [
    name,
    Math.round(perSecond).toLocaleString('en'),
    (perSecond / (medians[0]?.perSecond ?? 1)).toFixed(1),
    String(longTasks),
  ]);
  printTable([head, ...body]);
  const slow = [`one event per ${TICKS.interval} ms, latency in ms`, 'p50', 'p99'];
  const rows = [...latencies].map(([name, values]) => [
    name,
    percentile(values, 50).toFixed(2),
    percentile(values, 99).toFixed(2),
  ]);
  printTable([slow, ...rows]);
}

/** What one burst costs a fresh page. */
export interface Cold extends Burst {
  /** Milliseconds for which the main thread is busy, and those of them in scripts (Chromium counts no promise jobs there). */
  readonly tasks: number;
  readonly script: number;
}

/** Medians of fresh pages beside the best of warm ones, and how many times as long as native, and as the bare loop. */
export function printCold(
  cold: ReadonlyMap<string, readonly Cold[]>,
  warm: ReadonlyMap<string, readonly Burst[]>,
): void {
  const medians = [...cold].map(([name, all]) => {
    const median = (what: keyof Cold): number =>
      percentile(
        all.map((each) => each[what]),
        50,
      );
    const best = Math.min(...(warm.get(name) ?? []).map(({ milliseconds }) => milliseconds));
    return { name, best, took: median('milliseconds'), tasks: median('tasks'), median };
  });
  const busy = (start: string): number => medians.find(({ name }) => name.startsWith(start))?.tasks ?? NaN;
  const head = [
    `${BURST.events} events in a fresh page, medians in ms`,
    'main thread busy',
    'x native',
    'x bare fetch',
    'in scripts',
    'longest task',
    'until the last event',
    'best of warm',
  ];
  const body = medians.map(({ name, tasks, took, best, median }) => [
    name,
    tasks.toFixed(0),
    (tasks / busy('native')).toFixed(2),
    (tasks / busy('bare')).toFixed(2),
    median('script').toFixed(0),
    median('longestTask').toFixed(0),
    took.toFixed(0),
    best.toFixed(0),
  ]);
  printTable([head, ...body]);
}

export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((percent / 100) * sorted.length))] ?? NaN;
}

function printChunkSize(chunkSize: number, rows: Row[]): void {
  const head = [`${chunkSize} B chunks, MB/s`, ...CONTENDERS, 'x eventsource-parser', 'x fetch-event-source'];
  const body = rows.map((row) => [
    row.text,
    ...CONTENDERS.map((name) => (row.bytes / row.best[name] / 1000).toFixed(1)),
    times(row, 'eventsource-parser').toFixed(2),
    times(row, 'fetch-event-source').toFixed(2),
  ]);
  const ofLimit = (name: Contender) =>
    `${(100 * geometricMean(rows.map((row) => row.best.limit / row.best[name]))).toFixed(0)} %`;
  const means = ['geometric mean (share of limit)', ...CONTENDERS.map(ofLimit)];
  for (const peer of ['eventsource-parser', 'fetch-event-source'] as const) {
    means.push(geometricMean(rows.map((row) => times(row, peer))).toFixed(2));
  }
  printTable([head, ...body, means]);
}

function printLongLines(lines: readonly LongLine[]): void {
  const costs = lines.map(({ characters, milliseconds }) => {
    const perCharacter = ((1_000_000 * milliseconds) / characters).toFixed(1);
    return `${characters / 1_000_000} MB ${milliseconds.toFixed(1)} ms (${perCharacter} ns each)`;
  });
  console.log(`One line in 7-character chunks: ${costs.join(', ')}.`);
}

/** How many times faster ours is than the peer. */
function times(row: Row, peer: Contender): number {
  return row.best[peer] / row.best.encke;
}

function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

export function printTable(rows: readonly string[][]): void {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) {
    console.log(
      row
        .map((cell, column) => (column ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[0] ?? 0)))
        .join('  '),
    );
  }
  console.log('');
}
