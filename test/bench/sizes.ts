// What others weigh, measured as size-limit measures ours: bundled and minified by esbuild, compressed by Brotli.

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { build } from 'esbuild';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const FILE = fileURLToPath(new URL('peer-sizes.json', import.meta.url));

export interface PeerSize {
  readonly name: string;
  /** Of the package named first. */
  readonly version: string;
  /** Bytes, minified and compressed by Brotli. */
  readonly size: number;
}

export interface PeerSizes {
  /** `YYYY-MM-DD` */
  readonly measured: string;
  readonly peers: readonly PeerSize[];
}

interface Peer {
  readonly name: string;
  /** What a page that uses it says. */
  readonly code: string;
}

const PEERS: readonly Peer[] = [
  named('eventsource-parser', 'createParser'),
  named('@microsoft/fetch-event-source', 'fetchEventSource'),
  named('eventsource', 'EventSource'),
  named('extended-eventsource', 'EventSource'),
  { name: 'reconnecting-eventsource', code: all('reconnecting-eventsource') },
  { name: 'sse.js', code: all('sse.js') },
  { name: 'event-source-polyfill', code: all('event-source-polyfill') },
  { name: 'htmx.org', code: all('htmx.org') },
  {
    name: 'htmx.org with its sse extension',
    code: `${all('htmx.org')} import 'htmx.org/dist/ext/hx-sse.js';`,
  },
  { name: 'jquery', code: all('jquery') },
];

function named(name: string, what: string): Peer {
  return { name, code: `export { ${what} } from '${name}';` };
}

function all(name: string): string {
  return `import * as everything from '${name}'; globalThis.peer = everything;`;
}

/** Weighs each as installed, and records it for the README. */
export async function measurePeers(): Promise<PeerSizes> {
  const peers: PeerSize[] = [];
  for (const peer of PEERS) peers.push(await weigh(peer));
  const sizes = {
    measured: new Date().toISOString().slice(0, 10),
    peers: peers.sort((one, other) => one.size - other.size),
  };
  writeFileSync(FILE, `${JSON.stringify(sizes, null, 2)}\n`);
  return sizes;
}

/** As they were when last measured: nothing needs to be installed for it. */
export function recordedPeers(): PeerSizes {
  return JSON.parse(readFileSync(FILE, 'utf8')) as PeerSizes;
}

async function weigh({ name, code }: Peer): Promise<PeerSize> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: HERE },
    bundle: true,
    minify: true,
    treeShaking: true,
    format: 'esm',
    write: false,
    logLevel: 'error',
  });
  const script = outputFiles[0]?.contents ?? new Uint8Array();
  const quality = { [constants.BROTLI_PARAM_QUALITY]: 11 };
  return { name, version: versionOf(name), size: brotliCompressSync(script, { params: quality }).length };
}

function versionOf(name: string): string {
  const path = `${HERE}node_modules/${name.split(' ')[0] ?? ''}/package.json`;
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}
