// An event stream from plain node:http. Run: node streaming-node.mjs

import { createServer } from 'node:http';

const PORT = Number(process.env.PORT ?? 8000);
const HEARTBEAT = Number(process.env.HEARTBEAT ?? 15_000); // milliseconds
const KEPT = 1_000; // messages that a client may miss

const history = []; // { id, text }, the oldest first
const streams = new Set(); // responses of those who listen
let answers = 0; // being written now
let lastId = 0;

const ROUTES = {
  'GET /events': events,
  'POST /publish': publish,
  'POST /answer': answer,
  'GET /status': (request, response) => {
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ streams: streams.size, answers }));
  },
};

function events(request, response, url) {
  beginStream(response);
  const lastEventId = request.headers['last-event-id'] ?? url.searchParams.get('lastEventId') ?? '';
  if (lastEventId !== '') for (const message of after(lastEventId)) response.write(message.text);
  streams.add(response);
  response.on('close', () => streams.delete(response));
}

/** What came after an id; everything, when it is not an id of ours. */
function after(id) {
  const place = history.findIndex((message) => message.id === id);
  return history.slice(place + 1);
}

async function publish(request, response) {
  const data = await bodyOf(request);
  const id = String((lastId += 1));
  const lines = data.split(/\r\n?|\n/).map((line) => `data: ${line}\n`);
  const text = `id: ${id}\n${lines.join('')}\n`;
  history.push({ id, text });
  if (history.length > KEPT) history.shift();
  for (const stream of streams) stream.write(text);
  response.writeHead(204).end();
}

/** As a language model does: word by word, until there are no more or the client has gone. */
async function answer(request, response) {
  const { prompt } = JSON.parse(await bodyOf(request));
  beginStream(response);
  answers++;
  response.on('close', () => answers--);
  for (const word of prompt.split(' ')) {
    response.write(`data: ${JSON.stringify({ word })}\n\n`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    if (response.closed) return;
  }
  response.end('data: [DONE]\n\n');
}

function beginStream(response) {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-cache',
    'X-Accel-Buffering': 'no', // for nginx
  });
  response.write(':\n\n');
}

async function bodyOf(request) {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
}

setInterval(() => {
  for (const stream of streams) stream.write(':\n\n');
}, HEARTBEAT);

const server = createServer((request, response) => {
  const url = new URL(request.url, 'http://localhost');
  const route = ROUTES[`${request.method} ${url.pathname}`];
  if (route) route(request, response, url);
  else response.writeHead(404).end();
});
server.listen(PORT);
