// One origin for a page as the slides have it and for Orbited behind it, over a link that a test can cut.

import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { startAdversary, type Adversary } from '../server/adversary.ts';

/** What the page loads: Orbited's scripts, encke in their place, or encke with Orbited's own STOMP client. */
export type Client = "Orbited's scripts" | 'the drop-in' | "the drop-in, and Orbited's stomp.js";

export interface SlideOptions {
  readonly client: Client;
  /** As its URL has it. @defaultValue what the client takes by itself */
  readonly transport?: TransportName;
  readonly destinations: readonly string[];
  /** Whom the page tells. @defaultValue nobody */
  readonly login?: string;
}

/** The names of Orbited's transports in its URLs. */
export const TRANSPORTS = ['xhrstream', 'htmlfile', 'sse', 'longpoll', 'poll'] as const;
export type TransportName = (typeof TRANSPORTS)[number];

/** And in Orbited.js. */
const CLASSES: Record<TransportName, string> = {
  xhrstream: 'XHRStream',
  htmlfile: 'HTMLFile',
  sse: 'SSE',
  longpoll: 'LongPoll',
  poll: 'Poll',
};

export interface Front {
  /** The address of a page for a broker. */
  page(stompPort: number, options: SlideOptions): string;
  /** The link to all pages. */
  readonly link: Adversary;
  close(): Promise<void>;
}

const PROJECT = new URL('../../', import.meta.url);

const FILES: Record<string, () => Promise<Buffer>> = {
  '/jquery.js': () => file('node_modules/jquery/dist/jquery.min.js'),
  '/drop-in.js': () => file('dist/compat/orbited.min.js'),
};

/** @param orbited - its origin */
export async function startFront(orbited: string): Promise<Front> {
  const pages = new Map<string, string>();
  const server = createServer((asked, response) => void answer(asked, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const link = await startAdversary({
    target: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
  });

  return {
    link,
    page(stompPort, options) {
      const path = `/pages/${pages.size}`;
      pages.set(path, slidePage(stompPort, options));
      return link.url + path;
    },
    async close() {
      await link.close();
      server.closeAllConnections();
      server.close();
    },
  };

  async function answer(asked: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = asked.url ?? '/';
    const page = pages.get(path);
    if (page !== undefined)
      return void response.setHeader('content-type', 'text/html; charset=utf-8').end(page);
    const read = FILES[path];
    if (read) return void response.setHeader('content-type', 'text/javascript').end(await read());
    if (!/^\/(tcp|static)\b/.test(path)) return void response.writeHead(404).end();
    forward(asked, response);
  }

  /** As a proxy that buffers nothing: what breaks on one side breaks on the other. */
  function forward(asked: IncomingMessage, response: ServerResponse): void {
    const { method, headers, url } = asked;
    const onward = request(orbited + String(url), { method, headers, agent: false }, (answered) => {
      response.writeHead(answered.statusCode ?? 502, answered.headers);
      response.flushHeaders();
      answered.on('data', (piece: Buffer) => response.write(piece));
      answered.on('end', () => response.end());
      answered.on('error', () => response.destroy());
    });
    onward.setNoDelay(true);
    onward.on('error', () => (response.headersSent ? response.destroy() : response.writeHead(502).end()));
    response.on('close', () => onward.destroy());
    asked.pipe(onward);
  }
}

/** The page of the slides, with what their templates leave to fill in; a quotation mark that they lack is there. */
function slidePage(stompPort: number, { client, transport, destinations, login }: SlideOptions): string {
  const tag = (source: string): string => `<script src="${source}"></script>`;
  const isOriginal = client === "Orbited's scripts";
  const choice = !transport
    ? ''
    : isOriginal
      ? `Orbited.util.chooseTransport = function () { return Orbited.CometTransports.${CLASSES[transport]}; };`
      : `Orbited.settings.transports = ['${transport}'];`;
  const user = login === undefined ? '' : `, '${login}', '${login}'`;
  return `<!DOCTYPE html>
<html>
<head>
<title>Quiz</title>
<script>document.domain = document.domain;</script>
${tag('/jquery.js')}
${tag(isOriginal ? '/static/Orbited.js' : '/drop-in.js')}
<script>
said = []; frames = []; errors = [];
function debug(text) { said.push(text); }
onerror = function (message) { errors.push(String(message)); };
destpatterns = { dispatch: function (frame) { frames.push([frame.headers.destination, JSON.parse(frame.body)]); } };
Orbited.settings.port = location.port;
Orbited.settings.hostname = location.hostname;
Orbited.settings.streaming = true;
${choice}
TCPSocket = Orbited.TCPSocket;
</script>
${isOriginal ? tag('/static/JSON.js') : ''}
${client === 'the drop-in' ? '' : tag('/static/protocols/stomp/stomp.js')}
<script>
$(document).ready(function() {
    stomp = new STOMPClient();
    stomp.onopen = function() { debug('Connected.');};
    stomp.onclose = function(c) { debug('Lost Connection, Code: '+c);};
    stomp.onerror = function(error){ debug("Error: " + error);};
    stomp.onerrorframe = function(frame){ debug("Error: " + frame.body);};
    stomp.onconnectedframe = function() {
        ${destinations.map((destination) => `stomp.subscribe('${destination}');`).join('\n        ')}
        debug('Subscribed.');
    };
    stomp.onmessageframe = function(frame){
        // frame.headers.destination for channel, frame.body for JSON data
        destpatterns.dispatch(frame);
    };
    stomp.connect('127.0.0.1', ${stompPort}${user});
});
</script>
</head>
<body></body>
</html>
`;
}

function file(path: string): Promise<Buffer> {
  return readFile(fileURLToPath(new URL(path, PROJECT)));
}
