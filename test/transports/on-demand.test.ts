// A carrier whose code is loaded when it is opened.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as onDemand from '../../src/transports/on-demand.ts';
import { COMPLETE } from '../../src/transports/refusal.ts';
import type { Sink, TransportRequest } from '../../src/transports/transport.ts';
import { openRecorded } from './recorded.ts';

/** What the file holds; or else what loading it throws. */
let file: Record<string, (request: TransportRequest, sink: Sink) => () => void> | Error;

beforeEach(() => {
  vi.resetModules();
  vi.doMock('../../src/transports/rare.ts', () => {
    if (file instanceof Error) throw file;
    return file;
  });
});
afterEach(() => {
  vi.doUnmock('../../src/transports/rare.ts');
  vi.resetModules();
  vi.unstubAllGlobals();
});

const CARRIERS = [
  ['xhrStream', 'openXhr'],
  ['eventSource', 'openEventSource'],
  ['htmlFile', 'openHtmlFile'],
  ['iframe', 'openIframe'],
] as const;

const load = async (): Promise<typeof onDemand> => import('../../src/transports/on-demand.ts');

/** Long enough for a module that is there. */
const loaded = (): Promise<void> => vi.dynamicImportSettled();

describe.each(CARRIERS)('%s', (name, opener) => {
  it('is opened when its code has come, and is stopped as it says', async () => {
    const stop = vi.fn();
    const open = vi.fn((_request: TransportRequest, sink: Sink) => {
      queueMicrotask(() => sink.ended(COMPLETE));
      return stop;
    });
    file = { [opener]: open };
    const carrier = (await load())[name];
    const recorded = openRecorded(carrier.open);
    expect(open).not.toHaveBeenCalled();
    await loaded();
    expect(open.mock.calls[0]?.[0]).toMatchObject({ url: 'https://example.org/events' });
    await vi.waitFor(() => expect(recorded.calls).toEqual([['ended', COMPLETE]]));
    recorded.stop();
    expect(stop).toHaveBeenCalledOnce();
  });
});

describe('a carrier whose code is on its way', () => {
  it('is not opened once it is stopped', async () => {
    const open = vi.fn(() => () => undefined);
    file = { openXhr: open };
    const { xhrStream } = await load();
    const recorded = openRecorded(xhrStream.open);
    recorded.stop();
    await loaded();
    expect([open.mock.calls, recorded.calls]).toEqual([[], []]);
  });

  it('says nothing once it is stopped, also where its code does not come', async () => {
    file = new Error('Gone.');
    const { xhrStream } = await load();
    const recorded = openRecorded(xhrStream.open);
    recorded.stop();
    await loaded();
    expect(recorded.calls).toEqual([]);
  });
});

describe('a carrier whose code does not come', () => {
  it('is unusable, and has sent nothing', async () => {
    file = new Error('Gone.');
    const { iframe } = await load();
    const recorded = openRecorded(iframe.open);
    await vi.waitFor(() => expect(recorded.end).toBeDefined());
    expect(recorded.end).toMatchObject({
      how: 'unusable',
      sent: false,
      error: { code: 'unusable', message: 'Its code could not be loaded.' },
    });
  });

  it('has no connection where the browser is offline', async () => {
    file = new Error('Gone.');
    vi.stubGlobal('navigator', { onLine: false });
    const { iframe } = await load();
    const recorded = openRecorded(iframe.open);
    await vi.waitFor(() => expect(recorded.end).toBeDefined());
    expect(recorded.end).toMatchObject({ how: 'cut', error: { code: 'network' } });
  });
});
