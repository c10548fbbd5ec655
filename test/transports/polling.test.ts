import { describe, expect, it } from 'vitest';
import { EMPTY_ANSWER_PAUSE, longPolling, polling } from '../../src/transports/polling.ts';
import { LONG_HOLD, type Answered, type Polling, type Tagged } from '../../src/transports/transport.ts';

const EMPTY: Answered = { elapsed: 0, messages: 0, startedAfter: '7', serverRetry: undefined };
const OPTIONS = { pollInterval: 5_000 };

/** How long after this answer the next question is due, which asks after `id`. */
function pause(kind: Polling, answered: Partial<Answered> = {}, id = '7'): number {
  return kind.pause({ ...EMPTY, ...answered }, id, OPTIONS);
}

describe.each([
  ['longPolling', longPolling],
  ['polling', polling],
] as const)('an answer, by %s', (_, kind) => {
  it.each([204, 304, 408])('is %d: nothing yet', (code) => {
    expect(kind.statuses(0)).toContain(code);
  });

  it.each([205, 400, 404, 429, 500, 502, 503, 504, 524])('is not %d, at once', (code) => {
    expect(kind.statuses(LONG_HOLD - 1)).not.toContain(code);
  });
});

describe('the time limit of a gateway', () => {
  it.each([502, 504, 524])('answers a long poll by %d after a long hold: nothing yet', (code) => {
    expect(longPolling.statuses(LONG_HOLD)).toContain(code);
    expect(polling.statuses(LONG_HOLD)).not.toContain(code);
  });

  it('is not 503, by which a server refuses', () => {
    expect(longPolling.statuses(LONG_HOLD)).not.toContain(503);
  });
});

describe('the pause between two questions', () => {
  it('is the interval of the option for polling, whatever came', () => {
    expect(pause(polling)).toBe(5_000);
    expect(pause(polling, { messages: 3 }, '8')).toBe(5_000);
  });

  it('is none for a long poll that got further', () => {
    expect(pause(longPolling, { messages: 1 }, '8')).toBe(0);
  });

  it('is a second from the beginning of a long poll that brought nothing, or what the server has set', () => {
    expect(pause(longPolling)).toBe(EMPTY_ANSWER_PAUSE);
    expect(pause(longPolling, { elapsed: 400 })).toBe(EMPTY_ANSWER_PAUSE - 400);
    expect(pause(longPolling, { elapsed: 30_000 })).toBe(0);
    expect(pause(longPolling, { serverRetry: 3_000 })).toBe(3_000);
  });

  it('is a tenth of a second where messages without ids would come again and again', () => {
    expect(pause(longPolling, { messages: 1 })).toBe(100);
    expect(pause(longPolling, { messages: 1, elapsed: 100 })).toBe(0);
  });
});

describe('what is known of the last answer', () => {
  it('is the tag of a whole one, and is said in the next question', () => {
    const known: Tagged = { etag: undefined };
    const head = { status: 200, url: 'https://app.test/', headers: new Headers({ etag: '"7"' }) };
    const asked = (): string | null => {
      const headers = new Headers();
      polling.ask?.(headers, known);
      return headers.get('if-none-match');
    };
    expect(asked()).toBe(null);
    polling.keep?.(known, head, true);
    expect(asked()).toBe('"7"');
    polling.keep?.(known, head, false);
    expect(asked()).toBe(null);
  });
});
