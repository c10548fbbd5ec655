// The package is what its manifest says, and the repository's root holds what it should.

import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { runInNewContext } from 'node:vm';
import { publint } from 'publint';
import { describe, expect, it } from 'vitest';
import { compile, compileAll } from './tools/compile.ts';

interface Manifest {
  readonly version: string;
  readonly sideEffects: boolean;
  readonly exports: Record<string, string | Record<string, string>>;
  readonly typesVersions: Record<string, Record<string, readonly string[]>>;
  readonly dependencies?: Record<string, string>;
  readonly peerDependencies?: Record<string, string>;
  readonly peerDependenciesMeta?: Record<string, { readonly optional: boolean }>;
  readonly optionalDependencies?: Record<string, string>;
}

interface LockFile {
  readonly packages: Record<string, { readonly optionalDependencies?: Record<string, string> }>;
}

/** Each with declarations of its own. */
const ENTRIES = [
  ...['index', 'light', 'testing', 'sijax', 'probe', 'fetch-event-source', 'event-source', 'element'],
  ...['orbited', 'stomp'],
  ...['store', 'react', 'vue', 'svelte'],
];

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
const manifest = JSON.parse(read('package.json')) as Manifest;

describe('package.json', () => {
  it('asks for nothing at run time', () => {
    expect(manifest.dependencies ?? {}).toEqual({});
    const peers = Object.keys(manifest.peerDependencies ?? {});
    expect(peers).toEqual(['@stomp/stompjs', 'react', 'svelte', 'vue']);
    expect(manifest.peerDependenciesMeta).toEqual(
      Object.fromEntries(peers.map((name) => [name, { optional: true }])),
    );
    expect(manifest.optionalDependencies ?? {}).toEqual({});
  });

  it('promises bundlers that importing does nothing', () => {
    expect(manifest.sideEffects).toBe(false);
  });

  it('names the types of each entry first, as resolvers take the first that fits', () => {
    const entries = Object.values(manifest.exports).filter((entry) => typeof entry === 'object');
    expect(entries).not.toEqual([]);
    for (const entry of entries) expect(Object.keys(entry)).toEqual(['types', 'default']);
  });

  it('names the types of each sub-path once more, for compilers that do not read "exports"', () => {
    const declared: Record<string, unknown> = {};
    for (const [path, entry] of Object.entries(manifest.exports)) {
      if (path !== '.' && typeof entry === 'object') declared[path.slice('./'.length)] = [entry['types']];
    }
    expect(declared).not.toEqual({});
    expect(manifest.typesVersions).toEqual({ '*': declared });
  });

  it('lets every file of dist/ be imported and required by its path', () => {
    const { resolve } = createRequire(import.meta.url);
    const files = filesIn('dist');
    expect(files).toEqual(expect.arrayContaining(['dist/encke.min.js', 'dist/compat/sijax.min.js']));
    for (const file of files) {
      expect(resolve(`encke/${file}`)).toBe(join(root, file));
      expect(import.meta.resolve(`encke/${file}`)).toBe(pathToFileURL(join(root, file)).href);
    }
  });

  it('passes publint without a remark', { timeout: 30_000 }, async () => {
    const { messages } = await publint({ pkgDir: root, strict: true });
    expect(messages).toEqual([]);
  });
});

describe('the tarball', { timeout: 30_000 }, () => {
  it('holds the bundles, the source, and the words about them', async () => {
    const files = await packedFiles();
    expect(files).toEqual(
      expect.arrayContaining([
        'LICENSE',
        'README.md',
        'CHANGELOG.md',
        'package.json',
        'src/index.ts',
        'dist/index.js',
        'dist/index.d.ts',
        'dist/light.js',
        'dist/light.d.ts',
        'dist/testing.js',
        'dist/testing.d.ts',
        'dist/sijax.js',
        'dist/sijax.d.ts',
        'dist/probe.js',
        'dist/probe.d.ts',
        'dist/fetch-event-source.js',
        'dist/fetch-event-source.d.ts',
        'dist/probe.min.js',
        'dist/event-source.js',
        'dist/event-source.d.ts',
        'dist/compat/event-source.min.js',
        ...['orbited', 'stomp'].flatMap((name) => [`dist/${name}.js`, `dist/${name}.d.ts`]),
        'dist/element.js',
        'dist/element.d.ts',
        ...['store', 'react', 'vue', 'svelte'].flatMap((name) => [`dist/${name}.js`, `dist/${name}.d.ts`]),
        'dist/encke.min.js',
        'dist/encke.light.min.js',
      ]),
    );
  });

  it('holds nothing else', async () => {
    const others = (await packedFiles()).filter(
      (file) =>
        !/^(dist|src)\/|^docs\/[\w-]+\.md$|^docs\/(backends|proxies)\/|^[A-Z]+(\.md)?$|^package\.json$/.test(
          file,
        ),
    );
    expect(others).toEqual([]);
  });
});

