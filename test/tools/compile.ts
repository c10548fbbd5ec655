// The strictest compiler's view of a program that uses the built package by its name.

import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Its complaints about a program that stands in this package and imports it by name. */
export function compile(program: string): string[] {
  const fileName = `${root}test/program.ts`;
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    noEmit: true,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const fromDisk = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) =>
    name === fileName ? ts.createSourceFile(name, program, ts.ScriptTarget.ES2022) : fromDisk(name, ...rest);
  const complaints = ts.getPreEmitDiagnostics(ts.createProgram([fileName], options, host));
  return complaints.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}
