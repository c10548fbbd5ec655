// Before a server: counts the requests for each address, and how many of them are not answered yet. It has pages of its own.

import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Asset } from '../server/static-files.ts';

export interface Counts {
  /** Not answered yet. */
  readonly open: number;
  /** Most of them at once. */
  readonly most: number;
  readonly total: number;
}

export interface Counted {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** Of requests whose path, with its query, is this one. */
  count(path: string): Counts;
  close(): void;
}

/** @param pages - what it serves itself, by path */
export async function startCounting(
  target: string,
  pages: ReadonlyMap<string, Asset> = new Map(),
): Promise<Counted> {
  const counts = new Map<string, Counts>();
  const count = (path: string): Counts => counts.get(path) ?? { open: 0, most: 0, total: 0 };

  const server = createServer((asked, answer) => {
    const { url: path = '/', method, headers } = asked;
    const page = pages.get(path);
    if (page) return void answer.writeHead(200, { 'content-type': page.contentType }).end(page.body);
    const { open, most, total } = count(path);
    counts.set(path, { open: open + 1, most: Math.max(most, open + 1), total: total + 1 });
    let isOpen = true;
    const end = (): void => {
      const now = count(path);
      if (isOpen) counts.set(path, { ...now, open: now.open - 1 });
      isOpen = false;
    };
    const onward = request(target + path, { method, headers }, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer);
    });
    onward.on('error', () => answer.destroy());
    answer.on('finish', end).on('close', () => {
      end();
      onward.destroy();
    });
    asked.pipe(onward);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    count,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
