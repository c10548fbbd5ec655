// The life of a page that subscribes: everything that can happen in it, drawn by chance.

import fc from 'fast-check';
import type { PageEvent } from '../../src/session/page-lifecycle.ts';
import { ROTATE_AFTER } from '../../src/parts/rotation.ts';
import { HEALTHY, type Fate, type Rung } from './numbered-server.ts';

export type Act = 'close' | 'abort' | 'reconnect' | 'on' | 'off' | 'loop' | 'leave';

/** One thing that happens. */
export type Step =
  | { readonly does: 'wait' | 'sleep' | 'retry'; readonly milliseconds: number }
  | { readonly does: 'publish' | 'comment'; readonly characters: number }
  | { readonly does: 'cut' | 'end' | 'subscribe' }
  | { readonly does: 'page'; readonly event: PageEvent }
  | { readonly does: 'user'; readonly act: Act; readonly who: number };

/** The so many-th call of a handler does something. */
export interface Reaction {
  readonly handler: 'onMessage' | 'onState' | 'onTransport' | 'onError' | 'onResync' | 'retry';
  readonly call: number;
  readonly act: Act | 'subscribe';
  readonly who: number;
}

export interface Life {
  readonly rungs: readonly Rung[];
  readonly hasIds: boolean;
  readonly fates: readonly Fate[];
  readonly steps: readonly Step[];
  readonly reactions: readonly Reaction[];
  readonly heartbeat: number;
  readonly maxAttempts: number;
  readonly seed: number;
}

const milliseconds = fc.oneof(
  fc.constantFrom(0, 1, 20, 200, 250, 1_000, 2_999, 3_001, 5_001, 8_000, 14_000, 16_000),
  fc.integer({ min: 0, max: 20_000 }),
);

const fate: fc.Arbitrary<Fate> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record(
      { kind: fc.constant('serve' as const), head: milliseconds, first: milliseconds, lasts: milliseconds },
      { requiredKeys: ['kind', 'head', 'first'] },
    ),
  },
  { weight: 6, arbitrary: fc.constant(HEALTHY) },
  {
    weight: 4,
    arbitrary: fc.record(
      { kind: fc.constant('held' as const), showsHead: fc.boolean(), lasts: milliseconds },
      { requiredKeys: ['kind', 'showsHead'] },
    ),
  },
  { weight: 2, arbitrary: fc.constant<Fate>({ kind: 'mute' }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('refused' as const, 'killed' as const),
      after: milliseconds,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record(
      {
        kind: fc.constant('status' as const),
        status: fc.constantFrom(304, 401, 408, 410, 412, 425, 429, 500, 503),
        after: milliseconds,
        retryAfter: fc.constantFrom(0, 5, 60),
      },
      { requiredKeys: ['kind', 'status', 'after'] },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.oneof(
      fc.record({
        kind: fc.constant('status' as const),
        status: fc.constantFrom(204, 205, 404),
        after: milliseconds,
      }),
      fc.record({ kind: fc.constantFrom('html' as const, 'unusable' as const), after: milliseconds }),
    ),
  },
);

const who = fc.nat({ max: 2 });
const act = fc.constantFrom<Act[]>('close', 'abort', 'reconnect', 'on', 'off', 'loop', 'leave');

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ does: fc.constant('wait' as const), milliseconds }) },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constantFrom('wait' as const, 'sleep' as const),
      milliseconds: fc.constantFrom(20_000, 60_000, 400_000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constantFrom('sleep' as const, 'retry' as const), milliseconds }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constantFrom('publish' as const, 'publish' as const, 'comment' as const),
      characters: fc.constantFrom(0, 3, 9, 14, 100),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constant<Step>({ does: 'comment', characters: ROTATE_AFTER }),
  },
  { weight: 4, arbitrary: fc.record({ does: fc.constantFrom('cut' as const, 'end' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant('page' as const),
      event: fc.constantFrom<PageEvent[]>('visible', 'hidden', 'stored', 'restored', 'resumed', 'online'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('subscribe' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constant('user' as const), act, who }),
  },
);

const reaction: fc.Arbitrary<Reaction> = fc.record({
  handler: fc.constantFrom('onMessage', 'onState', 'onTransport', 'onError', 'onResync', 'retry'),
  call: fc.integer({ min: 1, max: 6 }),
  act: fc.oneof(act, fc.constant('subscribe' as const)),
  who,
});

export const lives: fc.Arbitrary<Life> = fc.record({
  rungs: fc.array(
    fc
      .record({
        rhythm: fc.constantFrom('stream' as const, 'stream' as const, 'answer' as const, 'interval' as const),
        isOpaque: fc.boolean(),
        sendsHeaders: fc.boolean(),
        keepsText: fc.boolean(),
      })
      .map((rung) => ({ ...rung, isOpaque: rung.isOpaque && rung.rhythm === 'stream' })),
    { minLength: 1, maxLength: 4 },
  ),
  hasIds: fc.boolean(),
  fates: fc.array(fate, { maxLength: 15, size: 'max' }),
  // As long as they may be: most of what goes wrong takes a while.
  steps: fc.array(step, { maxLength: 50, size: 'max' }),
  reactions: fc.array(reaction, { maxLength: 2 }),
  heartbeat: fc.constantFrom(0, 0, 10_000),
  maxAttempts: fc.constantFrom(Infinity, Infinity, 3),
  seed: fc.integer(),
});
