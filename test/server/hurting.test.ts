// The wishes the playground adds: what heals by itself, what refuses, and what spares polls.

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createHurting } from './hurting.ts';
import type { Ledger } from './ledger.ts';
import { startPlayground } from './playground.ts';
import { startServer, type ReferenceServer } from './server.ts';
import type { Wire } from './wire.ts';

let server: ReferenceServer;

beforeEach(async () => {
  server = await startServer();
  server.publish('c', { data: 'a' });
});

afterEach(() => server.close());

const get = (query = '') => fetch(`${server.url}/events?channel=c&key=k&lastEventId=0${query}`);

async function hurt(wish: string, duration?: number): Promise<void> {
  const body = JSON.stringify({ do: wish, for: duration });
  const headers = { 'Content-Type': 'application/json' };
  const { status } = await fetch(`${server.url}/hurt?key=k`, { method: 'POST', body, headers });
  expect(status).toBe(204);
}

async function connections(): Promise<unknown> {
  const report = await fetch(`${server.url}/requests?key=k`);
  return ((await report.json()) as { connections: unknown }).connections;
}

function text(read: { value?: Uint8Array | undefined } | undefined): string {
  return new TextDecoder().decode(read?.value);
}

it('offline cuts the live ones, and new ones before a head', async () => {
  const victim = (await get()).text();
  await hurt('offline');
  await expect(victim).rejects.toThrow();
  await expect(get()).rejects.toThrow();
  await hurt('ok');
  expect((await get('&transport=poll')).status).toBe(200);
});

it('a drop between two polls cuts the next one, and only that', async () => {
  await hurt('drop');
  await expect(get('&transport=poll')).rejects.toThrow();
  expect((await get('&transport=poll')).status).toBe(200);
});

it('hang silences the live ones, and a new one goes on where they were', async () => {
  const victim = await get();
  await hurt('hang');
  server.publish('c', { data: 'b' });
  expect(await (await get('&transport=poll')).json()).toHaveLength(2);
  const reader = victim.body?.getReader();
  // What was on its way before.
  expect(text(await reader?.read())).toContain('data: a');
  const silence = reader?.read();
  await hurt('ok');
  expect(text(await silence)).toContain('data: b');
  await reader?.cancel();
});

it('a hang between two polls is the silence of the next one, and only of that', async () => {
  await hurt('hang');
  const victim = get('&transport=poll');
  await vi.waitFor(async () => expect(await connections()).toBe(1));
  expect((await get('&transport=poll')).status).toBe(200);
  await hurt('ok');
  expect((await victim).status).toBe(200);
});

it('buffer keeps back new streams with their heads, and leaves polls in peace', async () => {
  await hurt('buffer');
  let hasHead = false;
  const stream = get().then((response) => {
    hasHead = true;
    return response;
  });
  expect(await (await get('&transport=long-poll')).json()).toEqual([{ id: '1', data: 'a' }]);
  expect(hasHead).toBe(false);
  await hurt('ok');
  const reader = (await stream).body?.getReader();
  expect(text(await reader?.read())).toContain('data: a');
  await reader?.cancel();
});

it('mute ends new streams before their first event and leaves polls in peace', async () => {
  await hurt('mute');
  const stream = await get();
  expect(stream.headers.get('content-type')).toBe('text/event-stream');
  expect(await stream.text()).toBe('');
  expect(await (await get('&transport=long-poll')).json()).toEqual([{ id: '1', data: 'a' }]);
});

it('heals by itself when the time is over', async () => {
  await hurt('502', 20);
  expect((await get('&transport=poll')).status).toBe(502);
  await vi.waitFor(async () => expect((await get('&transport=poll')).status).toBe(200));
});

it('a new wish ends the time of the one before', () => {
  vi.useFakeTimers();
  const suffered: string[] = [];
  const wire = { hurt: (injury: string) => void suffered.push(injury) } as unknown as Wire;
  const hurting = createHurting({ wires: () => [wire] } as unknown as Ledger);
  hurting.apply('k', 'hang', 20);
  hurting.apply('k', 'hold', 40);
  vi.advanceTimersByTime(39);
  expect(suffered).toEqual(['hang', 'hold']);
  vi.advanceTimersByTime(1);
  expect(suffered).toEqual(['hang', 'hold', 'ok']);
  vi.useRealTimers();
});

it('the playground tells its second port, which serves the same channels', async () => {
  const playground = await startPlayground();
  const port = await (await fetch(`${playground.url}/second-port.json`)).text();
  const second = `${new URL(playground.url).protocol}//127.0.0.1:${port}`;
  expect(second).not.toBe(playground.url);
  const publish = (url: string) => fetch(`${url}/publish?channel=c`, { method: 'POST', body: 'x' });
  expect(await (await publish(playground.url)).json()).toEqual({ id: '1' });
  expect(await (await publish(second)).json()).toEqual({ id: '2' });
  await playground.close();
  await expect(publish(second)).rejects.toThrow();
});
