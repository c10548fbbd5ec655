// One file of the library makes code of text, and no other one.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const SOURCE = fileURLToPath(new URL('../../src/', import.meta.url));

describe('text becomes code', () => {
  it('in this one file of src/', () => {
    const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    );
    const found = files.filter((file) => makesCode(readFileSync(join(SOURCE, file), 'utf8')));
    expect(found.map((file) => file.replaceAll('\\', '/'))).toEqual(['commands/script-policy.ts']);
  });

  it.each([
    'eval("1")',
    '(0, eval)("1")',
    'window.eval("1")',
    'const run = eval',
    'new Function("1")()',
    'Function("1")()',
    'setTimeout("x()")',
    'globalThis["eval"]("1")',
  ])('as in %s', (code) => {
    expect(makesCode(code)).toBe(true);
  });

  it.each([
    '// eval(x) and new Function(x)',
    'evaluate("1")',
    'Function.prototype.apply.call(x)',
    'let isFunction = (x) => x',
    '"an eval in a text"',
  ])('but not in %s', (code) => {
    expect(makesCode(code)).toBe(false);
  });
});

/** Whether a program names what makes code of text, in any way but in comments and sentences. */
function makesCode(program: string): boolean {
  let found = false;
  const visit = (node: ts.Node): void => {
    const isName =
      ts.isIdentifier(node) || (ts.isStringLiteral(node) && ts.isElementAccessExpression(node.parent));
    if (isName && /^(?:eval|Function)$/.test(node.text) && !isMethod(node)) found = true;
    if (ts.isCallExpression(node) && isTimer(node.expression) && isText(node.arguments[0])) found = true;
    node.forEachChild(visit);
  };
  visit(ts.createSourceFile('program.ts', program, ts.ScriptTarget.Latest, true));
  return found;
}

/** What every function has can be borrowed from where they all have it. */
function isMethod({ parent }: ts.Node): boolean {
  return ts.isPropertyAccessExpression(parent) && /^Function\.prototype$/.test(parent.getText());
}

function isTimer(node: ts.Expression): boolean {
  return /\bset(?:Timeout|Interval)$/.test(node.getText());
}

function isText(node: ts.Node | undefined): boolean {
  return node !== undefined && (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node));
}
