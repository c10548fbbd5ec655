// How fast events reach a page, from a socket to a handler: native EventSource, a bare fetch loop, and encke.

import { readFileSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

/** The first is what the others are compared with. */
export const CLIENTS = [
  'native EventSource',
  'bare fetch + eventsource-parser',
  'encke, fetch streaming',
  'encke, XHR streaming',
  'encke, EventSource',
] as const;

/** Throughput: how many events, of how many bytes each on the wire; how often a fresh page takes them, and how many pages. */
export const BURST = { events: 100_000, bytes: 55, warmUp: 5, repeats: 7, rounds: 3 };

/** Latency: how many events, and the time between two, in milliseconds. */
export const TICKS = { events: 600, interval: 10 };

/** How many fresh pages of each client take one burst. */
export const COLD_PAGES = 9;

const TYPES = { '.js': 'text/javascript', '.html': 'text/html' };
const script = fileURLToPath(new URL('../../dist/encke.min.js', import.meta.url));

/** Serves the page, and the two streams. `peers` is the code of the bare fetch loop. */
export async function startBenchServer(peers: string): Promise<Server> {
  const burst = makeBurst();
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0];
    if (path === '/burst') sendStream(response).end(burst);
    else if (path === '/ticks') sendTicks(sendStream(response));
    else if (path === '/encke.js') send(response, '.js', readFileSync(script, 'utf8'));
    else if (path === '/peers.js') send(response, '.js', peers);
    else send(response, '.html', PAGE);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

export function urlOf(server: Server): string {
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
}

const PAGE =
  '<!doctype html><title>bench</title><script src="/encke.js"></script><script src="/peers.js"></script>';

function makeBurst(): Buffer {
  const parts = [];
  for (let n = 1; n <= BURST.events; n++) {
    const head = `id: ${String(n)}\ndata: `;
    parts.push(`${head}${'x'.repeat(BURST.bytes - head.length - 2)}\n\n`);
  }
  return Buffer.from(parts.join(''));
}

function sendTicks(response: ServerResponse): void {
  let sent = 0;
  const timer = setInterval(() => {
    sent++;
    response.write(`id: ${String(sent)}\ndata: ${String(performance.timeOrigin + performance.now())}\n\n`);
    if (sent === TICKS.events) {
      clearInterval(timer);
      response.end();
    }
  }, TICKS.interval);
  response.on('close', () => {
    clearInterval(timer);
  });
}

function sendStream(response: ServerResponse): ServerResponse {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.flushHeaders();
  return response;
}

function send(response: ServerResponse, kind: keyof typeof TYPES, body: string): void {
  response.writeHead(200, { 'content-type': TYPES[kind] }).end(body);
}
