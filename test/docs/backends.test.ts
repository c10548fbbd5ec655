// The list of backends: the versions in it are those that the tests install, and no page of a backend is missing.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const INTEROP = 'test/interop/';

const page = read('docs/backends/README.md');
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .slice(2) // the head, and what is under it
  .map((line) => line.split(' | ').map((cell) => cell.trim()));

/** Each as `name version`. A name may have several. */
const named = rows.flatMap(([, versions = '']) =>
  [...versions.matchAll(/`([^`]+ v?\d[^`]*)`/g)].map(([, name = '']) => name),
);

const lists = filesOf('requirements').map((list) => ({ list, pins: pipPins(read(list)) }));

it('names only versions that the tests install', () => {
  const installed = new Set([
    ...lists.flatMap(({ pins }) => pins),
    ...npmPins(),
    ...goPins(),
    ...mavenPins(),
  ]);
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !installed.has(name))).toEqual([]);
});

it('names a package of every list of requirements', () => {
  const unnamed = lists.filter(({ pins }) => !pins.some((pin) => named.includes(pin)));
  expect(unnamed.map(({ list }) => list)).toEqual([]);
});

it('links every page of a backend', () => {
  const pages = readdirSync(`${root}docs/backends`).filter((name) => /^[a-z].*\.md$/.test(name));
  expect(pages.length).toBeGreaterThan(2);
  expect(pages.filter((name) => !page.includes(`](${name}`))).toEqual([]);
});

it('has five cells in every row', () => {
  expect(rows.filter(({ length }) => length !== 5)).toEqual([]);
});

/** `name==version`, and what may stand behind it. */
function pipPins(text: string): string[] {
  return [...text.matchAll(/^([\w.[\]-]+)==([\w.]+)/gm)].map(([, name, version]) => `${name} ${version}`);
}

/** Of what the project itself asks for. */
function npmPins(): string[] {
  const { packages } = JSON.parse(read('package-lock.json')) as {
    readonly packages: Readonly<
      Record<string, { readonly version?: string; readonly devDependencies?: object }>
    >;
  };
  const own = Object.keys(packages['']?.devDependencies ?? {});
  return own.map((name) => `${name} ${packages[`node_modules/${name}`]?.version}`);
}

function goPins(): string[] {
  const modules = filesOf('.')
    .map((folder) => `${folder}/go.mod`)
    .filter((path) => existsSync(root + path));
  return modules.flatMap((path) =>
    [...read(path).matchAll(/^(?:require )?\s*(\S+) (v\S+)/gm)].map(
      ([, name, version]) => `${name} ${version}`,
    ),
  );
}

/** Of the project that the page for Java shows. */
function mavenPins(): string[] {
  const pom = read('docs/backends/recipes/streaming-spring/pom.xml');
  return [...pom.matchAll(/<artifactId>(.+)<\/artifactId>\s*<version>(.+)<\/version>/g)].map(
    ([, name, version]) => `${name} ${version}`,
  );
}

function filesOf(folder: string): string[] {
  return readdirSync(root + INTEROP + folder).map((name) => `${INTEROP}${folder}/${name}`);
}

function read(path: string): string {
  return readFileSync(root + path, 'utf8');
}
