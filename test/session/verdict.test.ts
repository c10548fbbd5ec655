import { describe, expect, it } from 'vitest';
import { EnckeError } from '../../src/ground/errors.ts';
import { verdictOn, type EndedAttempt } from '../../src/session/verdict.ts';
import type { End } from '../../src/transports/transport.ts';

const network = new EnckeError('network', 'cut');

const SUBSCRIPTION: EndedAttempt = {
  once: false,
  resumed: false,
  answers: undefined,
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

  it.each([
    ['a status that says so', status(408)],
    ['a whole answer', { how: 'complete' }],
  ] satisfies [string, End][])('asks again after the answer to a poll: %s', (_, end) => {
    expect(verdictOn(end, { ...SUBSCRIPTION, answers: [408] })).toEqual({ next: 'again' });
    expect(verdictOn(end, { ...SUBSCRIPTION, answers: [408], once: true }).next).not.toBe('again');
  });

  it('takes no cut for the answer to a poll', () => {
    expect(verdictOn({ how: 'cut', error: network }, { ...SUBSCRIPTION, answers: [408] }).next).toBe('retry');
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
