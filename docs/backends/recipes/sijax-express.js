// A Sijax backend in Express 5: node sijax-express.js

import { setTimeout as pause } from 'node:timers/promises';
import express from 'express';

const functions = {
  // A plain call is answered with a list of commands.
  greet(name) {
    return [{ type: 'html', selector: '#greeting', html: `Hello, ${escapeHtml(name)}!`, setType: 'replace' }];
  },

  // A comet call is answered with a list whenever there is something to show.
  async *work(steps) {
    for (let step = 1; step <= steps; step++) {
      await pause(100);
      const value = `${Math.floor((100 * step) / steps)}%`;
      yield [{ type: 'css', selector: '#progress', key: 'width', value }];
    }
  },
};

const app = express();

app.post('/sijax', express.urlencoded({ extended: false }), async (request, response) => {
  // Other sites must not call with the cookies of your users.
  if ((request.get('Sec-Fetch-Site') ?? 'same-origin') !== 'same-origin') return response.sendStatus(403);
  const { sijax_rq: name, sijax_args: text } = request.body ?? {};
  if (!Object.hasOwn(functions, name)) return response.sendStatus(404);
  const values = readList(text);
  if (values?.length !== functions[name].length) return response.sendStatus(400);
  const answer = await functions[name](...values);
  if (Array.isArray(answer)) return response.json(answer);
  await stream(answer, response);
});

function readList(text) {
  try {
    const values = JSON.parse(text);
    return Array.isArray(values) ? values : undefined;
  } catch {
    return undefined;
  }
}

async function stream(lists, response) {
  response.set({ 'Content-Type': 'text/html; charset=utf-8', 'X-Accel-Buffering': 'no' });
  // Some browsers wait for the first kilobyte of a frame.
  response.write(' '.repeat(1024) + '\n');
  for await (const commands of lists) {
    if (response.destroyed) return;
    // No HTML in a command may end the script.
    const script = JSON.stringify(commands).replaceAll('<', '\\u003c');
    response.write(`<script>window.parent.Sijax.processCommands(${script});</script>\n`);
  }
  response.end();
}

function escapeHtml(text) {
  return String(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

app.listen(process.env.PORT ?? 3000, '127.0.0.1');
