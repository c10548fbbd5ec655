// The reference backend: a plain HTTP server that pushes by every technique, and fails on demand.
//
// Tests, browser pages, benchmarks and the playground all use it. Each endpoint is described at the head of its file:
// /events (events.ts), /numbered (numbered.ts), /scripted/NAME (script.ts), /llm (language-model.ts), /sijax (sijax.ts),
// /status, /html, /redirect, /echo (odd-pages.ts), /auth (below); faults for all of them by query (faults.ts); controls (control.ts).

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createChannels } from './channels.ts';
import { control, scriptKey, type Controlled } from './control.ts';
import { allowCrossOrigin } from './cross-origin.ts';
import { createEvents } from './events.ts';
import { receive, type Endpoint, type ReceivedRequest } from './exchange.ts';
import { readFault } from './faults.ts';
import { createHurting } from './hurting.ts';
import { languageModel } from './language-model.ts';
import { createLedger, keyOf, type ConnectionRecord } from './ledger.ts';
import { negotiate } from './negotiation.ts';
import { numbered } from './numbered.ts';
import { answer, answerStatus, echo, html, redirect, status } from './odd-pages.ts';
import { createScripts, play, type Step } from './script.ts';
import { createSijax, type ServerFunction } from './sijax.ts';
import { readAsset, type Asset } from './static-files.ts';
import { createWire } from './wire.ts';

export type { ConnectionRecord } from './ledger.ts';
export type { Step } from './script.ts';
export type { ServerFunction } from './sijax.ts';
export type { Asset } from './static-files.ts';

export interface ReferenceServer {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** The same server on another port, where one was asked for: to a browser, another origin. */
  readonly secondUrl: string | undefined;
  /** The n-th connection to /scripted/NAME plays connections[n]; after the last, the last repeats. Starts the log anew. */
  script(name: string, connections: Step[][]): void;
  /** One record per connection to /scripted/NAME. */
  log(name: string): ConnectionRecord[];
  publish(channel: string, message: { event?: string; data: unknown; id?: string }): void;
  /** Serves this under the path, before any file. */
  page(path: string, asset: Asset): void;
  /** Has everything under the path answered by this, before any file. The path ends with a slash. */
  answer(
    path: string,
    taker: (request: IncomingMessage, response: ServerResponse, url: URL) => void | Promise<void>,
  ): void;
  /** Adds functions that /sijax calls. */
  offer(functions: Readonly<Record<string, ServerFunction>>): void;
  /** Event connections open now. */
  readonly live: number;
  close(): Promise<void>;
}

