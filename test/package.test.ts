// The package is what its manifest says, and the repository's root holds what it should.

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { runInNewContext } from 'node:vm';
import { publint } from 'publint';
import { describe, expect, it } from 'vitest';

interface Manifest {
  readonly version: string;
  readonly sideEffects: boolean;
  readonly exports: Record<string, string | Record<string, string>>;
  readonly dependencies?: Record<string, string>;
  readonly peerDependencies?: Record<string, string>;
  readonly optionalDependencies?: Record<string, string>;
}

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
const manifest = JSON.parse(read('package.json')) as Manifest;

describe('package.json', () => {
  it('asks for nothing at run time', () => {
    expect(manifest.dependencies ?? {}).toEqual({});
    expect(manifest.peerDependencies ?? {}).toEqual({});
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
        'dist/testing.js',
        'dist/testing.d.ts',
        'dist/encke.min.js',
      ]),
    );
  });

  it('holds nothing else', async () => {
    const others = (await packedFiles()).filter(
      (file) => !/^(dist|src)\/|^[A-Z]+(\.md)?$|^package\.json$/.test(file),
    );
    expect(others).toEqual([]);
  });
});

describe('dist/encke.min.js', () => {
  it('carries the version in its one line of licence', () => {
    expect(read('dist/encke.min.js').split('\n')[0]).toBe(`/*! encke ${manifest.version}, MIT */`);
  });

  it('defines one global, and needs none to be loaded', () => {
    const page: Record<string, unknown> = {};
    runInNewContext(read('dist/encke.min.js'), page);
    expect(Object.keys(page)).toEqual(['encke']);
    expect(page['encke']).toHaveProperty('subscribe');
  });
});

describe('the lock file', () => {
  it('names no registry, so that everyone uses their own', () => {
    expect(read('package-lock.json')).not.toContain('"resolved"');
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

async function packedFiles(): Promise<string[]> {
  const { stdout } = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: root });
  const [tarball] = JSON.parse(stdout) as { files: { path: string }[] }[];
  return tarball?.files.map(({ path }) => path) ?? [];
}

function read(path: string): string {
  return readFileSync(`${root}/${path}`, 'utf8');
}
