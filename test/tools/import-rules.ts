// Which file of src/ may import which, as one function over a graph.

import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import ts from 'typescript';

/** From the ground up. A file imports from lower layers and from its own folder. */
const LAYERS = [
  ['ground'],
  ['transports', 'formats', 'commands'],
  ['outcomes.ts'],
  ['options.ts'],
  ['session'],
  ['parts'],
  ['client.ts'],
  ['every-part.ts'],
  ['all-parts.ts'],
  ['preset.ts', 'light.ts'],
  ['index.ts'],
  ['index-script.ts', 'light-script.ts'],
  ['compat', 'sijax', 'probe', 'element', 'testing.ts', 'store'],
  // Named like the packages that they are for, the only ones that they may use.
  ['react', 'vue', 'svelte'],
];

/** Rooms of which the files, or the folders, are strangers to one another. What two of them need is made below. */
const STRANGERS = new Map([
  ['parts', /^$/],
  ['sijax', /^sijax\/wire\//],
]);

/** What a folder of concrete parts shows to the layers between it and the public face. */
const CONTRACTS = new Set(['transports/transport.ts', 'formats/format.ts', 'commands/command.ts']);
const FOLDERS_OF_PARTS = new Set(['transports', 'formats', 'commands']);
const MEETS_PARTS = new Set([
  ...['preset.ts', 'light.ts', 'index.ts', 'index-script.ts'],
  ...['compat', 'sijax', 'probe', 'element', 'testing.ts'],
]);

/** Each file, by its path in src/, with what it imports: other such paths, or the names of packages. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/** One sentence for each import that is not allowed. */
export function forbiddenImports(graph: ImportGraph): string[] {
  return [...graph].flatMap(([file, imports]) =>
    imports.flatMap((imported) => {
      const reason = refusal(file, imported);
      return reason === undefined ? [] : [`${file} imports ${imported}: ${reason}`];
    }),
  );
}

/** Each circle of imports as `a → b → a`. */
export function importCircles(graph: ImportGraph): string[] {
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, way: readonly string[]): void => {
    const seenAt = way.indexOf(file);
    if (seenAt >= 0) circles.push([...way.slice(seenAt), file].join(' → '));
    if (seenAt >= 0 || done.has(file)) return;
    for (const imported of graph.get(file) ?? []) visit(imported, [...way, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return circles;
}

/** Reads the graph of a folder, type imports and dynamic ones included. */
export function readImports(folder: string): ImportGraph {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) =>
    file.replaceAll('\\', '/'),
  );
  const sources = files.filter((file) => file.endsWith('.ts'));
  return new Map(sources.map((file) => [file, importsOf(file, readFileSync(`${folder}/${file}`, 'utf8'))]));
}

export function importsOf(file: string, text: string): string[] {
  const named = ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
  return named.map((name) => (name.startsWith('.') ? posix.join(posix.dirname(file), name) : name));
}

function refusal(file: string, imported: string): string | undefined {
  const from = partOf(file);
  const to = partOf(imported);
  if (layerOf(from) < 0) return `${from} has no layer`;
  if (layerOf(to) < 0) return from === 'compat' ? undefined : 'only compat may use a package';
  if (from === to && file.includes('/')) {
    const shared = STRANGERS.get(from);
    const isStranger = shared && roomOf(file) !== roomOf(imported) && !shared.test(imported);
    return isStranger ? `${roomOf(file)} never imports ${roomOf(imported)}` : undefined;
  }
  if (layerOf(to) === layerOf(from)) return 'siblings never import one another';
  if (layerOf(to) > layerOf(from)) return 'imports only go down';
  if (FOLDERS_OF_PARTS.has(to) && !CONTRACTS.has(imported) && !MEETS_PARTS.has(from)) {
    return 'concrete parts are handed in, not imported';
  }
  return undefined;
}

/** The folder, or the file that stands beside the folders. */
function partOf(path: string): string {
  return path.split('/')[0] ?? path;
}

/** The file or folder in a folder. */
function roomOf(path: string): string {
  return path.split('/').slice(0, 2).join('/');
}

function layerOf(part: string): number {
  return LAYERS.findIndex((layer) => layer.includes(part));
}
