// The tables of docs/options.md, read from the TSDoc of src/options.ts.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import ts from 'typescript';
import { replaceBlock } from './readme-blocks.ts';

const source = fileURLToPath(new URL('../../src/options.ts', import.meta.url));

/** The page as it should be now: one table per interface, between `<!-- NAME -->` and `<!-- /NAME -->`. */
export async function withCurrentOptions(page: string): Promise<string> {
  let current = page;
  for (const name of ['RequestOptions', 'SubscribeOptions']) {
    const table = await optionsTable(name);
    current = replaceBlock(current, name, () => table);
  }
  return current;
}

async function optionsTable(interfaceName: string): Promise<string> {
  const rows = fieldsOf(interfaceName).map(
    ({ name, meaning, fallback }) => `| \`${name}\` | ${meaning} | ${fallback} |`,
  );
  const table = ['| option | meaning | default |', '| --- | --- | --- |', ...rows].join('\n');
  return format(table.replaceAll(/\\?\|(?= )/g, '|'), { parser: 'markdown' });
}

interface Field {
  readonly name: string;
  readonly meaning: string;
  readonly fallback: string;
}

function fieldsOf(interfaceName: string): Field[] {
  const file = ts.createSourceFile(source, readFileSync(source, 'utf8'), ts.ScriptTarget.Latest, true);
  const found = file.statements.find(
    (statement): statement is ts.InterfaceDeclaration =>
      ts.isInterfaceDeclaration(statement) && statement.name.text === interfaceName,
  );
  if (!found) throw new Error(`src/options.ts has no interface ${interfaceName}.`);
  return found.members.map((member) => fieldOf(member, file));
}

function fieldOf(member: ts.TypeElement, file: ts.SourceFile): Field {
  const name = member.name?.getText(file) ?? '';
  const [doc] = ts.getJSDocCommentsAndTags(member).filter(ts.isJSDoc);
  const meaning = ts.getTextOfJSDocComment(doc?.comment) ?? '';
  const tag = doc?.tags?.find(({ tagName }) => tagName.text === 'defaultValue');
  const fallback = ts.getTextOfJSDocComment(tag?.comment) ?? '';
  if (meaning === '' || fallback === '') throw new Error(`${name} lacks its meaning or its @defaultValue.`);
  return { name, meaning: oneLine(meaning), fallback: oneLine(fallback) };
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
