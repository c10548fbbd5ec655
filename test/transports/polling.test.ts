import { describe, expect, it } from 'vitest';
import { EMPTY_ANSWER_PAUSE, longPolling, polling } from '../../src/transports/polling.ts';
import { LONG_HOLD, type Answered, type End } from '../../src/transports/transport.ts';

function status(code: number): End {
  return {
    how: 'status',
    head: { status: code, url: 'https://app.test/', headers: new Headers() },
    body: '',
  };
}

const EMPTY: Answered = {
  elapsed: 0,
  messages: 0,
  isFurther: false,
  serverRetry: undefined,
  pollInterval: 5_000,
};

describe.each([
  ['longPolling', longPolling],
  ['polling', polling],
] as const)('an answer, by %s', (_, kind) => {
  it.each([204, 304, 408])('is %d: nothing yet', (code) => {
    expect(kind.isAnswer(status(code), 0)).toBe(true);
  });

  it.each([205, 400, 404, 429, 500, 502, 503, 504, 524])('is not %d, at once', (code) => {
    expect(kind.isAnswer(status(code), LONG_HOLD - 1)).toBe(false);
  });

  it('is a whole response, and no cut one', () => {
    expect(kind.isAnswer({ how: 'complete' }, 0)).toBe(true);
    expect(kind.isAnswer({ how: 'cut', error: new Error('cut') as never }, LONG_HOLD)).toBe(false);
  });
});

describe('the time limit of a gateway', () => {
  it.each([502, 504, 524])('answers a long poll by %d after a long hold: nothing yet', (code) => {
    expect(longPolling.isAnswer(status(code), LONG_HOLD)).toBe(true);
    expect(polling.isAnswer(status(code), LONG_HOLD)).toBe(false);
  });

  it('is not 503, by which a server refuses', () => {
    expect(longPolling.isAnswer(status(503), LONG_HOLD)).toBe(false);
  });
});

describe('the pause between two questions', () => {
  it('is the interval of the option for polling, whatever came', () => {
    expect(polling.pause(EMPTY)).toBe(5_000);
    expect(polling.pause({ ...EMPTY, messages: 3, isFurther: true })).toBe(5_000);
  });

  it('is none for a long poll that got further', () => {
    expect(longPolling.pause({ ...EMPTY, messages: 1, isFurther: true })).toBe(0);
  });

  it('is a second from the beginning of a long poll that brought nothing, or what the server has set', () => {
    expect(longPolling.pause(EMPTY)).toBe(EMPTY_ANSWER_PAUSE);
    expect(longPolling.pause({ ...EMPTY, elapsed: 400 })).toBe(EMPTY_ANSWER_PAUSE - 400);
    expect(longPolling.pause({ ...EMPTY, elapsed: 30_000 })).toBe(0);
    expect(longPolling.pause({ ...EMPTY, serverRetry: 3_000 })).toBe(3_000);
  });

  it('is a tenth of a second where messages without ids would come again and again', () => {
    expect(longPolling.pause({ ...EMPTY, messages: 1 })).toBe(100);
    expect(longPolling.pause({ ...EMPTY, messages: 1, elapsed: 100 })).toBe(0);
  });
});
