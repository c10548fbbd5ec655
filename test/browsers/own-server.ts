// A server whose every answer a test writes itself; it serves a page of `page/` as well.

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readAsset } from '../server/static-files.ts';
import { pageAssets, pagePath } from './bundle.ts';

/** Answers a request that is for no page. */
export type Answer = (request: IncomingMessage, response: ServerResponse, url: URL) => void;

export interface OwnServer {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** The address of its page. */
  readonly page: string;
  close(): void;
}

export const EVENT_STREAM = { 'content-type': 'text/event-stream', 'cache-control': 'no-store' } as const;

/** @param page the name of what is in `page/`, where it has a page */
export async function startOwn(answer: Answer, page?: string): Promise<OwnServer> {
  const assets = page === undefined ? new Map<string, never>() : await pageAssets(page);
  const server = createServer((request, response) => void serve(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return {
    url,
    page: url + pagePath(page ?? ''),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    request.socket.setNoDelay(true);
    const address = new URL(request.url ?? '/', url);
    const { pathname } = address;
    if (pathname === '/favicon.ico') return void response.writeHead(404).end();
    const asset =
      assets.get(pathname) ?? (pathname.startsWith('/dist/') ? await readAsset(pathname) : undefined);
    if (!asset) return answer(request, response, address);
    response.setHeader('content-type', asset.contentType).end(asset.body);
  }
}

/** Ends the connection in the middle of the answer, behind what was written. */
export function cut(response: ServerResponse): void {
  response.write('', () => response.socket?.end());
}
