// Sockets over an Orbited server in every engine: each technique, what breaks on the way, and the drop-in in a page as written.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startOrbited, type OrbitedServer } from '../server/orbited-server.ts';
import { createBroker, type StompBroker } from '../server/stomp-broker.ts';
import { bundle } from './bundle.ts';
import { borrow, findBrowsers, type Browser, type Found, type Page } from './drivers.ts';
import { skipIfMissing } from './missing.ts';

for (const found of findBrowsers()) describe(found.name, () => orbitedIn(found));

function orbitedIn(found: Found): void {
  let server: OrbitedServer;
  let broker: StompBroker;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    if ('missing' in found) return;
    broker = createBroker();
    const assets = new Map([
      ['/favicon.ico', script('')],
      ['/orbited.js', script(await bundle('test/browsers/page/orbited.ts', 'orbited'))],
      ['/compat.js', script(await bundle('src/compat/stomp/orbited-script.ts', 'unused'))],
      ['/page.html', html('<script src="/orbited.js"></script>')],
      ['/quiz.html', html(AS_WRITTEN)],
    ]);
    const backends = { 'echo:7': ECHO, 'broker:61613': broker.backend };
    server = await startOrbited({ backends }, assets);
    browser = await borrow(found);
    page = await browser.newPage(`${server.url}/page.html`);
  });
  afterAll(async () => {
    if ('missing' in found) return;
    await browser.close();
    server.close();
  });
  beforeEach((context) => skipIfMissing(found, context));

  it('sends and reads by every technique, and by carriers in the place of fetch', async () => {
    const texts = ['héllo ✓ ', 'x'.repeat(70_000), ' end'];
    const read = await page.run<Record<string, string>>('orbited.echoes', texts);
    expect(Object.keys(read)).toHaveLength(7);
    for (const text of Object.values(read)) expect(text).toBe(texts.join(''));
  });

  it('carries every byte', async () => {
    expect(await page.run('orbited.allBytes')).toEqual([...Array(256).keys()]);
  });

  it('reads and sends everything once and in order over twenty cuts', async () => {
    server.cuts = [300, ...Array.from({ length: 20 }, (_, at) => 270 + ((at * 37) % 190))];
    server.forgives = true;
    expect(await page.run('orbited.numbers', 100, 15)).toBe('each once, in order');
    server.forgives = false;
    expect(server.cuts).toEqual([]);
    await expect.poll(() => server.model.sessions.size).toBe(0);
  });

  it('falls back behind a proxy that holds', async () => {
    await page.goto(`${server.url}/page.html`);
    server.holds = true;
    server.listened.length = 0;
    const { transport, took, errors } = await page.run<{ transport: string; took: number; errors: string[] }>(
      'orbited.behindProxy',
    );
    server.holds = false;
    expect(transport).toBe('longpoll');
    expect(took).toBeLessThan(10_000);
    expect(errors.join(' ')).toContain('xhrstream is left: the server begins at once');
    expect(server.listened.filter((name) => name === 'xhrstream')).toHaveLength(1);
  });

  it('is a WebSocket to stompjs, for text and bytes', async () => {
    expect(await page.run('orbited.stomp')).toEqual({
      texts: ['héllo ✓\0end', '100000'],
      bytes: [0, 1, 255],
      receipt: true,
    });
  });

  it('leaves nothing on the server, whenever it is closed', async () => {
    await Promise.all([0, 1, 5, 20, 60, 200].map((delay) => page.run('orbited.closing', delay)));
    await expect.poll(() => server.live, { timeout: 1_000 }).toBe(0);
  });

  it('runs a page as written for Orbited, with one script for its three', async () => {
    broker.received.length = 0;
    await page.goto(`${server.url}/quiz.html`);
    await expect.poll(() => page.run('told')).toContain('connected');
    await expect
      .poll(() => broker.received.map(({ command }) => command))
      .toEqual(['CONNECT', 'SUBSCRIBE', 'SUBSCRIBE']);
    broker.publish('/games/1/status', Buffer.from('{"état": "✓"}').toString('latin1'));
    broker.publish('/games/1/nothing', 'not for us');
    await page.run(`stomp.send('[1]', '/games/1/players')`);
    await expect
      .poll(() => page.run('told'))
      .toEqual([
        'open',
        'connected',
        'MESSAGE /games/1/status {"état": "✓"}',
        'MESSAGE /games/1/players [1]',
      ]);
    expect(broker.received.at(-1)?.headers).toMatchObject({
      'content-type': 'text/plain',
      'content-length': '3',
    });
    broker.tell('ERROR', { message: 'no' }, 'No more.');
    await expect.poll(() => page.run<string[]>('told.slice(4)')).toEqual(['Error: No more.']);
    await page.run('stomp.disconnect()');
    await expect
      .poll(() => page.run<string[]>('told.slice(5)'))
      .toEqual([expect.stringMatching(/^lost \d{3}$/)]);
  });
}

const ECHO = ({ write }: { write(bytes: string): void }): ((bytes: string) => void) => write;

/** As Orbited's pages are, but for the tags of its scripts. */
const AS_WRITTEN = `
<script>document.domain = document.domain;</script>
<script src="/compat.js"></script>
<script>
Orbited.settings.port = location.port;
Orbited.settings.hostname = '127.0.0.1';
Orbited.settings.streaming = true;
TCPSocket = Orbited.TCPSocket;
</script>
<script>
told = [];
stomp = new STOMPClient();
stomp.onopen = function () { told.push('open'); };
stomp.onclose = function (c) { told.push('lost ' + c); };
stomp.onerror = function (error) { told.push('error ' + error); };
stomp.onerrorframe = function (frame) { told.push('Error: ' + frame.body); };
stomp.onconnectedframe = function () {
  told.push('connected');
  stomp.subscribe('/games/1/status');
  stomp.subscribe('/games/1/players');
};
stomp.onmessageframe = function (frame) {
  told.push(frame.type + ' ' + frame.headers.destination + ' ' + frame.body);
};
stomp.connect('broker', 61613);
</script>`;

function html(head: string): { contentType: string; body: string } {
  return {
    contentType: 'text/html; charset=utf-8',
    body: `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Orbited</title>${head}<body></body></html>`,
  };
}

function script(body: string): { contentType: string; body: string } {
  return { contentType: 'text/javascript; charset=utf-8', body };
}
