// What people write with the package compiles, strictly, however their compiler finds its types.

import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const usages = join(root, 'test/usages');
const project = mkdtempSync(join(tmpdir(), 'encke-usages-'));
const files = readdirSync(usages).map((file) => join(project, file));

// eslint-disable-next-line @typescript-eslint/no-deprecated -- deprecated or not, projects have it
const { Bundler, Node16, NodeNext, Node10 } = ts.ModuleResolutionKind;
const RESOLUTIONS: readonly [name: string, options: ts.CompilerOptions][] = [
  ['bundler', { moduleResolution: Bundler, module: ts.ModuleKind.ESNext }],
  ['node16', { moduleResolution: Node16, module: ts.ModuleKind.Node16 }],
  ['nodenext', { moduleResolution: NodeNext, module: ts.ModuleKind.NodeNext }],
  ['node10', { moduleResolution: Node10, module: ts.ModuleKind.ESNext, ignoreDeprecations: '6.0' }],
];

const STRICT: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.dom.asynciterable.d.ts'],
  types: [],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipDefaultLibCheck: true,
  noEmit: true,
};

beforeAll(() => {
  mkdirSync(join(project, 'node_modules'));
  symlinkSync(root, join(project, 'node_modules/encke'), 'dir');
  writeFileSync(join(project, 'package.json'), '{"type":"module"}');
  for (const file of files) writeFileSync(file, readFileSync(join(usages, basename(file))));
});

afterAll(() => rmSync(project, { recursive: true }));

describe('what people write with the package', { timeout: 60_000 }, () => {
  it.each(RESOLUTIONS)('compiles with moduleResolution %s', (_, options) => {
    expect(files.length).toBeGreaterThanOrEqual(10);
    expect(complaintsOf({ ...STRICT, ...options })).toEqual([]);
  });
});

/** The libraries of the language are the same for each of them, and most of the work. */
const libraries = new Map<string, ts.SourceFile | undefined>();

function complaintsOf(options: ts.CompilerOptions): string[] {
  const host = ts.createCompilerHost(options);
  const fromDisk = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) => {
    if (!/\/lib\.[\w.]+\.d\.ts$/.test(name)) return fromDisk(name, ...rest);
    const library = libraries.get(name) ?? fromDisk(name, ...rest);
    libraries.set(name, library);
    return library;
  };
  return ts
    .getPreEmitDiagnostics(ts.createProgram(files, options, host))
    .map(({ file, start = 0, messageText }) => {
      const line = (file?.getLineAndCharacterOfPosition(start).line ?? 0) + 1;
      return `${basename(file?.fileName ?? '')}:${String(line)} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
}
