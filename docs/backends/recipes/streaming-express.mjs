// An event stream from Express, behind `compression`. Install: npm install express compression. Run: node streaming-express.mjs

import compression from 'compression';
import express from 'express';

const PORT = Number(process.env.PORT ?? 8000);
const HEARTBEAT = Number(process.env.HEARTBEAT ?? 15_000); // milliseconds
const KEPT = 1_000; // messages that a client may miss

const history = []; // { id, text }, the oldest first
const streams = new Set(); // responses of those who listen
let answers = 0; // being written now
let lastId = 0;

const app = express();
app.use(compression());

app.get('/events', (request, response) => {
  beginStream(response);
  const lastEventId = request.get('Last-Event-ID') ?? request.query.lastEventId ?? '';
  if (lastEventId !== '') for (const message of after(lastEventId)) write(response, message.text);
  streams.add(response);
  response.on('close', () => streams.delete(response));
});

/** What came after an id; everything, when it is not an id of ours. */
function after(id) {
  return history.slice(history.findIndex((message) => message.id === id) + 1);
}

app.post('/publish', express.text({ type: () => true }), (request, response) => {
  const id = String((lastId += 1));
  const lines = request.body.split(/\r\n?|\n/).map((line) => `data: ${line}\n`);
  const text = `id: ${id}\n${lines.join('')}\n`;
  history.push({ id, text });
  if (history.length > KEPT) history.shift();
  for (const stream of streams) write(stream, text);
  response.status(204).end();
});

/** As a language model does: word by word, until there are no more or the client has gone. */
app.post('/answer', express.json(), async (request, response) => {
  beginStream(response);
  answers++;
  response.on('close', () => answers--);
  for (const word of request.body.prompt.split(' ')) {
    write(response, `data: ${JSON.stringify({ word })}\n\n`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    if (response.closed) return;
  }
  write(response, 'data: [DONE]\n\n');
  response.end();
});

app.get('/status', (request, response) => {
  response.json({ streams: streams.size, answers });
});

function beginStream(response) {
  response.set({
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-cache',
    'X-Accel-Buffering': 'no',
  });
  write(response, ':\n\n');
}

function write(response, text) {
  response.write(text);
  // Else `compression` keeps it until there are 16 kB.
  response.flush();
}

setInterval(() => {
  for (const stream of streams) write(stream, ':\n\n');
}, HEARTBEAT);

app.listen(PORT);
