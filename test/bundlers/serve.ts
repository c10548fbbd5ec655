// A server of files as they are, as a CDN is, that also streams one message.

import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

export interface Files {
  /** Of the pages. */
  readonly url: string;
  /** The same files from another origin, with the headers of a CDN. */
  readonly cdn: string;
  /** Pages that are made by hand, by path. */
  readonly pages: Map<string, string>;
  /** Paths of the scripts that were sent, in order. */
  readonly sent: string[];
  close(): void;
}

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };

export async function serveFiles(folder: string): Promise<Files> {
  const pages = new Map<string, string>();
  const sent: string[] = [];
  const server = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = String((server.address() as AddressInfo).port);
  return {
    url: `http://127.0.0.1:${port}`,
    cdn: `http://localhost:${port}`,
    pages,
    sent,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };

  async function answer({ url = '/' }: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, search } = new URL(url, 'http://localhost');
    if (search.includes('long-poll')) {
      response.setHeader('content-type', 'application/json').end('["hello"]');
      return;
    }
    if (pathname === '/events') {
      response.setHeader('content-type', 'text/event-stream').write('data: hello\n\n');
      return;
    }
    const body = pages.get(pathname) ?? (await readFile(join(folder, pathname)).catch(() => undefined));
    if (body === undefined) return void response.writeHead(404).end();
    if (pathname.endsWith('.js')) sent.push(pathname);
    const type = TYPES[extname(pathname)] ?? 'text/plain';
    response.setHeader('content-type', `${type}; charset=utf-8`);
    response.setHeader('access-control-allow-origin', '*').end(body);
  }
}
