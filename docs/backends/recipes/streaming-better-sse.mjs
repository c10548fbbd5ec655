// An event stream with better-sse. Install: npm install better-sse. Run: node streaming-better-sse.mjs

import { createServer } from 'node:http';
import { createChannel, createSession } from 'better-sse';

const PORT = Number(process.env.PORT ?? 8000);
const HEARTBEAT = Number(process.env.HEARTBEAT ?? 15_000); // milliseconds
const KEPT = 1_000; // messages that a client may miss

const history = []; // { id, data }, the oldest first
const channel = createChannel();
let answers = 0; // being written now
let lastId = 0;

const ROUTES = {
  'GET /events': events,
  'POST /publish': publish,
  'POST /answer': answer,
  'GET /status': (request, response) => {
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ streams: channel.sessionCount, answers }));
  },
};

/** It knows the header, and the query parameter of encke as well as of two polyfills. */
async function events(request, response) {
  const session = await createSession(request, response, { keepAlive: HEARTBEAT, retry: null });
  // It pings after the first interval only. By a comment at once encke knows that nothing holds the stream back.
  response.write(':\n\n');
  if (session.lastId !== '') {
    for (const { id, data } of after(session.lastId)) session.push(data, 'message', id);
  }
  channel.register(session);
}

/** What came after an id; everything, when it is not an id of ours. */
function after(id) {
  return history.slice(history.findIndex((message) => message.id === id) + 1);
}

async function publish(request, response) {
  const data = JSON.parse(await bodyOf(request));
  const id = String((lastId += 1));
  history.push({ id, data });
  if (history.length > KEPT) history.shift();
  channel.broadcast(data, 'message', { eventId: id });
  response.writeHead(204).end();
}

/** As a language model does: word by word, until there are no more or the client has gone. */
async function answer(request, response) {
  const { prompt } = JSON.parse(await bodyOf(request));
  const session = await createSession(request, response, { serializer: (data) => data });
  answers++;
  session.once('disconnected', () => answers--);
  for (const word of prompt.split(' ')) {
    session.push(JSON.stringify({ word }));
    await new Promise((resolve) => setTimeout(resolve, 50));
    if (!session.isConnected) return;
  }
  session.push('[DONE]');
  response.end();
}

async function bodyOf(request) {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
}

createServer((request, response) => {
  const url = new URL(request.url, 'http://localhost');
  const route = ROUTES[`${request.method} ${url.pathname}`];
  if (route) route(request, response);
  else response.writeHead(404).end();
}).listen(PORT);
