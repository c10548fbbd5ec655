// Why there was no response: what a page can find out by asking in other ways.

import { afterEach, describe, expect, it, vi } from 'vitest';
import { probeIn } from '../../src/probe/probe-in.ts';
import type { ProbeOptions } from '../../src/probe/probe-request.ts';
import type { ProbeReport } from '../../src/probe/report.ts';
import { virtualEnvironment } from '../../src/testing.ts';

afterEach(() => vi.unstubAllGlobals());

/** What browsers answer a request that they keep from a page: nothing. */
const failed = () => Promise.reject(new TypeError('Failed to fetch'));
const answered = () => Promise.resolve(new Response(null, { status: 200 }));

type Network = (init: RequestInit) => Promise<Response>;

async function probeBehind(
  network: Network,
  url = 'https://other.test/events',
  options: ProbeOptions = {},
): Promise<{ report: ProbeReport; asked: RequestInit[]; timers: number }> {
  const asked: RequestInit[] = [];
  const environment = virtualEnvironment({
    fetch(_url, init = {}) {
      asked.push(init);
      return network(init);
    },
  });
  const probing = probeIn(environment, url, options);
  await environment.advance(30_000);
  return { report: await probing, asked, timers: environment.timers };
}

describe('no response', () => {
  it('is a missing permission where the server answers those who ask for none', async () => {
    const network: Network = ({ mode }) => (mode === 'no-cors' ? answered() : failed());
    const { report } = await probeBehind(network);
    expect(report).toMatchObject({ verdict: 'blocked', obstacle: 'cors', crossOrigin: true });
    expect(report.advice).toEqual([
      expect.stringContaining('Access-Control-Allow-Origin: https://app.test,'),
    ]);
    expect(report.text).toContain('answer          none: cors');
  });

  it('asks for more permissions where cookies, methods or headers want them', async () => {
    const network: Network = ({ mode }) => (mode === 'no-cors' ? answered() : failed());
    const options: ProbeOptions = { method: 'PUT', headers: { 'X-Token': '7' }, credentials: 'include' };
    const [advice] = (await probeBehind(network, undefined, options)).report.advice;
    expect(advice).toContain('Access-Control-Allow-Credentials: true');
    expect(advice).toContain('Access-Control-Allow-Methods: PUT and Access-Control-Allow-Headers: x-token');
  });

  it('is a refused preflight where the same without own headers is answered', async () => {
    const network: Network = ({ headers }) => (headers ? failed() : answered());
    const { report } = await probeBehind(network, undefined, { headers: { 'X-Token': '7' } });
    expect(report).toMatchObject({ verdict: 'blocked', obstacle: 'preflight' });
    expect(report.advice[0]).toContain('Access-Control-Allow-Headers: x-token');
  });

  it('is a redirect to a place that does not answer', async () => {
    const opaque = { type: 'opaqueredirect', status: 0 } as Response;
    const network: Network = ({ redirect }) => (redirect === 'manual' ? Promise.resolve(opaque) : failed());
    const { report } = await probeBehind(network, '/events');
    expect(report).toMatchObject({ verdict: 'blocked', obstacle: 'redirect', crossOrigin: false });
    expect(report.advice[0]).toContain('401');
  });

  it('is mixed content where a page of https asks for http, but not on this machine', async () => {
    expect((await probeBehind(failed, 'http://other.test/events')).report).toMatchObject({
      verdict: 'blocked',
      obstacle: 'mixed-content',
    });
    expect((await probeBehind(failed, 'http://localhost:80/events')).report.obstacle).toBe('no-connection');
    expect((await probeBehind(failed, 'http://127.0.0.1/events')).report.obstacle).toBe('no-connection');
  });

  it('is a browser that is offline', async () => {
    vi.stubGlobal('navigator', { onLine: false });
    expect((await probeBehind(failed)).report).toMatchObject({ verdict: 'unreachable', obstacle: 'offline' });
  });

  it('is no connection where nothing is answered, on whatever terms', async () => {
    const { report, asked } = await probeBehind(failed);
    expect(report).toMatchObject({ verdict: 'unreachable', obstacle: 'no-connection' });
    expect(asked.map(({ method = 'GET', mode, redirect }) => [method, mode ?? redirect])).toEqual([
      ['GET', undefined],
      ['GET', 'manual'],
      ['GET', 'no-cors'],
    ]);
  });

  it('is looked into without sending anything twice that is no GET', async () => {
    const { asked } = await probeBehind(failed, undefined, { body: 'x' });
    expect(asked.map(({ method = 'GET' }) => method)).toEqual(['POST', 'GET']);
    expect((await probeBehind(failed, '/events', { body: 'x' })).asked).toHaveLength(1);
  });

  it('is not waited for longer than 3 s, and leaves nothing', async () => {
    const network: Network = ({ redirect }) => (redirect ? new Promise(() => undefined) : failed());
    const { report, asked, timers } = await probeBehind(network, '/events');
    expect(report.obstacle).toBe('no-connection');
    expect(asked.at(-1)?.signal?.aborted).toBe(true);
    expect(timers).toBe(0);
  });
});