describe.each(['dist/encke.min.js', 'dist/encke.light.min.js'])('%s', (file) => {
  it('carries the version in its one line of licence', () => {
    expect(read(file).split('\n')[0]).toBe(`/*! encke ${manifest.version}, MIT */`);
  });

  it('defines one global, and needs none to be loaded', () => {
    const { page } = loaded(file);
    expect(Object.keys(page)).toEqual(['encke']);
  });

  it('says what is wrong with options, as no compiler does in a page', () => {
    const { encke } = loaded(file);
    for (const verb of [encke.subscribe, encke.request]) {
      expect(() => verb('/events', { onMesage: () => undefined })).toThrow('onMessage');
    }
  });
});

describe('dist/probe.min.js', () => {
  it('adds to the global that is there, or makes it', () => {
    const page: Record<string, unknown> = {};
    runInNewContext(read('dist/encke.min.js') + read('dist/probe.min.js'), page);
    expect(Object.keys(page)).toEqual(['encke']);
    expect(page['encke']).toHaveProperty('subscribe');
    expect(page['encke']).toHaveProperty('probe');

    const bare: { encke?: object } = {};
    runInNewContext(read('dist/probe.min.js'), bare);
    expect(Object.keys(bare.encke ?? {})).toEqual(['probe']);
  });
});

describe('the declarations', { timeout: 30_000 }, () => {
  it('fit a program that uses every entry', () => {
    const program = `
      import { createClient, eventStream, fetchStream, EnckeError, type Message } from 'encke';
      import { cookie, sijax } from 'encke/sijax';
      import { probe, type ProbeReport } from 'encke/probe';
      import { virtualEnvironment } from 'encke/testing';
      const client = createClient({
        transports: [fetchStream],
        formats: [eventStream],
        environment: virtualEnvironment(),
      });
      client.subscribe('/events', {
        onMessage(message: Message) { const text: string = message.event; return text; },
        onError(error: EnckeError) { const status: number | undefined = error.status; return status; },
      });
      const app = sijax<{ say: [text: string] }>('/chat', { headers: { 'X-CSRFToken': cookie('csrftoken') } });
      app.request('say', ['hello']).then(({ truncated }) => truncated);
      probe('/events', { duration: 5_000 }).then(({ advice, verdict }: ProbeReport) => [verdict, ...advice]);
    `;
    expect(compile(program)).toEqual([]);
  });

  // Compilers of two years ago are in use. Before 5.9 `ArrayBufferView` took no parameter, before 5.7 no typed array did,
  // and before 5.6 an iterable one only. Where a declaration names more, `for await` and bodies have no type.
  it.each(ENTRIES)('in dist/%s.d.ts name nothing that TypeScript 5.4 lacks', (entry) => {
    const declarations = read(`dist/${entry}.d.ts`);
    const newer =
      /\b(?:ArrayBufferView|DataView|(?:Big)?U?[Ii]nt\d+(?:Clamped)?Array|Float\d+Array)<|\b(?:Iterator|AsyncIterator)Object\b|\bBuiltinIteratorReturn\b|\b(?:Async)?Iterable(?:Iterator)?<[^<>]*,/g;
    expect(declarations.match(newer)).toBeNull();
    expect(declarations.length).toBeGreaterThan(200);
  });

  it('do not fit a program that misuses them', () => {
    const misuses = [`import { subscribe } from 'encke'; subscribe(7);`, `import { nothing } from 'encke';`];
    for (const complaints of compileAll(misuses)) expect(complaints).toHaveLength(1);
  });
});

