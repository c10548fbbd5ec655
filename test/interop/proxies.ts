// Proxies as docs/proxies has them, each before a backend, on free ports of the loopback interface.

import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { documented, type Changes } from './documented.ts';
import { startConfigured } from './nginx.ts';
import { findProgram, freePort, startService, type FoundProgram, type Service } from './service.ts';

/** A proxy that runs, and the origins at which browsers find it. */
export interface Proxy<Origin extends string> extends Service {
  readonly origins: Readonly<Record<Origin, string>>;
}

const VITE = fileURLToPath(new URL('../../node_modules/vite/bin/vite.js', import.meta.url));

/** Where the application is in the files of docs/proxies. */
const APPLICATION = '127.0.0.1:8765';

/** nginx, where openssl is there as well, which makes its certificate. */
export function findNginx(): FoundProgram {
  const openssl = findProgram('openssl', 'apt-get install openssl');
  return 'missing' in openssl ? openssl : findProgram('nginx', 'apt-get install nginx');
}

/**
 * nginx, with `docs/proxies/nginx.conf` twice, and as it is when nobody has thought of streams.
 *
 * - `labelled`, `http2`: the application says `X-Accel-Buffering: no`.
 * - `unlabelled`: it does not; and silence on a stream may last a second, not an hour.
 * - `untouched`: it does not, and nothing is set but where it is, and compression.
 */
export async function startNginx(
  path: string,
  backend: string,
): Promise<Proxy<'labelled' | 'http2' | 'unlabelled' | 'untouched'>> {
  const labelled = await freePort();
  const http2 = await freePort();
  const unlabelled = await freePort();
  const spare = await freePort();
  const untouched = await freePort();
  const silent = await freePort();
  const application = new URL(backend).host;
  const config = (port: number, tls: number, changes: Changes): string =>
    documented('proxies/nginx.conf', {
      'listen 8080;': `listen 127.0.0.1:${port};`,
      'listen 8443 ssl http2;': `listen 127.0.0.1:${tls} ssl http2;`,
      ...changes,
    });

  const service = await startConfigured({
    path,
    configuration: around({ untouched, silent, application }),
    files: {
      ...(await certificate()),
      'labelled.conf': config(labelled, http2, { [APPLICATION]: application }),
      'unlabelled.conf': config(unlabelled, spare, {
        [APPLICATION]: `127.0.0.1:${silent}`,
        'proxy_read_timeout 1h;': 'proxy_read_timeout 1s;',
      }),
    },
    ports: [labelled, http2, unlabelled, untouched, silent],
  });
  const origins = {
    labelled: originOf(labelled),
    http2: originOf(http2, 'https'),
    unlabelled: originOf(unlabelled),
    untouched: originOf(untouched),
  };
  return { ...service, origins };
}

/** HAProxy, with `docs/proxies/haproxy.cfg`. */
export async function startHaproxy(
  path: string,
  backend: string,
  changes: Changes = {},
): Promise<Proxy<'web'>> {
  const web = await freePort();
  const config = documented('proxies/haproxy.cfg', {
    'bind :8080': `bind 127.0.0.1:${web}`,
    [APPLICATION]: new URL(backend).host,
    ...changes,
  });
  const service = await startService({
    path,
    values: (folder) => ['-db', '-f', join(folder, 'haproxy.cfg')],
    files: { 'haproxy.cfg': config },
    ports: [web],
  });
  return { ...service, origins: { web: originOf(web) } };
}

/** Vite's development server, with `docs/proxies/vite.config.js`, and the files as those of the project. */
export async function startVite(
  backend: string,
  files: Readonly<Record<string, string>>,
  changes: Changes = {},
): Promise<Proxy<'web'>> {
  const web = await freePort();
  const config = documented('proxies/vite.config.js', { [APPLICATION]: new URL(backend).host, ...changes });
  const service = await startService({
    path: process.execPath,
    values: (folder) => [VITE, folder, '--host', '127.0.0.1', '--port', String(web), '--strictPort'],
    files: { 'vite.config.js': config, 'package.json': '{ "type": "module" }', ...files },
    ports: [web],
    // It tries the port out first.
    says: 'ready in',
  });
  return { ...service, origins: { web: originOf(web) } };
}

/** What stands around the documented servers, and the two that no document shows. */
function around({ untouched, silent, application }: Around): string {
  return `
    events {}
    http {
      include labelled.conf;
      include unlabelled.conf;
      server {
        listen 127.0.0.1:${untouched};
        gzip on;
        gzip_types *;
        location / { proxy_pass http://127.0.0.1:${silent}; }
      }
      # nginx itself hands on no X-Accel-Buffering: behind this one, the application seems not to say it.
      server {
        listen 127.0.0.1:${silent};
        proxy_http_version 1.1;
        proxy_buffering off;
        proxy_set_header Host $http_host;
        location / { proxy_pass http://${application}; }
      }
    }
  `;
}

interface Around {
  /** The port of nginx as it is. */
  readonly untouched: number;
  /** The port at which the application says nothing of buffering. */
  readonly silent: number;
  /** Where the application is. */
  readonly application: string;
}

/** For 127.0.0.1, signed by itself. */
async function certificate(): Promise<Record<'certificate.pem' | 'key.pem', string>> {
  const folder = await mkdtemp(join(tmpdir(), 'encke-certificate-'));
  const [pem, key] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const elliptic = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  try {
    execFileSync('openssl', ['req', '-x509', ...elliptic, ...subject, '-keyout', key, '-out', pem], {
      stdio: 'pipe',
    });
    return { 'certificate.pem': await readFile(pem, 'utf8'), 'key.pem': await readFile(key, 'utf8') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function originOf(port: number, scheme = 'http'): string {
  return `${scheme}://127.0.0.1:${port}`;
}
