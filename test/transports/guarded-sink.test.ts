// The laws that a carrier keeps by talking to a guarded sink: opened once, nothing after the end or the stop.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EnckeError } from '../../src/ground/errors.ts';
import { guardSink, type GuardedSink } from '../../src/transports/guarded-sink.ts';
import { COMPLETE, EXCERPT_TIME } from '../../src/transports/refusal.ts';
import type { Sink, Stop } from '../../src/transports/transport.ts';
import { openRecorded, settle, type Recorded } from './recorded.ts';

const HEAD = { status: 200, url: 'https://example.org/events' };
const PROBLEM = new EnckeError('encoding', 'No UTF-8.');

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A carrier that is played by hand. */
function carrier(
  meanwhile?: (name: string, stop: Stop) => void,
  ready?: Sink['ready'],
): { readonly recorded: Recorded; readonly guarded: GuardedSink; readonly released: () => number } {
  let guarded: GuardedSink | undefined;
  let released = 0;
  const recorded = openRecorded(
    (request, sink) => {
      guarded = guardSink(request, sink, () => void released++);
      return guarded.stop;
    },
    {},
    meanwhile,
    ready,
  );
  if (!guarded) throw new Error('It was opened.');
  return { recorded, guarded, released: () => released };
}

/** Everything a carrier may say. */
function sayAll(guarded: GuardedSink): void {
  guarded.opened(HEAD);
  guarded.text('x');
  guarded.alive();
  guarded.problem(PROBLEM);
  guarded.ended(COMPLETE);
}

describe('a guarded sink', () => {
  it('hands everything on while it lives', () => {
    const { guarded, recorded, released } = carrier();
    sayAll(guarded);
    expect(recorded.calls).toEqual([
      ['opened', HEAD],
      ['text', 'x'],
      ['alive'],
      ['problem', PROBLEM],
      ['ended', COMPLETE],
    ]);
    expect([guarded.isLive(), released()]).toEqual([false, 1]);
  });

  it('opens once', () => {
    const { guarded, recorded } = carrier();
    guarded.opened(HEAD);
    guarded.opened(HEAD);
    expect(recorded.calls).toEqual([['opened', HEAD]]);
  });

  it('says nothing after the end', () => {
    const { guarded, recorded } = carrier();
    guarded.ended(COMPLETE);
    sayAll(guarded);
    expect(recorded.calls).toEqual([['ended', COMPLETE]]);
    expect(guarded.ready()).toBeUndefined();
  });

  it('says nothing after the stop, and takes away what was put up', () => {
    const { guarded, recorded, released } = carrier();
    recorded.stop();
    sayAll(guarded);
    expect([recorded.calls, released()]).toEqual([[], 1]);
  });

  it('asks whether more is welcome while it lives', () => {
    const welcome = Promise.resolve();
    const { guarded, recorded } = carrier(undefined, () => welcome);
    expect(guarded.ready()).toBe(welcome);
    recorded.stop();
    expect(guarded.ready()).toBeUndefined();
  });

  it('takes away what was put up before it tells the end', () => {
    const releasedAtTheEnd: number[] = [];
    const played = carrier(() => releasedAtTheEnd.push(played.released()));
    played.guarded.ended(COMPLETE);
    expect(releasedAtTheEnd).toEqual([1]);
  });

  it('begins when the current code has ended', async () => {
    const { guarded } = carrier();
    const begun = vi.fn();
    guarded.begin(begun);
    expect(begun).not.toHaveBeenCalled();
    await settle();
    expect(begun).toHaveBeenCalledOnce();
  });

  it('does not begin what was stopped in the code that opened it', async () => {
    const { guarded, recorded } = carrier();
    const begun = vi.fn();
    guarded.begin(begun);
    recorded.stop();
    await settle();
    expect([begun.mock.calls, recorded.calls]).toEqual([[], []]);
  });

  it('tells what is thrown at the beginning as no connection', async () => {
    const { guarded, recorded } = carrier();
    const cause = new TypeError('Not allowed.');
    guarded.begin(() => {
      throw cause;
    });
    await settle();
    expect(recorded.calls).toHaveLength(1);
    expect(recorded.calls[0]?.[1]).toMatchObject({ how: 'cut', error: { code: 'network', cause } });
  });

  it('gives the body of a refusal its time, and not longer', async () => {
    const { guarded, recorded } = carrier();
    const conclude = vi.fn();
    guarded.refused(conclude);
    expect(recorded.calls).toEqual([['alive']]);
    await vi.advanceTimersByTimeAsync(EXCERPT_TIME - 1);
    expect(conclude).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(conclude).toHaveBeenCalledOnce();
  });

  it.each([
    ['it ended', (guarded: GuardedSink) => guarded.ended(COMPLETE)],
    ['it was stopped', (guarded: GuardedSink) => guarded.stop()],
  ])('waits for no body of a refusal once %s', (_, over) => {
    const { guarded } = carrier();
    guarded.refused(() => undefined);
    over(guarded);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('waits for no body of a refusal that the head itself has stopped', () => {
    const { guarded } = carrier((_, stop) => stop());
    guarded.refused(() => undefined);
    expect(vi.getTimerCount()).toBe(0);
  });
});
