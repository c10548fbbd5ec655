// A Mercure hub: the published Go package, built once, and the tokens that it takes.

import { execFile, spawnSync } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { kept } from './cache.ts';
import { findProgram, freePort, startService, type FoundProgram, type Service } from './service.ts';

export interface MercureOptions {
  /** The program, as `buildHub` gives it. */
  readonly path: string;
  /** How many messages the hub keeps; 0: it has no history. @defaultValue 100 */
  readonly size?: number;
  /** Time between two signs of life, as Go writes it. @defaultValue `'40s'`, as the hub itself */
  readonly heartbeat?: string;
  /** How long a response lasts at most, as Go writes it. @defaultValue `'600s'`, as the hub itself */
  readonly writeTimeout?: string;
  /** Other origins that may subscribe. @defaultValue none */
  readonly origins?: readonly string[];
}

export interface Update {
  readonly topic: string | readonly string[];
  readonly data: string;
  readonly id?: string;
  readonly type?: string;
  readonly private?: 'on';
}

export interface Mercure {
  /** Where it is subscribed to, and published. */
  readonly url: string;
  /** The same with these topics. */
  topics(...topics: string[]): string;
  /** Gives the id of the message. */
  publish(update: Update): Promise<string>;
  /** Ends the hub and starts it again, with its history, on the same port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const SOURCE = fileURLToPath(new URL('mercure-hub/', import.meta.url));
const KEY = 'a key of at least thirty-two bytes, for tests only';

/** The package asks for this version of Go, which Debian does not have yet. */
const LEAST_GO = [1, 26] as const;
const INSTALL = `Go ${LEAST_GO.join('.')} or later, as go.dev/doc/install says`;

/** Milliseconds that building may take. */
const PATIENCE = 180_000;

/** A Go that can build the hub, or the sentence that says how to get one. */
export function findGo(): FoundProgram {
  const go = findProgram('go', INSTALL);
  if ('missing' in go) return go;
  const { stdout } = spawnSync(go.path, ['env', 'GOVERSION'], { encoding: 'utf8' });
  const [major = 0, minor = 0] = (/\d+\.\d+/.exec(stdout)?.[0] ?? '').split('.').map(Number);
  const isEnough = major > LEAST_GO[0] || (major === LEAST_GO[0] && minor >= LEAST_GO[1]);
  return isEnough ? go : { missing: `${stdout.trim()} is too old here; install ${INSTALL}` };
}

/** The hub's program, built where it has not been yet. */
export async function buildHub(go: string): Promise<string> {
  const hash = createHash('sha256');
  for (const file of ['main.go', 'go.mod', 'go.sum']) hash.update(await readFile(SOURCE + file));
  const folder = await kept(`mercure-hub-${hash.digest('hex').slice(0, 12)}`, async (draft) => {
    await mkdir(draft);
    const values = ['build', '-buildvcs=false', '-o', join(draft, 'hub'), '.'];
    await promisify(execFile)(go, values, { cwd: SOURCE, timeout: PATIENCE });
  });
  return join(folder, 'hub');
}

export async function startMercure(options: MercureOptions): Promise<Mercure> {
  const { path, size = 100, heartbeat = '40s', writeTimeout = '600s', origins = [] } = options;
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'encke-mercure-'));
  const url = `http://127.0.0.1:${port}/.well-known/mercure`;
  let hub: Service = await start();

  return {
    url,
    topics: (...topics) =>
      `${url}?${new URLSearchParams(topics.map((topic) => ['topic', topic])).toString()}`,
    async publish({ topic, ...fields }) {
      const body = new URLSearchParams([
        ...[topic].flat().map((name) => ['topic', name]),
        ...Object.entries(fields),
      ]);
      const headers = { Authorization: `Bearer ${token({ publish: ['*'] })}` };
      const response = await fetch(url, { method: 'POST', headers, body });
      if (!response.ok) throw new Error(`Publishing was answered ${response.status}.`);
      return response.text();
    },
    async restart() {
      await hub.stop();
      hub = await start();
    },
    async stop() {
      await hub.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };

  function start(): Promise<Service> {
    return startService({
      path,
      values: () => [],
      environment: {
        ADDRESS: `127.0.0.1:${port}`,
        KEY,
        HISTORY: size > 0 ? join(folder, 'history.db') : '',
        SIZE: String(size),
        HEARTBEAT: heartbeat,
        WRITE_TIMEOUT: writeTimeout,
        ORIGINS: origins.join(' '),
      },
      ports: [port],
    });
  }
}

/** What a token lets its bearer do: topics, or URI templates of topics. */
export interface Claim {
  readonly subscribe?: readonly string[];
  readonly publish?: readonly string[];
}

/** @param expires - seconds since 1970 */
export function token(mercure: Claim, expires?: number): string {
  const parts = [
    { alg: 'HS256', typ: 'JWT' },
    { mercure, exp: expires },
  ];
  const signed = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${signed}.${createHmac('sha256', KEY).update(signed).digest('base64url')}`;
}