export async function startServer(
  options: { port?: number; secondPort?: number } = {},
): Promise<ReferenceServer> {
  const channels = createChannels();
  const scripts = createScripts();
  const ledger = createLedger();
  const hurting = createHurting(ledger);
  const parts: Controlled = { channels, scripts, ledger, hurting };
  const pages = new Map<string, Asset>();
  const takers = new Map<string, Parameters<ReferenceServer['answer']>[1]>(); // by the beginning of the path
  const functions = new Map<string, ServerFunction>();
  const endpoints: Readonly<Record<string, Endpoint>> = {
    events: createEvents(channels),
    numbered,
    scripted,
    llm: languageModel,
    sijax: createSijax(functions),
    auth,
    status,
    html,
    redirect,
    echo,
  };

  const servers: Server[] = [];
  const url = await listen(options.port ?? 0);
  const secondUrl = options.secondPort === undefined ? undefined : await listen(options.secondPort);

  return {
    url,
    secondUrl,
    script(name, connections) {
      scripts.set(name, connections);
      ledger.forget(scriptKey(name));
    },
    log: (name) => [...ledger.report(scriptKey(name)).records],
    publish: (channel, message) => void channels(channel).publish(message),
    page: (path, asset) => void pages.set(path, asset),
    answer: (path, taker) => void takers.set(path, taker),
    offer(added) {
      for (const [name, each] of Object.entries(added)) functions.set(name, each);
    },
    get live() {
      return ledger.live;
    },
    close,
  };

  async function listen(port: number): Promise<string> {
    const server = createServer((incoming, response) => {
      handle(incoming, response).catch((error: unknown) => {
        // A client that left in the middle of its request is no mistake of ours.
        if (error !== incoming.errored) console.error(error);
        response.destroy();
      });
    });
    // A browser that reuses a connection in the moment the server closes it would see a failure nobody asked for.
    server.keepAliveTimeout = 120_000;
    servers.push(server);
    try {
      return await listenOn(server, port);
    } catch (error) {
      await close();
      throw error;
    }
  }

  async function close(): Promise<void> {
    const closed = servers.map(
      (server) => new Promise<void>((resolve) => void server.close(() => resolve())),
    );
    // Cut first, so that no record blames the client.
    for (const key of ledger.keys()) ledger.wires(key).forEach((wire) => wire.hurt('drop'));
    for (const server of servers) server.closeAllConnections();
    await Promise.all(closed);
  }

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    incoming.socket.setNoDelay(true);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    if (allowCrossOrigin(incoming, response)) {
      return ledger.preflight(keyOf(new URL(incoming.url ?? '/', url)));
    }
    const asked = new URL(incoming.url ?? '/', url);
    const [, taker] = [...takers].find(([path]) => asked.pathname.startsWith(path)) ?? [];
    if (taker) return taker(incoming, response, asked);
    const request = await receive(incoming, url);
    const name = request.url.pathname.split('/')[1] ?? '';
    const endpoint = Object.hasOwn(endpoints, name) ? endpoints[name] : undefined;
    if (endpoint) return serve(endpoint, request, response);
    const reply = await control(request, parts);
    if (reply) return sendJson(response, reply.status, reply.json);
    const { pathname } = request.url;
    sendAsset(response, pages.get(pathname) ?? (await readAsset(decodeURIComponent(pathname))));
  }

  async function serve(
    endpoint: Endpoint,
    request: ReceivedRequest,
    response: ServerResponse,
  ): Promise<void> {
    const key = keyOf(request.url);
    const fault = readFault(request.url.searchParams, ledger.count(key));
    const wire = createWire(response, fault);
    ledger.enter(key, request, wire);
    const greeting = hurting.greet(key, request, wire);
    if (greeting === 'cut') return wire.cut();
    if (greeting === 'empty') return answer(wire, 200, negotiate(request).writer.contentType, '');
    const failure = greeting === '502' ? 502 : fault.status;
    if (failure !== undefined) return answerStatus(wire, failure, request);
    await endpoint({ request, wire });
  }

  /** /scripted/NAME. The log counts this connection already, hence the one before. */
  function scripted(exchange: Parameters<Endpoint>[0]): void | Promise<void> {
    const { url: address } = exchange.request;
    const name = decodeURIComponent(address.pathname.split('/')[2] ?? '');
    const steps = scripts.steps(name, ledger.count(keyOf(address)) - 1);
    return steps ? play(steps, exchange) : answerStatus(exchange.wire, 404, exchange.request);
  }
}

/** /auth: 401 without an `Authorization`, 403 for `Bearer wrong`, else /numbered. */
const auth: Endpoint = (exchange) => {
  const { authorization } = exchange.request.headers;
  const text = 'text/plain; charset=utf-8';
  if (authorization === undefined) {
    return answer(exchange.wire, 401, text, 'Say who you are.\n', { 'WWW-Authenticate': 'Bearer' });
  }
  if (authorization === 'Bearer wrong') return answer(exchange.wire, 403, text, 'Not you.\n');
  return numbered(exchange);
};

function listenOn(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    });
  });
}

function sendJson(response: ServerResponse, code: number, json: unknown): void {
  response.writeHead(code, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(json === undefined ? undefined : JSON.stringify(json));
}

function sendAsset(response: ServerResponse, asset: Asset | undefined): void {
  const { contentType, body, headers } = asset ?? { contentType: 'text/plain', body: 'Not found.\n' };
  response.writeHead(asset ? 200 : 404, {
    'Content-Type': contentType,
    'Cache-Control': 'no-cache',
    ...headers,
  });
  response.end(body);
}
