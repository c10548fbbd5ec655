// nginx, run with a configuration of docs/ on ports and paths of the test's own.

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { changed, documented, type Changes } from './documented.ts';
import { findProgram, startService, type FoundProgram, type Service } from './service.ts';

interface RunOptions {
  /** The program's path. */
  readonly path: string;
  /** Files beside the configuration, by name. @defaultValue none */
  readonly files?: Readonly<Record<string, string | Buffer>>;
  readonly ports: readonly number[];
}

export interface ConfiguredOptions extends RunOptions {
  /** The whole configuration. */
  readonly configuration: string;
}

export interface NginxOptions extends RunOptions {
  /** A file of docs/, from there. */
  readonly file: string;
  /** What is written otherwise than in the file. */
  readonly changes: Changes;
}

export interface Nginx extends Service {
  /** Has it read its configuration again: other workers take over. */
  reload(): Promise<void>;
}

const MODULE = '/usr/lib/nginx/modules/ngx_nchan_module.so';
const INSTALL = 'apt-get install nginx libnginx-mod-nchan';

/** nginx with Nchan, where both are there. */
export function findNchan(): FoundProgram {
  const found = findProgram('nginx', INSTALL);
  if ('missing' in found || existsSync(MODULE)) return found;
  return { missing: `Nchan is not installed here; try: ${INSTALL}` };
}

export function startNginx({ file, changes, ...options }: NginxOptions): Promise<Nginx> {
  return startConfigured({ ...options, configuration: documented(file, changes) });
}

/** nginx with a configuration that is in no document as a whole. */
export async function startConfigured(options: ConfiguredOptions): Promise<Nginx> {
  const { path, configuration, files = {}, ports } = options;
  let command: string[] = [];
  const service = await startService({
    path,
    files: { 'nginx.conf': changed(configuration, NOT_AS_ROOT), ...files },
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
