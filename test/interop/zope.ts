// Zope itself: an instance of its own, into which everything is put through Zope's own interface.

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Asset } from '../server/server.ts';
import { changed, documented } from './documented.ts';
import { environment, type Python } from './python.ts';
import { freePort, startService } from './service.ts';

export interface Zope {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** A Script (Python) without parameters: a new one, or another body of one that is there. */
  setScript(path: string, body: string): Promise<void>;
  /** A page template. */
  addPage(path: string, text: string): Promise<void>;
  addFile(path: string, asset: Asset): Promise<void>;
  stop(): Promise<void>;
}

const USER = 'admin:admin';

/** With the folder `/comet`, which has the documented page and the documented script: events come ten times as often. */
export async function startZope(python: Python): Promise<Zope> {
  const interpreter = await environment(python, 'zope');
  const home = await mkdtemp(join(tmpdir(), 'encke-zope-'));
  const make = ['-m', 'Zope2.utilities.mkwsgiinstance', '-d', home, '-u', USER];
  await promisify(execFile)(interpreter, make);
  const port = await freePort();
  const configuration = join(home, 'etc/zope.ini');
  const set = changed(await readFile(configuration, 'utf8'), { 'port = 8080': `port = ${port}` });
  await writeFile(configuration, set);
  const service = await startService({
    path: interpreter,
    values: () => ['-m', 'Zope2.Startup.serve', configuration],
    ports: [port],
  });

  const url = `http://127.0.0.1:${port}`;
  const scripts = new Set<string>();
  const folders = new Map<string, Promise<void>>();
  const zope: Zope = {
    url,
    async setScript(path, body) {
      if (!scripts.has(path)) await add('PythonScripts/manage_addPythonScript', path);
      scripts.add(path);
      await post(`${path}/ZPythonScriptHTML_editAction`, { title: '', params: '', body });
    },
    async addPage(path, text) {
      await add('PageTemplates/manage_addPageTemplate', path);
      await post(`${path}/pt_editAction`, { title: '', text, content_type: 'text/html' });
    },
    async addFile(path, { body, contentType }) {
      const file = new Blob([typeof body === 'string' ? body : new Uint8Array(body)], { type: contentType });
      await add('OFSP/manage_addFile', path, { file });
    },
    async stop() {
      await service.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
  try {
    const faster = { 'random()*waitForMillis*2': 'random()*waitForMillis*.05' };
    await zope.setScript('/comet/events', documented('backends/zope/events.py', faster));
    await zope.addPage('/comet/index_html', documented('backends/zope/index_html.pt', {}));
    return zope;
  } catch (error) {
    await zope.stop();
    throw error;
  }

  /** Makes the folders of the path as well. */
  async function add(how: string, path: string, fields: Fields = {}): Promise<void> {
    const folder = dirname(path);
    if (folder !== '/' && !folders.has(folder)) folders.set(folder, add('OFSP/manage_addFolder', folder));
    await folders.get(folder);
    const parent = folder === '/' ? '' : folder;
    await post(`${parent}/manage_addProduct/${how}`, { id: basename(path), ...fields });
  }

  async function post(path: string, fields: Fields): Promise<void> {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    const headers = { authorization: `Basic ${Buffer.from(USER).toString('base64')}` };
    const { status } = await fetch(url + path, { method: 'POST', body, headers, redirect: 'manual' });
    if (status >= 400) throw new Error(`Zope answered ${status} to ${path}.`);
  }
}

type Fields = Readonly<Record<string, string | Blob>>;
