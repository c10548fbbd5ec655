// What became of deliberate breaks, as text: the score of each folder, then each break that no test noticed.

import { dirname } from 'node:path';

/** What is read of Stryker's report. */
export interface MutationReport {
  readonly files: Readonly<Record<string, BrokenFile>>;
}

export interface BrokenFile {
  readonly source: string;
  readonly mutants: readonly Mutant[];
}

export interface Mutant {
  readonly status: string;
  readonly replacement?: string;
  /** Lines and columns count from 1; the end is the place after the last character. */
  readonly location: { readonly start: Position; readonly end: Position };
}

interface Position {
  readonly line: number;
  readonly column: number;
}

const HEADINGS = ['folder', 'score', 'mutants', 'killed', 'timeout', 'survived', 'no coverage', 'ignored'];

/** A program's last screen should show the score: survivors come first. */
export function describeMutants({ files }: MutationReport): string {
  const named = Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
  const survivors = named.flatMap(([name, file]) => survivorsOf(name, file));
  const folders = [...new Set(named.map(([name]) => dirname(name)))];
  const rows = folders.map((folder) => {
    const inside = named.filter(([name]) => dirname(name) === folder);
    return rowOf(
      folder,
      inside.flatMap(([, file]) => file.mutants),
    );
  });
  return [...survivors, ...(survivors.length > 0 ? [''] : []), ...table([HEADINGS, ...rows])].join('\n');
}

function survivorsOf(name: string, { source, mutants }: BrokenFile): string[] {
  const lines = source.split('\n');
  return mutants
    .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
    .sort((a, b) => byPlace(a.location.start, b.location.start))
    .map(({ status, replacement = '', location }) => {
      const place = `${name}:${location.start.line}:${location.start.column}`;
      const note = status === 'NoCoverage' ? '  (no test comes here)' : '';
      return `${place}  ${inOneLine(textAt(lines, location))}  ->  ${inOneLine(replacement)}${note}`;
    });
}

function byPlace(a: Position, b: Position): number {
  return a.line - b.line || a.column - b.column;
}

function textAt(lines: readonly string[], { start, end }: Mutant['location']): string {
  const inside = lines.slice(start.line - 1, end.line);
  // From the end first: the start would move the columns of a single line.
  inside.push((inside.pop() ?? '').slice(0, end.column - 1));
  inside.unshift((inside.shift() ?? '').slice(start.column - 1));
  return inside.join('\n');
}

function inOneLine(code: string): string {
  const line = code.replace(/\s+/g, ' ').trim();
  return line.length > 100 ? `${line.slice(0, 100)}…` : line || '(nothing)';
}

function rowOf(folder: string, mutants: readonly Mutant[]): string[] {
  const count = (wanted: string): number => mutants.filter(({ status }) => status === wanted).length;
  const [killed, timeout] = [count('Killed'), count('Timeout')];
  const [survived, uncovered] = [count('Survived'), count('NoCoverage')];
  const all = killed + timeout + survived + uncovered;
  const score = all === 0 ? '-' : `${(((killed + timeout) / all) * 100).toFixed(1)} %`;
  return [folder, score, ...[all, killed, timeout, survived, uncovered, count('Ignored')].map(String)];
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
}
