// Express behind `compression`, whose author forgot to flush: what a page sees of it, and what encke says.

import compression from 'compression';
import express from 'express';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { probe } from '../../src/probe/probe.ts';

let origin: string;
let close: () => void;

beforeAll(async () => {
  const app = express();
  app.use(compression());
  app.get('/events', (request, response) => {
    if (request.query['transport'] === 'long-poll') {
      response.json(request.get('Last-Event-ID') === '1' ? [] : [{ id: '1', event: 'message', data: 'one' }]);
      return;
    }
    response.type('text/event-stream');
    response.write(':\n\nid: 1\ndata: one\n\n');
  });
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = () => {
    server.close();
    server.closeAllConnections();
  };
});
afterAll(() => close());

it('is found by the probe, which names the mend', async () => {
  const { verdict, advice } = await probe(`${origin}/events`, { duration: 1_500 });
  expect(verdict).toBe('held');
  expect(advice).toContain('Express with compression: res.flush() after each message.');
  expect(advice.join(' ')).toContain('subscribe falls back to it by itself');
});
