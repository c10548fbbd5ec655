// One origin for a page as the slides have it and for Orbited behind it, over a link that a test can cut.

import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { bundle } from '../browsers/bundle.ts';
import { startAdversary, type Adversary } from '../server/adversary.ts';

/** What a page loads: Orbited's scripts, encke in their place, encke with Orbited's own STOMP client, encke's modules. */
export const CLIENTS = [
  "Orbited's scripts",
  'the drop-in',
  "the drop-in, and Orbited's stomp.js",
  'the modules',
] as const;
export type Client = (typeof CLIENTS)[number];

export interface SlideOptions {
  readonly client: Client;
  readonly destinations: readonly string[];
  /** How the modules listen. @defaultValue as they do by themselves */
  readonly transport?: TransportName;
  /** User and password. @defaultValue none */
  readonly login?: string;
  /** Milliseconds after which a page that has lost its connection connects again. @defaultValue it never does */
  readonly again?: number;
}

/** The names of Orbited's transports in its URLs. */
export const TRANSPORTS = ['xhrstream', 'htmlfile', 'sse', 'longpoll', 'poll'] as const;
export type TransportName = (typeof TRANSPORTS)[number];

export interface Front {
  /** The address of a page for a broker. */
  page(stompPort: number, options: SlideOptions): string;
  /** The link to all pages. */
  readonly link: Adversary;
  close(): Promise<void>;
}

const PROJECT = new URL('../../', import.meta.url);

let modules: Promise<string> | undefined; // once for all pages

const FILES: Record<string, () => Promise<string | Buffer>> = {
  '/jquery.js': () => file('node_modules/jquery/dist/jquery.min.js'),
  '/drop-in.js': () => file('dist/compat/orbited.min.js'),
  '/modules.js': () => (modules ??= bundle('test/interop/page/orbited.ts', 'modules')),
};

/** @param orbited - its origin */
export async function startFront(orbited: string): Promise<Front> {
  const pages = new Map<string, string>();
  const server = createServer((asked, response) => {
    answer(asked, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  }).listen(0, '127.0.0.1');
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
function slidePage(stompPort: number, options: SlideOptions): string {
  const { client, transport, destinations, login, again } = options;
  const [user, choice] = [
    login && `, '${login}', '${login}'`,
    transport && `Orbited.listenBy('${transport}');`,
  ];
  return `<!DOCTYPE html>
<html>
<head>
<title>Quiz</title>
<script>document.domain = document.domain;</script>
${tags('/jquery.js', SCRIPTS[client][0])}
<script type="text/javascript">
said = []; frames = []; errors = [];
function debug(text) { said.push(text); }
onerror = function (message) { errors.push(String(message)); };
destpatterns = { dispatch: function (frame) { frames.push([frame.headers.destination, JSON.parse(frame.body)]); } };

Orbited.settings.port = location.port;
Orbited.settings.hostname = location.hostname;
Orbited.settings.streaming = true;
${choice ?? ''}
TCPSocket = Orbited.TCPSocket;
</script>
${tags(...SCRIPTS[client].slice(1))}
<script>
function connect() {
    stomp = new STOMPClient();
    stomp.onopen = function() { debug('Connected.');};
    stomp.onclose = function(c) { debug('Lost Connection, Code: '+c); ${again === undefined ? '' : `setTimeout(connect, ${again});`} };
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
    stomp.connect('127.0.0.1', ${stompPort}${user ?? ''});
}
$(document).ready(connect);
</script>
</head>
<body></body>
</html>
`;
}

/** The first stands before the page's settings. */
const SCRIPTS: Record<Client, readonly [string, ...string[]]> = {
  "Orbited's scripts": ['/static/Orbited.js', '/static/JSON.js', '/static/protocols/stomp/stomp.js'],
  'the drop-in': ['/drop-in.js'],
  "the drop-in, and Orbited's stomp.js": ['/drop-in.js', '/static/protocols/stomp/stomp.js'],
  'the modules': ['/modules.js'],
};

function tags(...sources: readonly string[]): string {
  return sources.map((source) => `<script src="${source}"></script>`).join('\n');
}

function file(path: string): Promise<Buffer> {
  return readFile(fileURLToPath(new URL(path, PROJECT)));
}
