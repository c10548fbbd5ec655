import { describe, expect, it } from 'vitest';
import { createClient, eventStream } from '../src/index.ts';
import { DEFAULTS, resolveOptions } from '../src/options.ts';
import { EnckeError } from '../src/ground/errors.ts';
import { refuseValues } from '../src/parts/check/values.ts';
import { memoryTransport, virtualEnvironment } from '../src/testing.ts';

describe('resolveOptions', () => {
  it('puts every default in place', () => {
    expect(resolveOptions({})).toEqual({ ...DEFAULTS, method: 'GET' });
  });

  it('takes an option given as undefined for one not given', () => {
    expect(resolveOptions({ pollInterval: undefined, body: undefined })).toEqual(resolveOptions({}));
  });

  it.each([
    ['maxMessageSize', -1, 0],
    ['connectTimeout', -1, 0],
    ['longPollTimeout', -1, 0],
    ['pollInterval', 999, 1_000],
    ['retryDelay', -1, 0],
    ['maxRetryDelay', Number.NaN, 0],
    ['maxAttempts', -1, 0],
  ])('refuses %s of %d', (name, value, least) => {
    expect(() => refuseValues({ [name]: value })).toThrow(
      `${name} must be a number, at least ${String(least)}.`,
    );
    expect(() => refuseValues({ [name]: 'many' })).toThrow(name);
    expect(() => refuseValues({ [name]: least })).not.toThrow();
    expect(resolveOptions({ [name]: least })).toMatchObject({ [name]: least });
  });

  it('posts a body, and refuses one with GET', () => {
    expect(resolveOptions({ body: 'x' }).method).toBe('POST');
    expect(resolveOptions({ body: 'x', method: 'patch' }).method).toBe('PATCH');
    expect(() => refuseValues({ body: 'x', method: 'get' })).toThrow('A GET request has no body.');
    expect(() => refuseValues({ body: 'x', method: 'HEAD' })).toThrow('A HEAD request has no body.');
  });

  it.each([
    { method: 'TRACE' },
    { method: 'GET it' },
    { method: '' },
    { headers: { 'x-name': '\u20ac' } },
    { headers: [['x name', 'a']] },
    { headers: { 'x-name': 'a\nb' } },
    { credentials: 'some' },
  ])('refuses %j, which a browser would not send', (options) => {
    expect(() => refuseValues(options)).toThrow(EnckeError);
  });

  it.each([
    { method: 'propfind', headers: { 'x-name': '\u00e9', cookie: 'a' }, credentials: 'omit' },
    { headers: new Headers({ 'x-name': 'a' }) },
    { headers: () => ({ 'x-name': '\u20ac' }) },
  ])('takes %j', (options) => {
    expect(() => refuseValues(options)).not.toThrow();
  });

  it.each(['my-fn', 'señal', '', 'a b'])(
    'refuses the callback name "%s", which no frame could call',
    (callback) => {
      expect(() => refuseValues({ callback })).toThrow('callback must be a dotted name');
    },
  );

  it.each(['tab', true, 'all', {}, { tabs: 1 }, null])('refuses to share by %j', (share) => {
    expect(() => refuseValues({ share })).toThrow("share must be 'start', 'page', 'tabs'");
  });

  it.each([['page'], ['tabs'], [{ tabs: 'mine' }], [false]] as const)('shares by %j', (share) => {
    expect(resolveOptions({ share }).share).toEqual(share);
  });

  it.each([[['long-poll']], ['long-poll'], [{ open: () => undefined }]])(
    'refuses the transports %j',
    (given) => {
      expect(() => refuseValues({ transports: given })).toThrow('transports must be a list');
    },
  );

  it('refuses a last event id that no header could carry', () => {
    expect(() => refuseValues({ lastEventId: 'a\nb' })).toThrow('lastEventId a single line');
  });
});

describe('values of another type, which no compiler finds in a page', () => {
  const { subscribe, request } = createClient({
    transports: [memoryTransport()],
    formats: [eventStream],
    environment: virtualEnvironment(),
  });
  const untyped = subscribe as (url: string, options: unknown) => { close(): void };

  it.each([
    ['function', ['onMessage', 'onError', 'onState', 'parse', 'until', 'retry', 'fetch', 'onUnauthorized']],
    ['string', ['method', 'endOn', 'lastEventId', 'lastEventIdParam', 'transportParam']],
    ['number', ['retryDelay', 'maxAttempts', 'heartbeat']],
    ['AbortSignal', ['signal']],
    ['format such as eventStream', ['format']],
    ['command queue', ['commands']],
    ['object of functions', ['on']],
  ])('are refused where a %s is expected', (what, names) => {
    for (const name of names) {
      for (const value of [true, what === 'number' ? '5' : 5, { message: 5 }]) {
        expect(() => untyped('/events', { [name]: value }), `${name}: ${JSON.stringify(value)}`).toThrow(
          expect.objectContaining({
            code: 'invalid-option',
            message: expect.stringMatching(`^${name} must be an? ${what}`) as string,
          }) as Error,
        );
      }
    }
  });

  it('are refused for the options themselves', () => {
    for (const options of [null, () => undefined, 'POST']) {
      expect(() => untyped('/events', options)).toThrow(EnckeError);
    }
  });

  it.each([
    ['transports', { formats: [eventStream] }],
    ['transports', { transports: ['fetchStream'], formats: [eventStream] }],
    ['transports', { transports: memoryTransport(), formats: [eventStream] }],
    ['formats', { transports: [memoryTransport()] }],
    ['formats', { transports: [memoryTransport()], formats: ['json'] }],
  ])('are refused for the %s of a client', (name, parts) => {
    const untypedClient = createClient as (parts: unknown) => unknown;
    expect(() => untypedClient(parts)).toThrow(`${name} must be a list of ${name}`);
  });

  it('are none where nothing is given', () => {
    const nothing = { signal: null, body: null, on: { price: undefined }, onMessage: undefined };
    expect(() => {
      untyped('/events', nothing).close();
      (request as typeof untyped)('/events', nothing).close();
    }).not.toThrow();
  });
});
