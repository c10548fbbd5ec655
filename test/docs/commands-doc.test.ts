// docs/commands.md names what the code has: verbs with their fields, members of the queue, codes.

import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { coalesceByTarget } from '../../src/commands/coalescing-line.ts';
import { commandQueue } from '../../src/commands/command-queue.ts';
import { verbs } from '../../src/commands/verbs.ts';
import { membersOf } from '../tools/options-table.ts';

const page = read('docs/commands.md');
const sources = readdirSync(new URL('../../src/commands/', import.meta.url)).map((file) =>
  ts.createSourceFile(file, read(`src/commands/${file}`), ts.ScriptTarget.Latest, true),
);

describe('docs/commands.md', () => {
  it('has a row for each verb, and for nothing else', () => {
    expect(tableUnder('The verbs').map(([type]) => codesIn(type))).toEqual(
      Object.keys(verbs).map((type) => [type]),
    );
  });

  it.each(tableUnder('The verbs'))('names the fields that %s reads', (type, fields) => {
    const [name = ''] = codesIn(type);
    expect(codesIn(fields).sort()).toEqual(fieldsReadBy(name).sort());
  });

  it('has a row for each member of a queue', () => {
    const rows = tableUnder('The queue').flatMap(([member]) => codesIn(member));
    const members = membersOf('src/commands/command.ts', 'CommandQueue').map(({ name }) => name);
    expect(rows.map((row) => row.replace('()', ''))).toEqual(members);
  });

  it('names every code that the commands know', () => {
    const codes = tableUnder('What goes wrong').flatMap(([code]) => codesIn(code));
    const thrown = sources.flatMap(({ text }) => [...text.matchAll(/new EnckeError\(\s*'([a-z-]+)'/g)]);
    const known = new Set(thrown.map(([, code = '']) => code));
    expect(codes.sort()).toEqual([...known].sort());
  });

  it('says which attributes are coalesced', () => {
    const names = codesIn(/^- `attr`.*?:(.*?);$/ms.exec(sectionUnder('Coalescing'))?.[1]);
    expect(names.length).toBeGreaterThan(3);
    for (const key of names) {
      const queue = commandQueue({ coalesce: coalesceByTarget });
      queue.pause();
      for (const value of ['1', '2', '3', '4']) {
        queue.push({ type: 'attr', selector: '#meter', key, value, setType: 'replace' });
      }
      expect([key, queue.size]).toEqual([key, 1]);
    }
  });
});

/** What the first parameter of a verb is taken apart into, wherever the verb is written. */
function fieldsReadBy(verb: string): string[] {
  const fields: string[] = [];
  const visit = (node: ts.Node): void => {
    const isVerb = ts.isMethodDeclaration(node) || ts.isVariableDeclaration(node);
    if (isVerb && node.name.getText() === verb)
      fields.push(...fieldsIn(ts.isVariableDeclaration(node) ? node.initializer : node));
    ts.forEachChild(node, visit);
  };
  sources.forEach(visit);
  return [...new Set(fields)];
}

function fieldsIn(node: ts.Node | undefined): string[] {
  if (!node || !(ts.isMethodDeclaration(node) || ts.isArrowFunction(node))) return [];
  const pattern = node.parameters[0]?.name;
  if (!pattern || !ts.isObjectBindingPattern(pattern)) return [];
  return pattern.elements.map(({ name, propertyName }) => (propertyName ?? name).getText());
}

function tableUnder(heading: string): string[][] {
  const lines = sectionUnder(heading).match(/^\|.*\|$/gm) ?? [];
  expect(lines.length).toBeGreaterThan(2);
  return lines.slice(2).map((line) => line.slice(1, -1).split('|'));
}

function sectionUnder(heading: string): string {
  const [, section] = page.split(new RegExp(`^#+ ${heading}$`, 'm'));
  return section?.split(/^#/m)[0] ?? '';
}

function codesIn(cell = ''): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
}

function read(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
}
