import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { DEFAULTS } from '../../src/options.ts';
import { STATUS_VERDICTS } from '../../src/session/verdict.ts';

const page = read('docs/options.md');

describe('docs/options.md', () => {
  it('names the default of every option that has a value for one', () => {
    const written = Object.keys(DEFAULTS).map((name) => [name, defaultOf(name)]);
    const expected = Object.entries(DEFAULTS).map(([name, value]) => [name, literal(value)]);
    expect(written).toEqual(expected);
  });

  it('names every error code', () => {
    const codes = [...read('src/ground/errors.ts').matchAll(/^ {2}\| '([a-z-]+)'/gm)].map(([, code]) => code);
    expect(codes.length).toBeGreaterThan(10);
    for (const code of codes) expect(page).toContain(`| \`${String(code)}\` `);
  });

  it('names every status that has a verdict of its own', () => {
    const table = page.slice(page.indexOf('## What a status means'), page.indexOf('## Waiting'));
    for (const status of Object.keys(STATUS_VERDICTS)) expect(table).toContain(status);
  });
});

/** What the last cell of an option's row says, for `subscribe` where the verbs differ. */
function defaultOf(name: string): string | undefined {
  const row = page.split('\n').find((line) => line.startsWith(`| \`${name}\` `));
  const [cell] = row?.split('|').slice(-2) ?? [];
  return cell
    ?.replace(/ for `subscribe`.*/, '')
    .replaceAll('`', '')
    .trim();
}

/** As the tables write it. */
function literal(value: string | number): string {
  if (value === '') return 'none';
  return typeof value === 'string'
    ? `'${value}'`
    : value.toLocaleString('en').replaceAll(',', '_').replace('∞', 'Infinity');
}

function read(path: string): string {
  return readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
}
