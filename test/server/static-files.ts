// Files of the project as a page needs them: the playground, the built library, the pages of the browser tests.

import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Asset {
  readonly contentType: string;
  readonly body: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

/** Longest prefix first. */
const FOLDERS: readonly (readonly [prefix: string, folder: string])[] = [
  ['/test-pages/', 'test/browsers/pages'],
  ['/dist/', 'dist'],
  ['/', 'docs/playground'],
];

/** Pages that are served under a policy, to show that they work there. */
const STRICT =
  "default-src 'self'; script-src 'self'; style-src 'self'; require-trusted-types-for 'script'; trusted-types encke";
const POLICIES: Readonly<Record<string, string>> = { '/comet.html': STRICT, '/tag.html': STRICT };

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
};

/** By the end of a file's name. */
export function contentTypeOf(file: string): string {
  return CONTENT_TYPES[extname(file)] ?? 'application/octet-stream';
}

/** The file behind a path, or `undefined` when there is none. */
export async function readAsset(path: string): Promise<Asset | undefined> {
  const found = FOLDERS.find(([prefix]) => path.startsWith(prefix));
  if (!found) return undefined;
  const [prefix, folder] = found;
  const root = join(PROJECT, folder);
  const file = normalize(join(root, path.slice(prefix.length) || 'index.html'));
  // A path that climbs out of its folder finds nothing.
  if (!file.startsWith(root + sep)) return undefined;
  try {
    const body = await readFile(file);
    const policy = POLICIES[path];
    return {
      contentType: contentTypeOf(file),
      body,
      ...(policy && { headers: { 'Content-Security-Policy': policy } }),
    };
  } catch {
    return undefined; // absent, or a folder: both are "not found" to a browser
  }
}
