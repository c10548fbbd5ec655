// The probe in front of servers that run, and of a network that misbehaves.

import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGzip } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { ProbeOptions } from '../../src/probe/probe-request.ts';
import { probe } from '../../src/probe/probe.ts';
import type { ProbeReport } from '../../src/probe/report.ts';
import { adversaryForTest } from '../server/adversary-for-test.ts';
import { gather, hold } from '../server/adversary.ts';
import { startServer, type ReferenceServer } from '../server/server.ts';

/** Long enough for a loopback, in milliseconds. */
const DURATION = 600;

let server: ReferenceServer;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

function ask(path: string, options: ProbeOptions = {}): Promise<ProbeReport> {
  return probe(server.url + path, { duration: DURATION, ...options });
}

describe('the reference server', () => {
  it('is live', async () => {
    const timer = setInterval(() => server.publish('probe', { data: 1 }), 150);
    onTestFinished(() => clearInterval(timer));
    const report = await ask('/events?channel=probe&heartbeat=100');
    expect(report).toMatchObject({ verdict: 'live', buffered: { answer: 'no' }, ending: 'open', advice: [] });
    expect(report.said.messages).toBeGreaterThan(2);
    expect(report.said.withId).toBe(report.said.messages);
    expect(report.heartbeat).toBeGreaterThan(50);
    expect(report.firstByteAfter).toBeLessThan(DURATION / 2);
  });

  it('hears the end of it', async () => {
    await ask('/events?channel=ended');
    await expect.poll(() => server.live).toBe(0);
  });

  it.each([204, 401, 403, 404, 500, 503])('refuses with %i', async (status) => {
    const report = await ask(`/status/${status}`);
    expect(report).toMatchObject({ verdict: 'refused', head: { status } });
    expect(report.advice).toHaveLength(1);
  });

  it('sends a page, and says where from', async () => {
    expect((await ask('/html')).verdict).toBe('page');
    const report = await ask('/redirect?to=/html');
    expect(report).toMatchObject({ verdict: 'page', head: { redirected: true } });
    expect(report.advice[0]).toContain(`${server.url}/html`);
  });

  it('has no head for a while', async () => {
    expect(await ask('/events?channel=slow&head=300')).toMatchObject({ verdict: 'live' });
    expect((await ask('/events?channel=slow&head=300')).head?.after).toBeGreaterThan(250);
    expect(await ask('/events?channel=slow&head=5000')).toMatchObject({ verdict: 'silent', ending: 'none' });
  });

  it('holds the stream back, which a long poll beside it shows', async () => {
    const { verdict, buffered, beside } = await ask('/events?channel=held&key=held&faults=hold,ok');
    expect([verdict, buffered.answer]).toEqual(['held', 'yes']);
    expect(beside).toMatchObject({ said: { messages: 1, format: 'json' } });
  });

  it('breaks it off', async () => {
    expect(await ask('/numbered?count=100&gap=20&drop=200')).toMatchObject({ verdict: 'cut', ending: 'cut' });
  });

  it('answers a poll', async () => {
    expect(await ask('/numbered?count=3&transport=poll')).toMatchObject({
      verdict: 'answered',
      said: { messages: 3 },
    });
  });
});

describe('a network that misbehaves', () => {
  it('holds streams back, and lets long polls pass', async () => {
    const { url } = await adversaryForTest({ target: server.url, misbehaviour: hold() });
    const report = await probe(`${url}/events?channel=behind`, { duration: DURATION });
    expect(report).toMatchObject({ verdict: 'held', buffered: { answer: 'yes' } });
    expect(report.advice.at(-1)).toContain('long polling');
  });

  it('holds heads back, too', async () => {
    const { url } = await adversaryForTest({ target: server.url, misbehaviour: hold('head') });
    const report = await probe(`${url}/events?channel=behind`, { duration: DURATION });
    expect(report).toMatchObject({ verdict: 'held', ending: 'none', buffered: { answer: 'yes' } });
  });

  it('collects blocks of 4 kB', async () => {
    const { url } = await adversaryForTest({ target: server.url, misbehaviour: gather(4_096) });
    const filling = setInterval(() => server.publish('blocks', { data: 'x'.repeat(700) }), 100);
    onTestFinished(() => clearInterval(filling));
    const report = await probe(`${url}/events?channel=blocks`, { duration: 2_500 });
    expect(report.verdict).toBe('held');
    expect(['yes', 'likely']).toContain(report.buffered.answer);
  });

  it('is no network', async () => {
    const adversary = await adversaryForTest({ target: server.url });
    await adversary.goDown();
    const report = await probe(`${adversary.url}/events`, { duration: DURATION });
    expect(report).toMatchObject({ verdict: 'unreachable', obstacle: 'no-connection', ending: 'failed' });
    expect(report.advice[0]).toContain('is down');
  });
});

describe('servers as people write them', () => {
  it('compress, and forget to flush', async () => {
    const url = await serve((_request, response) => {
      response
        .writeHead(200, { 'Content-Type': 'text/event-stream', 'Content-Encoding': 'gzip' })
        .flushHeaders();
      const zip = createGzip();
      zip.pipe(response);
      const timer = setInterval(() => zip.write('data: 1\n\n'), 50);
      response.on('close', () => clearInterval(timer));
    });
    const report = await probe(url, { duration: DURATION });
    expect(report).toMatchObject({ verdict: 'held', buffered: { answer: 'likely' } });
    expect(report.advice[0]).toContain('gzip');
  });

  it('send the whole with its length', async () => {
    const url = await serve((_request, response) => {
      response.setHeader('Content-Type', 'text/event-stream').end('data: 1\n\ndata: 2\n\n');
    });
    const { verdict, advice } = await probe(url, { duration: DURATION });
    expect(verdict).toBe('held');
    expect(advice[0]).toContain('Content-Length');
  });

  it('write when they are done', async () => {
    const url = await serve((_request, response) => {
      response.setHeader('Content-Type', 'text/event-stream');
      setTimeout(() => {
        response.write('data: 1\n\ndata: 2\n\n');
        response.end();
      }, 1_200);
    });
    expect(await probe(url, { duration: 3_000 })).toMatchObject({
      verdict: 'held',
      buffered: { answer: 'likely' },
    });
  });

  it('redirect to what does not answer', async () => {
    const url = await serve(
      (_request, response) => void response.writeHead(302, { Location: 'http://127.0.0.1:9/login' }).end(),
    );
    expect(await probe(url, { duration: DURATION })).toMatchObject({
      verdict: 'blocked',
      obstacle: 'redirect',
    });
  });
});

async function serve(listener: RequestListener): Promise<string> {
  const listening = createServer(listener);
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    listening.closeAllConnections();
    listening.close();
  });
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}/`;
}
