// How long functions are: each with its own lines, without those of the functions that stand in it.

import ts from 'typescript';

export interface FunctionLength {
  readonly name: string;
  /** Lines with code, without those of functions inside that take more than two lines. */
  readonly lines: number;
}

export function functionLengths(fileName: string, text: string): FunctionLength[] {
  const file = ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true);
  const code = text.split('\n').map((line) => !/^\s*(?:\/[/*]|\*|$)/.test(line));
  const found: FunctionLength[] = [];
  visit(file);
  return found;

  function visit(node: ts.Node): void {
    if (isFunction(node)) found.push({ name: nameOf(node), lines: ownLines(node) });
    ts.forEachChild(node, visit);
  }

  function ownLines(node: ts.Node): number {
    const own = linesOf(node);
    for (const inner of functionsIn(node)) {
      const lines = linesOf(inner);
      if (lines.size > 2) for (const line of lines) own.delete(line);
    }
    return own.size;
  }

  function linesOf(node: ts.Node): Set<number> {
    const lineOf = (position: number): number => file.getLineAndCharacterOfPosition(position).line;
    const first = lineOf(node.getStart());
    const all = Array.from({ length: lineOf(node.end) - first + 1 }, (_, index) => first + index);
    return new Set(all.filter((line) => code[line]));
  }
}

function isFunction(node: ts.Node): node is ts.FunctionLikeDeclaration {
  return ts.isFunctionLike(node) && 'body' in node && node.body !== undefined;
}

/** The functions right in it; those in them are theirs. */
function functionsIn(node: ts.Node): ts.Node[] {
  const found: ts.Node[] = [];
  ts.forEachChild(node, function look(child) {
    if (isFunction(child)) found.push(child);
    else ts.forEachChild(child, look);
  });
  return found;
}

function nameOf(node: ts.FunctionLikeDeclaration): string {
  const { name } = node.name ? node : (node.parent as { name?: ts.Node });
  return name?.getText() ?? '(without a name)';
}
