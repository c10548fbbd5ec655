// nginx, run with a configuration of docs/ on ports and paths of the test's own.

import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { findProgram, startService, type FoundProgram, type Service } from './service.ts';

export interface NginxOptions {
  /** The program's path. */
  readonly path: string;
  /** A file of docs/, from there. */
  readonly file: string;
  /** What is written otherwise than in the file: text in it, and what stands there instead. Each must occur. */
  readonly changes: Readonly<Record<string, string>>;
  /** Files beside the configuration, by name. @defaultValue none */
  readonly files?: Readonly<Record<string, string | Buffer>>;
  readonly ports: readonly number[];
}

export interface Nginx extends Service {
  /** Has it read its configuration again: other workers take over. */
  reload(): Promise<void>;
}

const DOCS = fileURLToPath(new URL('../../docs/', import.meta.url));
const MODULE = '/usr/lib/nginx/modules/ngx_nchan_module.so';
const INSTALL = 'apt-get install nginx libnginx-mod-nchan';

/** nginx with Nchan, where both are there. */
export function findNchan(): FoundProgram {
  const found = findProgram('nginx', INSTALL);
  if ('missing' in found || existsSync(MODULE)) return found;
  return { missing: `Nchan is not installed here; try: ${INSTALL}` };
}

export async function startNginx(options: NginxOptions): Promise<Nginx> {
  const { path, file, changes, files = {}, ports } = options;
  const configuration = changed(readFileSync(DOCS + file, 'utf8'), { ...changes, ...NOT_AS_ROOT });
  let command: string[] = [];
  const service = await startService({
    path,
    files: { 'nginx.conf': configuration, ...files },
    values(folder) {
      // The folder is ours alone: where we are root, nginx's workers would be someone else.
      const user = process.getuid?.() === 0 ? 'user root;' : '';
      const orders = `daemon off; pid ${folder}/pid; ${user}`;
      command = ['-p', folder, '-e', 'stderr', '-c', 'nginx.conf', '-g', orders];
      return command;
    },
    ports,
  });
  return {
    ...service,
    async reload() {
      await promisify(execFile)(path, [...command, '-s', 'reload']);
    },
  };
}

/** Whoever runs the tests need not be root, to whom nginx's own folders belong. */
const NOT_AS_ROOT = {
  'http {': [
    'http { access_log off;',
    ...['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((user) => `${user}_temp_path ${user};`),
  ].join(' '),
};

function changed(text: string, changes: Readonly<Record<string, string>>): string {
  return Object.entries(changes).reduce((result, [from, to]) => {
    if (!result.includes(from)) throw new Error(`The configuration has no "${from}".`);
    return result.replaceAll(from, to);
  }, text);
}
