// The strictest compiler's view of programs that use the built package by its name.

import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../..', import.meta.url));

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
  noEmit: true,
  jsx: ts.JsxEmit.ReactJSX,
  types: [],
};

/** Its complaints about a program that stands in this package and imports it by name. */
export function compile(program: string): string[] {
  return compileAll([program])[0] ?? [];
}

/**
 * Its complaints about each of several such programs. The compiler reads and checks the declarations once for all of
 * them, which is most of its work; a complaint about those is a complaint about every program.
 *
 * Each program must import something: what has no import would share its names with the others.
 *
 * @param end of their files; behind `tsx` stand frameworks, whose own declarations are not checked
 */
export function compileAll(programs: readonly string[], end: 'ts' | 'tsx' = 'ts'): string[][] {
  const texts = new Map(programs.map((text, place) => [`${root}test/program-${String(place)}.${end}`, text]));
  const options = { ...OPTIONS, skipLibCheck: end === 'tsx' };
  const host = ts.createCompilerHost(options);
  const fromDisk = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) => {
    const text = texts.get(name);
    return text === undefined
      ? fromDisk(name, ...rest)
      : ts.createSourceFile(name, text, ts.ScriptTarget.ES2022);
  };
  const program = ts.createProgram([...texts.keys()], options, host);
  const complaints = ts.getPreEmitDiagnostics(program);
  return [...texts.keys()].map((name) => {
    const file = program.getSourceFile(name);
    if (!file || !ts.isExternalModule(file)) return ['The program imports and exports nothing.'];
    return complaints
      .filter((complaint) => !texts.has(complaint.file?.fileName ?? '') || complaint.file === file)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
  });
}
