// Pylons itself: an application as `paster create` makes it, with controllers of docs/backends/pylons.

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Asset } from '../server/server.ts';
import { changed, documented } from './documented.ts';
import { environment, type Python } from './python.ts';
import { freePort, startService } from './service.ts';

export interface PylonsOptions {
  /** Whether the middleware that collects every response stays where `paster create` puts it. */
  readonly errorHandler: 'in' | 'out';
  /** Of the whole application. @defaultValue as `paster create` sets it: on */
  readonly debug?: boolean;
  /** Files it serves beside its controllers, by path. @defaultValue none */
  readonly files?: ReadonlyMap<string, Asset>;
}

export interface Pylons {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** Has a message delivered by `/news/events`. */
  publish(data: unknown): Promise<void>;
  stop(): Promise<void>;
}

const MIDDLEWARE = 'hello/config/middleware.py';
const ERROR_HANDLER = 'app = ErrorHandler(app, global_conf';

/** Makes an application and serves it by Paste's server. */
export async function startPylons(python: Python, options: PylonsOptions): Promise<Pylons> {
  const { errorHandler, debug = true, files = new Map<string, Asset>() } = options;
  const interpreter = await environment(python, 'pylons');
  const paster = join(dirname(interpreter), 'paster');
  const home = await mkdtemp(join(tmpdir(), 'encke-pylons-'));
  const templates = ['sqlalchemy=False', 'template_engine=mako'];
  const create = [paster, 'create', '--template=pylons', 'hello', ...templates];
  await promisify(execFile)(interpreter, create, { cwd: home });

  const project = join(home, 'hello');
  const eventsource = documented('backends/pylons/eventsource.py', {});
  const port = await freePort();
  await write('hello/controllers/eventsource.py', eventsource);
  await write('hello/controllers/paced.py', changed(eventsource, PACED));
  await write(
    'hello/controllers/news.py',
    documented('backends/pylons/news.py', { 'HEARTBEAT = 15': 'HEARTBEAT = 0.2' }),
  );
  for (const [path, { body }] of files) await write(`hello/public${path}`, body);
  await change('development.ini', { 'port = 5000': `port = ${port}` });
  if (!debug) await change('development.ini', { '#set debug = false': 'set debug = false' });
  if (errorHandler === 'out') await change(MIDDLEWARE, { [ERROR_HANDLER]: `#${ERROR_HANDLER}` });

  const { stop } = await startService({
    path: interpreter,
    values: () => [paster, 'serve', join(project, 'development.ini')],
    // Where the application's own package is.
    environment: { PYTHONPATH: project },
    ports: [port],
  });
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    async publish(data) {
      const { status } = await fetch(`${url}/news/publish`, { method: 'POST', body: JSON.stringify(data) });
      if (status !== 204) throw new Error(`Publishing was answered ${status}.`);
    },
    async stop() {
      await stop();
      await rm(home, { recursive: true, force: true });
    },
  };

  async function write(path: string, content: string | Uint8Array): Promise<void> {
    await mkdir(dirname(join(project, path)), { recursive: true });
    await writeFile(join(project, path), content);
  }

  async function change(path: string, changes: Readonly<Record<string, string>>): Promise<void> {
    await write(path, changed(await readFile(join(project, path), 'utf8'), changes));
  }
}

/** The same controller with pauses between its events, so that it can be seen when each comes. */
const PACED = {
  EventsourceController: 'PacedController',
  'yield msg': 'time.sleep(0.3)\n                yield msg',
};
