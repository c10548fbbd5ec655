import { describe, expect, it } from 'vitest';
import { EnckeError } from '../../src/ground/errors.ts';
import { LONG_HOLD, verdictOn, type EndedAttempt } from '../../src/session/verdict.ts';
import type { End } from '../../src/transports/transport.ts';

const network = new EnckeError('network', 'cut');

const SUBSCRIPTION: EndedAttempt = {
  once: false,
  rhythm: 'stream',
  resumed: false,
  elapsed: 0,
  isEmptyStream: false,
};
const REQUEST: EndedAttempt = { ...SUBSCRIPTION, once: true };

function status(code: number, headers = new Headers()): End {
  return { how: 'status', head: { status: code, url: 'https://app.test/', headers }, body: 'why' };
}

describe('verdictOn, for a subscription', () => {
  it.each([
    [204, 'done'],
    [205, 'done'],
    [304, 'again'],
    [400, 'fatal'],
    [401, 'refresh'],
    [403, 'refresh'],
    [404, 'fatal'],
    [408, 'retry'],
    [410, 'fatal'],
    [425, 'retry'],
    [429, 'retry'],
    [500, 'retry'],
    [502, 'retry'],
    [503, 'retry'],
    [504, 'retry'],
    [599, 'retry'],
  ])('%d: %s', (code, next) => {
    const verdict = verdictOn(status(code), SUBSCRIPTION);
    expect(verdict.next).toBe(next);
    expect(verdict.error?.status).toBe(next === 'done' || next === 'again' ? undefined : code);
  });

  it.each([410, 412])('%d to a last event id: it is forgotten', (code) => {
    expect(verdictOn(status(code), { ...SUBSCRIPTION, resumed: true }).next).toBe('forget');
    expect(verdictOn(status(code), SUBSCRIPTION).next).toBe('fatal');
  });

  it.each(['answer', 'interval'] as const)(
    'takes 204, 304 and 408 to a poll for an empty answer (%s)',
    (rhythm) => {
      for (const code of [204, 304, 408]) {
        expect(verdictOn(status(code), { ...SUBSCRIPTION, rhythm })).toEqual({ next: 'again' });
      }
      expect(verdictOn(status(205), { ...SUBSCRIPTION, rhythm })).toEqual({ next: 'done' });
    },
  );

  it.each([502, 504, 524])('takes %d for an empty answer to a long poll only after a long hold', (code) => {
    const long = { ...SUBSCRIPTION, elapsed: LONG_HOLD };
    expect(verdictOn(status(code), { ...long, rhythm: 'answer' })).toEqual({ next: 'again' });
    expect(verdictOn(status(code), { ...long, rhythm: 'answer', elapsed: LONG_HOLD - 1 }).next).toBe('retry');
    expect(verdictOn(status(code), { ...long, rhythm: 'interval' }).next).toBe('retry');
    expect(verdictOn(status(code), long).next).toBe('retry');
    expect(verdictOn(status(503), { ...long, rhythm: 'answer' }).next).toBe('retry');
  });

  it('takes an event stream without a message for no answer to a poll, unless it was held', () => {
    const empty = { ...SUBSCRIPTION, rhythm: 'answer', isEmptyStream: true } as const;
    expect(verdictOn({ how: 'complete' }, empty).next).toBe('retry');
    expect(verdictOn({ how: 'complete' }, { ...empty, elapsed: LONG_HOLD }).next).toBe('again');
    expect(verdictOn({ how: 'complete' }, { ...empty, isEmptyStream: false }).next).toBe('again');
  });

  it('keeps the headers and the body of a refusal', () => {
    const headers = new Headers({ 'retry-after': '3' });
    expect(verdictOn(status(503, headers), SUBSCRIPTION).error).toMatchObject({ body: 'why', headers });
  });

  it.each([
    ['a clean end', { how: 'complete' }, 'retry'],
    ['a cut', { how: 'cut', error: network }, 'retry'],
    ['a transport that cannot work', { how: 'unusable', sent: false, error: network }, 'fall-back'],
    ['one that may have sent the request', { how: 'unusable', sent: true, error: network }, 'fall-back'],
    ['a request that cannot be built', { how: 'failed', error: network }, 'fatal'],
  ] satisfies [string, End, string][])('%s', (_, end, next) => {
    expect(verdictOn(end, SUBSCRIPTION).next).toBe(next);
  });
});

describe('verdictOn, for a request, which is never sent again', () => {
  it.each([204, 205])('%d is its end', (code) => {
    expect(verdictOn(status(code), REQUEST)).toEqual({ next: 'done' });
  });

  it.each([304, 404, 408, 429, 500, 503])('%d is fatal', (code) => {
    expect(verdictOn(status(code), REQUEST)).toMatchObject({ next: 'fatal', error: { status: code } });
  });

  it('a transport that cannot work makes room for the next only where nothing was sent', () => {
    expect(verdictOn({ how: 'unusable', sent: false, error: network }, REQUEST).next).toBe('fall-back');
    expect(verdictOn({ how: 'unusable', sent: true, error: network }, REQUEST)).toEqual({
      next: 'fatal',
      error: network,
    });
  });

  it('a clean end is its end, a cut is fatal', () => {
    expect(verdictOn({ how: 'complete' }, REQUEST)).toEqual({ next: 'done' });
    expect(verdictOn({ how: 'cut', error: network }, REQUEST)).toEqual({ next: 'fatal', error: network });
  });
});
