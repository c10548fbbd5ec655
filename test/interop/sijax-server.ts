// Flask-Sijax's own examples, and an application of ours, served by the real packages.

import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startProgram } from '../browsers/program.ts';
import { sijaxPackage, type Python } from './python.ts';

export const EXAMPLES = ['hello', 'chat', 'comet', 'upload'] as const;
export type Example = (typeof EXAMPLES)[number];

/** Everything that is served: the examples, and `beats.py`. */
const MODULES = [...EXAMPLES, 'beats'] as const;
export type Module = (typeof MODULES)[number];

/** The files that the pages of the examples load. */
export type ScriptName = 'jquery.min.js' | 'sijax.js' | 'sijax_comet.js' | 'sijax_upload.js';

/** JavaScript in the place of a page's own files, by their names. What is absent here stays as it is. */
export type Scripts = Readonly<Partial<Record<ScriptName, string>>>;

export interface SijaxServerOptions {
  /** Waitress speaks HTTP/1.1 and streams in chunks; Werkzeug's own server ends a stream by closing. */
  readonly server: 'waitress' | 'werkzeug';
  /** The path of a module that is imported before all others. @defaultValue none */
  readonly preload?: string;
  /** What the pages of an example load. @defaultValue what they ask for */
  readonly scripts?: (example: Example) => Scripts;
  /** Files of ours, by name, which every application serves in `/static/`. @defaultValue none */
  readonly files?: Readonly<Record<string, string>>;
}

/** One request as the server saw it. */
export interface Entry {
  readonly method: string;
  readonly path: string;
  /** How many pieces the application handed to the server. */
  readonly parts: number;
  /** `open` while it runs, `left` when nobody was there any more, or the message of an error. */
  readonly end: string;
}

export interface SijaxServer {
  /** Where an application has its page, and takes calls; with a path, that on its port. */
  url(module: Module, path?: string): string;
  /** What was asked of an application so far; files do not count. */
  ledger(module: Module): Promise<Entry[]>;
  close(): Promise<void>;
}

const OUR_MODULE = fileURLToPath(new URL('beats.py', import.meta.url));
const RUNNER = fileURLToPath(new URL('serve.py', import.meta.url));

/** Where it is not the root. */
const PAGES: Partial<Record<Module, string>> = { hello: '/sijax' };

/** Starts all applications in one program, each on a free port of the loopback interface. */
export async function startSijaxServer(python: Python, options: SijaxServerOptions): Promise<SijaxServer> {
  const { python: interpreter, examples } = await sijaxPackage(python);
  const folder = await mkdtemp(join(tmpdir(), 'encke-sijax-'));
  // The examples write Sijax's scripts into their own folder: each server has a copy.
  await cp(examples, folder, { recursive: true });
  const preload = options.preload === undefined ? [] : [options.preload];
  for (const module of [OUR_MODULE, ...preload]) await cp(module, join(folder, basename(module)));
  for (const example of EXAMPLES) await exchangeScripts(folder, example, options.scripts?.(example) ?? {});
  for (const [name, text] of Object.entries(options.files ?? {}))
    await writeFile(join(folder, 'static', name), text);

  const names = [...preload.map((path) => basename(path, '.py')), ...MODULES];
  const program = startProgram(interpreter, [RUNNER, folder, options.server, ...names], {});
  const close = async (): Promise<void> => {
    await program.stop();
    await rm(folder, { recursive: true, force: true });
  };
  const ports = await program.firstLine.catch(async (error: unknown) => {
    const log = await readFile(join(folder, 'server.log'), 'utf8');
    await close();
    throw new Error(log, { cause: error });
  });
  const origins = new Map(MODULES.map((module, index) => [module, originOf(ports.split(' ')[index])]));

  return {
    url: (module, path = PAGES[module] ?? '/') => `${origins.get(module)}${path}`,
    async ledger(module) {
      const response = await fetch(`${origins.get(module)}/ledger`);
      return (await response.json()) as Entry[];
    },
    close,
  };
}

/** Only the addresses in the page's script tags change; nothing else of the example does. */
async function exchangeScripts(folder: string, example: Example, scripts: Scripts): Promise<void> {
  const place = `static/exchanged/${example}`;
  await mkdir(join(folder, place), { recursive: true });
  const template = join(folder, 'templates', `${example}.html`);
  const html = await readFile(template, 'utf8');
  const files: [string, string][] = [];
  const exchanged = html.replace(/(<script[^>]*\ssrc=")([^"]+)"/g, (tag, before: string, source: string) => {
    const name = basename(source);
    const script = (scripts as Record<string, string>)[name];
    if (script === undefined) return tag;
    files.push([name, script]);
    return `${before}/${place}/${name}"`;
  });
  for (const [name, script] of files) await writeFile(join(folder, place, name), script);
  await writeFile(template, exchanged);
}

function originOf(port = ''): string {
  return `http://127.0.0.1:${port.trim()}`;
}
