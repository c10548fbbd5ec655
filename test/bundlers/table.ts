// The table of docs/bundlers.md.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { markdownTable } from '../tools/options-table.ts';
import { APPS, type AppName, type Project } from './apps.ts';
import { build, TOOLS, weightOf, type Built } from './tools.ts';

export const PAGE = fileURLToPath(new URL('../../docs/bundlers.md', import.meta.url));

/** The block of the page that is computed. */
export const BLOCK = 'bundles';

export interface Row {
  readonly tool: string;
  readonly built: Readonly<Record<AppName, Built>>;
}

export async function buildAll(project: Project): Promise<Row[]> {
  const rows: Row[] = [];
  for (const tool of Object.keys(TOOLS)) {
    const names = Object.keys(APPS) as AppName[];
    const built = names.map(async (name) => [name, await build(tool, name, project)] as const);
    rows.push({ tool, built: Object.fromEntries(await Promise.all(built)) as Row['built'] });
  }
  return rows;
}

export async function bundlesTable(rows: readonly Row[]): Promise<string> {
  const head = ['tool', 'default, at first', 'when it is needed', 'smallest client'];
  const lines = rows.map(({ tool, built }) => `| ${[tool, ...figuresOf(built)].join(' | ')} |`);
  return markdownTable(head, lines);
}

/** The figures of a table that stands in the page, by tool. */
export function figuresIn(page: string): Record<string, number[]> {
  const block = page.slice(page.indexOf(`<!-- ${BLOCK} -->`), page.indexOf(`<!-- /${BLOCK} -->`));
  const rows = [...block.matchAll(/^\| (\w+) +\|([\d. |kB]+)\|$/gm)];
  return Object.fromEntries(rows.map(([, tool = '', rest = '']) => [tool, numbersIn(rest)]));
}

export function figuresOf({ default: all, smallest }: Row['built']): string[] {
  const bytes = [weightOf(all, all.first), weightOf(all, all.later), weightOf(smallest, smallest.first)];
  // 1 kB is 1,000 bytes.
  return bytes.map((size) => `${(size / 1_000).toFixed(1)} kB`);
}

export function numbersIn(text: string): number[] {
  return (text.match(/[\d.]+/g) ?? []).map(Number);
}

export function readPage(): string {
  return readFileSync(PAGE, 'utf8');
}
