// Tables of an interface's members, read from their TSDoc.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import ts from 'typescript';

/** Each option with its meaning and its default, which its TSDoc must have. */
export async function optionsTable(sourcePath: string, interfaceName: string): Promise<string> {
  const rows = membersOf(sourcePath, interfaceName).map(({ name, meaning, fallback }) => {
    if (meaning === '' || fallback === '') throw new Error(`${name} lacks its meaning or its @defaultValue.`);
    return `| \`${name}\` | ${meaning} | ${fallback} |`;
  });
  return markdownTable(['option', 'meaning', 'default'], rows);
}

/** As prettier lays it out, so that writing it never fails the formatting check. */
export function markdownTable(heads: readonly string[], rows: readonly string[]): Promise<string> {
  const table = [`| ${heads.join(' | ')} |`, `|${' --- |'.repeat(heads.length)}`, ...rows].join('\n');
  return format(table.replaceAll(/\\?\|(?= )/g, '|'), { parser: 'markdown' });
}

export interface Member {
  readonly name: string;
  readonly meaning: string;
  /** What its `@defaultValue` says; empty without one. */
  readonly fallback: string;
}

/** The members that an interface declares itself. */
export function membersOf(sourcePath: string, interfaceName: string): Member[] {
  const text = readFileSync(fileURLToPath(new URL(`../../${sourcePath}`, import.meta.url)), 'utf8');
  const file = ts.createSourceFile(sourcePath, text, ts.ScriptTarget.Latest, true);
  const found = file.statements.find(
    (statement): statement is ts.InterfaceDeclaration =>
      ts.isInterfaceDeclaration(statement) && statement.name.text === interfaceName,
  );
  if (!found) throw new Error(`${sourcePath} has no interface ${interfaceName}.`);
  return found.members.map((member) => memberOf(member, file));
}

function memberOf(member: ts.TypeElement, file: ts.SourceFile): Member {
  const [doc] = ts.getJSDocCommentsAndTags(member).filter(ts.isJSDoc);
  const tag = doc?.tags?.find(({ tagName }) => tagName.text === 'defaultValue');
  return {
    name: member.name?.getText(file) ?? '',
    meaning: oneLine(ts.getTextOfJSDocComment(doc?.comment) ?? ''),
    fallback: oneLine(ts.getTextOfJSDocComment(tag?.comment) ?? ''),
  };
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
