// What Rollup needs to find packages: this much of @rollup/plugin-node-resolve, which reads "exports" and "sideEffects".

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'rollup';

interface Manifest {
  readonly exports: Readonly<Record<string, { readonly default?: string }>>;
  readonly sideEffects?: boolean;
}

export function nodeResolve(): Plugin {
  return {
    name: 'node-resolve',
    resolveId(path, importer = '') {
      const [, name = '', rest = ''] = /^([\w-]+)(\/.*)?$/.exec(path) ?? [];
      if (!name) return null;
      const folder = join(dirname(dirname(importer)), 'node_modules', name);
      const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
      const file = manifest.exports[`.${rest}`]?.default;
      if (file === undefined) throw new Error(`${name} does not export .${rest}`);
      return { id: join(folder, file), moduleSideEffects: manifest.sideEffects ?? true };
    },
  };
}
