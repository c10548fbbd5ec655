// A server of the Model Context Protocol. Install: npm install @modelcontextprotocol/sdk zod. Run: node mcp.mjs
//
// /mcp with sessions and resuming, /stateless with neither, and /sse, the older transport.

import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { SSEServerTransport } from '@modelcontextprotocol/sdk/server/sse.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { z } from 'zod';

const PORT = Number(process.env.PORT ?? 8000);

/** Keeps what was sent, in order. The SDK's example sorts by ids that do not sort, and does not find the stream of a GET. */
function eventStore() {
  const events = []; // { id, stream, message }; a server that lives long must forget the oldest
  const placeOf = (id) => events.findIndex((event) => event.id === id);
  return {
    async storeEvent(stream, message) {
      const id = String(events.length + 1);
      events.push({ id, stream, message });
      return id;
    },
    async getStreamIdForEventId(id) {
      return events[placeOf(id)]?.stream;
    },
    async replayEventsAfter(id, { send }) {
      const { stream } = events[placeOf(id)];
      for (const event of events.slice(placeOf(id) + 1)) {
        // An event without a method or an id is the one that begins a stream.
        if (event.stream === stream && event.message.jsonrpc) await send(event.id, event.message);
      }
      return stream;
    },
  };
}

function makeServer() {
  const server = new McpServer({ name: 'example', version: '1' }, { capabilities: { logging: {} } });
  server.registerTool(
    'count',
    { description: 'Counts, and says how far it is.', inputSchema: { to: z.number() } },
    async ({ to }, { _meta, sendNotification }) => {
      for (let progress = 1; progress <= to; progress++) {
        await new Promise((resolve) => setTimeout(resolve, 30));
        const params = { progressToken: _meta?.progressToken ?? 0, progress, total: to };
        await sendNotification({ method: 'notifications/progress', params });
      }
      return { content: [{ type: 'text', text: `Counted to ${to}.` }] };
    },
  );
  server.registerTool(
    'announce',
    { description: 'Sends a message that no call has asked for.', inputSchema: { text: z.string() } },
    async ({ text }) => {
      await server.server.notification({
        method: 'notifications/message',
        params: { level: 'info', data: text },
      });
      return { content: [] };
    },
  );
  return server;
}

const sessions = new Map(); // transports by session id
const older = new Map();

async function withSession(request, response) {
  const id = request.headers['mcp-session-id'];
  if (id !== undefined) {
    const transport = sessions.get(id);
    if (transport) return transport.handleRequest(request, response);
    return response.writeHead(404).end('Session not found');
  }
  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: randomUUID,
    eventStore: eventStore(),
    onsessioninitialized: (session) => sessions.set(session, transport),
    onsessionclosed: (session) => sessions.delete(session),
  });
  await makeServer().connect(transport);
  return transport.handleRequest(request, response);
}

async function stateless(request, response) {
  if (request.method !== 'POST') return response.writeHead(405, { Allow: 'POST' }).end();
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  response.on('close', () => transport.close());
  await makeServer().connect(transport);
  return transport.handleRequest(request, response);
}

async function beginOlder(_, response) {
  const transport = new SSEServerTransport('/messages', response);
  older.set(transport.sessionId, transport);
  response.on('close', () => older.delete(transport.sessionId));
  await makeServer().connect(transport);
}

async function postOlder(request, response) {
  const id = new URL(request.url, 'http://localhost').searchParams.get('sessionId');
  const transport = older.get(id);
  if (transport) return transport.handlePostMessage(request, response);
  return response.writeHead(404).end();
}

const ROUTES = { '/mcp': withSession, '/stateless': stateless, '/sse': beginOlder, '/messages': postOlder };

createServer((request, response) => {
  const route = ROUTES[new URL(request.url, 'http://localhost').pathname];
  if (route) route(request, response).catch(() => response.destroy());
  else response.writeHead(404).end();
}).listen(PORT);
