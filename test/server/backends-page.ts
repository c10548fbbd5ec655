// What the playground's page "Backends" talks to: the wire of old servers, as the tests with the real ones have it.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { HEADS, OrbitedModel, type BackendConnection, type Technique } from './orbited.ts';
import type { ReferenceServer } from './server.ts';

type Answer = (request: IncomingMessage, response: ServerResponse, url: URL) => void | Promise<void>;

/** Gives what ends it. */
export function answerAsBackends(server: Pick<ReferenceServer, 'answer'>): () => void {
  const model = new OrbitedModel({ backends: { 'clock:13': clock } });
  server.answer('/backends/pylons/', pylons);
  server.answer('/backends/zope/', zope);
  server.answer('/backends/orbited/', (...exchange) => orbited(model, ...exchange));
  return () => model.close();
}

/** Ten events, 0.3 s apart, without ids; with `middleware=in` all at once, when the last one is there. */
const pylons: Answer = async (_, response, url) => {
  const isHeld = url.searchParams.get('middleware') === 'in';
  let held = '';
  const head = { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' };
  if (!isHeld) response.writeHead(200, head).flushHeaders();
  for (let x = 0; x < 10 && !response.destroyed; x++) {
    await pause(300);
    const event = `data: ${x} ${(Date.now() / 1000).toFixed(2)}\n\n`;
    if (isHeld) held += event;
    else response.write(event);
  }
  if (isHeld) response.writeHead(200, head);
  response.end(held);
};

/** One event after 2 s at most. */
const zope: Answer = async (_, response) => {
  const wait = Math.round(Math.random() * 2_000);
  await pause(wait);
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.end(` After ${wait} millis - event fired!`);
};

/** A TCP server that says the time each second, and again what it is told. */
function clock(connection: BackendConnection): (bytes: string) => void {
  const say = (): void => connection.write(`It is ${new Date().toTimeString().slice(0, 8)}.\n`);
  const timer = setInterval(say, 1_000);
  connection.onClose(() => clearInterval(timer));
  return (bytes) => connection.write(`You said: ${bytes}`);
}

async function orbited(
  model: OrbitedModel,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const [, key, name = ''] = /\/tcp\/([^/]+)(?:\/(\w+))?$/.exec(url.pathname) ?? [];
  if (key === undefined) return void response.end(model.begin());
  const session = model.sessions.get(key);
  if (!session) return void response.writeHead(404).end();
  const ack = Number(url.searchParams.get('ack'));
  if (request.method === 'POST') {
    let body = '';
    for await (const chunk of request.setEncoding('latin1')) body += String(chunk);
    session.post(body, ack);
    return void response.end('OK');
  }
  if (!isTechnique(name)) return void response.writeHead(404).end();
  response.writeHead(200, { 'Content-Type': HEADS[name].type, 'Cache-Control': 'no-cache' });
  session.listen(name, ack, {
    write: (text) => void response.write(text, 'latin1'),
    end: () => void response.end(),
    isLost: () => response.destroyed,
  });
}

function isTechnique(name: string): name is Technique {
  return Object.hasOwn(HEADS, name);
}
