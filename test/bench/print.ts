// Prints what the decoder bench measured: speeds, ratios, geometric means.

import type { Contender, LongLine, Row } from './decoder.ts';

const CONTENDERS: readonly Contender[] = ['encke', 'eventsource-parser', 'fetch-event-source', 'limit'];

export function printDecoders(place: string, rows: Row[], longLines: LongLine[]): void {
  console.log(`\nEvent-stream decoders in ${place}`);
  for (const chunkSize of new Set(rows.map((row) => row.chunkSize))) {
    printChunkSize(
      chunkSize,
      rows.filter((row) => row.chunkSize === chunkSize),
    );
  }
  printLongLines(longLines);
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

function printTable(rows: readonly string[][]): void {
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