describe('the types that the declarations name', () => {
  /** What a session is made of, which a part sees and nobody makes; and tables that types are computed from. */
  const INSIDE = [
    ...['Cursor', 'Delivered', 'Earlier', 'Kept', 'Place'],
    ...['Answer', 'BuiltRequest', 'MessageQueue', 'Response', 'RetryFacts', 'Target'],
    ...['All', 'FacesOfParts', 'Names', 'OptionsOfParts'],
  ];

  it.each(ENTRIES)('in dist/%s.d.ts are exported, there or by encke', (entry) => {
    const declared = read(`dist/${entry}.d.ts`).matchAll(/^(?:declare )?(?:interface|type|class) (\w+)/gm);
    const exported = new Set([...exportsOf(entry), ...exportsOf('index')]);
    const names = [...declared].map(([, name = '']) => name);
    expect(names.length).toBeGreaterThan(1);
    expect(names.filter((name) => !exported.has(name) && !INSIDE.includes(name))).toEqual([]);
  });
});

describe('the values that the declarations promise', () => {
  it.each(ENTRIES)('are exported by dist/%s.js, and no others', async (entry) => {
    const promised = [...read(`dist/${entry}.d.ts`).matchAll(/^export \{([^}]*)\};$/gm)]
      .flatMap(([, names = '']) => names.split(','))
      .map((name) => name.trim());
    const module = (await import(`${root}/dist/${entry}.js`)) as object;
    expect(promised.filter((name) => name !== '').sort()).toEqual(Object.keys(module).sort());
  });
});

describe('the lock file', () => {
  it('names no registry, so that everyone uses their own', () => {
    expect(read('package-lock.json')).not.toContain('"resolved"');
  });

  // npm leaves an optional package out where it is not to be had, and `npm ci` then refuses the file on any machine.
  it('holds the optional builds of every platform', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as LockFile;
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => !isLocked(packages, path, name)),
    );
    expect(missing).toEqual([]);
  });
});

describe('the root of the repository', () => {
  it('holds the known entries only', async () => {
    const known = ['package.json', 'package-lock.json', 'rollup.config.mjs', 'src', 'test', 'dist', 'docs'];
    const words = ['README.md', 'LICENSE', 'CHANGELOG.md'];
    const { stdout } = await run('git', ['ls-files'], { cwd: root });
    const entries = new Set(stdout.split('\n').flatMap((path) => path.split('/').slice(0, 1)));
    const strangers = [...entries].filter(
      (entry) => !entry.startsWith('.') && ![...known, ...words, ''].includes(entry),
    );
    expect(strangers).toEqual([]);
  });
});

/** Whether npm would find `name` from the package at `path`: in its own node_modules, or in one above. */
function isLocked(packages: LockFile['packages'], path: string, name: string): boolean {
  const levels = path
    .split('/node_modules/')
    .map((_, depth, parts) => parts.slice(0, depth + 1).join('/node_modules/'));
  return [...levels, ''].some(
    (level) => `${level === '' ? '' : `${level}/`}node_modules/${name}` in packages,
  );
}

interface Script {
  readonly subscribe: (url: string, options: object) => unknown;
  readonly request: (url: string, options: object) => unknown;
}

/** What a page has once it has loaded a script file. */
function loaded(file: string): { readonly page: object; readonly encke: Script } {
  const page = {} as { readonly encke: Script };
  runInNewContext(read(file), page);
  return { page, encke: page.encke };
}

/** The names that an entry exports, values and types. */
function exportsOf(entry: string): string[] {
  const lists = [...read(`dist/${entry}.d.ts`).matchAll(/^export (?:type )?\{([^}]*)\}/gm)];
  return lists.flatMap(([, names = '']) => names.split(',')).map((name) => name.replace('type ', '').trim());
}

async function packedFiles(): Promise<string[]> {
  const { stdout } = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: root });
  const [tarball] = JSON.parse(stdout) as { files: { path: string }[] }[];
  return tarball?.files.map(({ path }) => path) ?? [];
}

function filesIn(folder: string): string[] {
  const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(root, join(parentPath, name)));
}

function read(path: string): string {
  return readFileSync(`${root}/${path}`, 'utf8');
}
