// The model of an Orbited server on a port, and what may stand between it and a page: cuts, and a proxy that holds.

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HEADS, OrbitedModel, type OrbitedOptions, type Technique } from './orbited.ts';

export interface OrbitedServer {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly model: OrbitedModel;
  /** The techniques that were asked by, in order. */
  readonly listened: string[];
  /** Responses that are not over. */
  readonly live: number;
  /** How many characters of each stream come before it is cut; nothing cuts where there is none left. */
  cuts: number[];
  /** Whether a proxy holds every body until its end. */
  holds: boolean;
  /** Whether it ends a stream that was cut without a failure, unlike the real one. */
  forgives: boolean;
  close(): void;
}

/** @param assets what else it serves, by path */
export async function startOrbited(
  options: OrbitedOptions,
  assets: ReadonlyMap<string, { readonly contentType: string; readonly body: string }>,
): Promise<OrbitedServer> {
  const model = new OrbitedModel(options);
  const live = new Set<ServerResponse>();
  const http = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1');
  await once(http, 'listening');
  const server: OrbitedServer = {
    url: `http://127.0.0.1:${String((http.address() as AddressInfo).port)}`,
    model,
    listened: [],
    get live() {
      return live.size;
    },
    cuts: [],
    holds: false,
    forgives: false,
    close() {
      model.close();
      http.closeAllConnections();
      http.close();
    },
  };
  return server;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    request.socket.setNoDelay(true);
    const url = new URL(request.url ?? '/', server.url);
    const asset = assets.get(url.pathname);
    if (asset) return void response.setHeader('content-type', asset.contentType).end(asset.body);
    live.add(response);
    response.on('close', () => live.delete(response));
    const [, key, technique] = /^\/tcp(?:\/([^/]+)(?:\/(.*))?)?$/.exec(url.pathname) ?? [];
    const session = model.sessions.get(key ?? '');
    const ack = Number(url.searchParams.get('ack'));
    if (url.pathname === '/tcp') return void response.end(model.begin());
    if (!session) return void response.writeHead(404).end('gone');
    if (request.method === 'POST') {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      session.post(body, ack);
      return void response.end('OK');
    }
    listen(session, technique as Technique, ack, response);
  }

  function listen(
    session: OrbitedModel['latest'],
    technique: Technique,
    ack: number,
    response: ServerResponse,
  ): void {
    server.listened.push(technique);
    const { type, begin } = HEADS[technique];
    let left = type === HEADS.xhrstream.type ? (server.cuts.shift() ?? Infinity) : Infinity;
    let held = '';
    response.setHeader('content-type', type);
    const write = (text: string): void => {
      if (server.holds) {
        held += text;
        return;
      }
      if (left <= 0) return;
      response.write(text.slice(0, left));
      if (text.length >= left) response.write('', () => response.destroy());
      left -= text.length;
    };
    const end = (): void => void response.end(held);
    try {
      session.listen(technique, ack, { write, end, isLost: () => response.destroyed && !server.forgives });
    } catch (error) {
      if (!begin) response.statusCode = 500;
      write(
        `<html><head><title>web.Server Traceback (most recent call last)</title></head><body>${String(error)}</body></html>`,
      );
      end();
    }
  }
}
