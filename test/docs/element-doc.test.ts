// docs/element.md names what the tag has: its attributes, its events, the members of the element.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { attributeNames } from '../../src/element/attributes.ts';
import { DEFAULTS } from '../../src/options.ts';
import { membersOf } from '../tools/options-table.ts';

const page = read('docs/element.md');

describe('docs/element.md', () => {
  it('has a row for each attribute, and for nothing else', () => {
    const rows = tableUnder('Attributes').map(([name]) => codesIn(name)[0] ?? '');
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.sort()).toEqual(attributeNames().sort());
  });

  it('names the default of every option that has a value for one', () => {
    const defaults = Object.entries(DEFAULTS).map(([option, value]) => [
      option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
      value === '' ? 'none' : String(value),
    ]);
    const rows = new Map(tableUnder('Attributes').map((cells) => [codesIn(cells[0])[0], cells[2]]));
    expect(defaults.map(([name]) => [name, rows.get(name)?.replaceAll('`', '')])).toEqual(defaults);
  });

  it('has a row for each event, and for nothing else', () => {
    const told = [...read('src/element/stream.ts').matchAll(/tell\('(\w+)'/g)].map(
      ([, name = '']) => `encke-${name}`,
    );
    const rows = tableUnder('Events').flatMap(([name]) => codesIn(name));
    expect(rows.length).toBeGreaterThan(3);
    expect(rows.sort()).toEqual([...new Set(told)].sort());
  });

  it('says what every member of the element is', () => {
    const members = membersOf('src/element/element.ts', 'EnckeStreamElement').map(({ name }) => name);
    expect(members).toEqual(['connection']);
    for (const member of members) expect(page).toContain(`\`element.${member}\``);
  });
});

/** The rows of the first table under a heading, as cells. */
function tableUnder(heading: string): string[][] {
  const [, section = ''] = page.split(`## ${heading}\n`);
  const lines = section.split('\n## ')[0]?.split('\n') ?? [];
  const rows = lines.filter((line) => line.startsWith('|')).slice(2);
  return rows.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

function codesIn(cell = ''): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
}

function read(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
}
