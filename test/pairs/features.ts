// The table of what touches one clock, one timer, one queue or one key: features of the client, and ways of servers.

import { fetchStream, longPoll, poll, type Transport } from '../../src/index.ts';
import { page, publish, sleep, status, meet, user, wait, type Role, type Row } from './life.ts';

/** As XHR, it keeps the text of its whole response, so that it is opened anew after 1 MB. */
const keepsText: Transport = { ...fetchStream, name: 'keeps-text', keepsText: true };

/** As XHR, it tells how much has been sent. */
const tellsProgress: Transport = {
  ...fetchStream,
  name: 'tells-progress',
  refuses: () => undefined,
  open(request, sink) {
    const stop = fetchStream.open(request, sink);
    let isStopped = false;
    for (const loaded of [1, 2, 3]) {
      void turns(loaded).then(() => !isStopped && request.onUploadProgress?.({ loaded, total: 3 }));
    }
    return () => {
      isStopped = true;
      stop();
    };
  },
};

/** A third of what such a transport keeps, and a bit. */
const THIRD = 360_000;

/** More than a loop may lag behind, twice. */
const FLOOD = 2_300;

export const FEATURES: readonly Row[] = [
  {
    name: 'watchdog',
    traits: { heartbeat: 10_000 },
    options: { heartbeat: 10_000 },
    script: [wait(35_000), publish(), wait(40_000), { does: 'deafen' }, wait(45_000), publish(), wait(5_000)],
  },
  {
    name: 'learned heartbeat',
    traits: { heartbeat: 5_000 },
    script: [wait(30_000), publish(), wait(20_000), { does: 'deafen' }, wait(45_000), publish(), wait(5_000)],
  },
  {
    name: 'learned rhythm',
    script: [
      ...Array.from({ length: 6 }, () => [publish(), wait(4_000)]).flat(),
      wait(25_000),
      publish(),
      { does: 'deafen' },
      wait(60_000),
    ],
  },
  {
    name: 'slow loop',
    script: [
      user('loop'),
      publish(),
      wait(100),
      publish(FLOOD),
      wait(45_000),
      publish(),
      wait(60_000),
      publish(),
    ],
  },
  {
    name: 'paused queue',
    traits: { told: 'by command' },
    hasQueue: true,
    script: [
      publish(5),
      wait(2_000),
      user('pause'),
      ...Array.from({ length: 12 }, () => [publish(12), wait(5_000)]).flat(),
      wait(40_000),
      user('go on'),
      wait(3_000),
      publish(),
      wait(1_000),
    ],
  },
  {
    name: 'hedging',
    script: [wait(9_000), publish(), wait(9_000), publish(), { does: 'cut' }, wait(12_000)],
  },
  {
    name: 'rotation',
    transports: [keepsText, longPoll],
    script: [
      publish(),
      wait(100),
      ...Array.from({ length: 4 }, () => [publish(1, THIRD), wait(100)]).flat(),
      publish(2),
      wait(1_000),
    ],
  },
  {
    name: 'long polling',
    traits: { knowsPolls: true, ids: 'kept' },
    transports: [longPoll],
    script: [wait(9_000), publish(), wait(30_000), publish(3), { does: 'cut' }, wait(3_000), publish()],
  },
  {
    name: 'polling',
    traits: { knowsPolls: true, ids: 'kept' },
    transports: [poll],
    script: [
      wait(9_000),
      publish(),
      wait(6_000),
      publish(3),
      { does: 'cut' },
      wait(7_000),
      publish(),
      wait(6_000),
    ],
  },
  {
    name: 'hidden',
    script: [page('hidden'), wait(12_000), publish(), wait(70_000), publish(), page('visible')],
  },
  {
    name: 'frozen',
    script: [
      publish(),
      page('hidden'),
      wait(5_000),
      page('frozen'),
      publish(2),
      wait(50_000),
      publish(),
      page('resumed'),
      wait(2_000),
      page('visible'),
      wait(2_000),
    ],
  },
  {
    name: 'put away',
    script: [
      publish(),
      wait(500),
      page('hidden'),
      page('stored'),
      publish(2),
      wait(8_000),
      page('restored'),
      page('visible'),
      wait(2_000),
      publish(),
    ],
  },
  { name: 'online', script: [publish(), wait(40_000), page('online'), wait(500), publish(), page('online')] },
  {
    name: 'sleep',
    script: [publish(), wait(3_000), sleep(100_000), wait(2_000), publish(), sleep(5_000), wait(100)],
  },
  {
    name: 'dead link',
    script: [publish(), wait(500), { does: 'deafen' }, wait(40_000), publish(), page('online'), wait(2_000)],
  },
  {
    name: 'dead after sleep',
    script: [
      publish(),
      wait(500),
      { does: 'deafen' },
      sleep(40_000),
      page('hidden'),
      page('visible'),
      wait(2_000),
    ],
  },
  {
    name: 'credentials',
    traits: { asksForTokens: true },
    cast: annAndBob,
    script: [
      publish(),
      wait(1_000),
      { does: 'expire' },
      { does: 'cut' },
      wait(5_000),
      publish(),
      { does: 'expire' },
      { does: 'end' },
      wait(200),
      publish(),
      wait(5_000),
    ],
  },
  {
    name: 'refused refresh',
    traits: { asksForTokens: true },
    cast: annAndBob,
    script: [
      publish(),
      wait(1_000),
      { does: 'lock out', who: 0 },
      { does: 'expire' },
      { does: 'cut' },
      wait(5_000),
    ],
  },
  {
    name: 'sharing',
    traits: { seats: 'many' },
    cast: (roles) => [...roles, ...roles.slice(0, 1), { ...first(roles), share: undefined, isLate: true }],
    script: [
      publish(),
      wait(500),
      publish(),
      { does: 'join', who: 2 },
      wait(500),
      publish(),
      user('close', 1),
      wait(100),
    ],
  },
  {
    name: 'sharing by name',
    cast: (roles) => [
      ...roles.map((role) => ({ ...role, share: 'page' as const })),
      { ...first(roles), share: 'page', isLate: true },
    ],
    script: [
      publish(),
      wait(500),
      publish(),
      { does: 'join', who: 1 },
      wait(500),
      publish(),
      user('close', 0),
      wait(100),
    ],
  },
  {
    name: 'sharing nothing',
    traits: { seats: 'many' },
    cast: (roles) => [0, 1].flatMap(() => roles.map((role) => ({ ...role, share: false as const }))),
    refuses: ({ name }) => (/shar|tabs/.test(name) ? 'either is shared or not' : undefined),
    script: [
      publish(),
      wait(500),
      { does: 'cut' },
      wait(2_000),
      publish(),
      user('close', 1),
      wait(100),
      publish(),
    ],
  },
  {
    name: 'tabs',
    cast: (roles) => [0, 1, 2].map((tab) => ({ ...first(roles), tab, share: { tabs: first(roles).user } })),
    script: [
      wait(1_000),
      publish(),
      wait(500),
      user('close', 0),
      wait(1_500),
      publish(),
      { does: 'crash', tab: 1 },
      wait(1_500),
      publish(),
      wait(500),
    ],
  },
  {
    name: 'resume',
    script: [
      publish(2),
      wait(500),
      { does: 'reload', tab: 0, last: 'stored' },
      publish(),
      wait(500),
      { does: 'reload', tab: 0, last: 'frozen' },
      wait(500),
      publish(),
      wait(500),
      { does: 'reload', tab: 0, last: 'hidden' },
      publish(),
      wait(500),
    ],
  },
  {
    name: 'replays',
    traits: { repeats: 2 },
    script: [
      publish(3),
      wait(100),
      { does: 'cut' },
      wait(2_000),
      publish(),
      { does: 'end' },
      wait(2_000),
      publish(),
    ],
  },
  {
    name: 'request',
    script: [
      { does: 'order' },
      wait(3),
      { does: 'order' },
      page('hidden'),
      wait(200),
      page('visible'),
      { does: 'order' },
    ],
  },
  {
    name: 'upload',
    transports: [tellsProgress, longPoll, poll],
    script: [
      { does: 'order' },
      wait(3),
      { does: 'order' },
      { does: 'withdraw' },
      wait(3),
      { does: 'order' },
      wait(1),
      { does: 'withdraw' },
      { does: 'cut' },
      wait(2_000),
    ],
  },
  {
    name: 'endOn',
    ends: 'endOn',
    script: [publish(), wait(500), { does: 'finish', who: 0 }, wait(500), publish(), wait(40_000)],
  },
  {
    name: 'until',
    ends: 'until',
    refuses: ({ ends }) => (ends ? 'a subscription ends once' : undefined),
    script: [publish(), wait(500), { does: 'finish', who: 0 }, wait(500), publish(), wait(40_000)],
  },
  {
    name: 'close',
    script: [
      publish(),
      wait(500),
      publish(),
      user('close'),
      publish(),
      wait(40_000),
      { does: 'join', who: 0 },
      wait(1),
    ],
  },
  {
    name: 'abort',
    script: [
      user('loop'),
      publish(3),
      user('abort'),
      wait(40_000),
      { does: 'join', who: 0 },
      wait(1_000),
      publish(),
    ],
  },
  {
    name: 'reconnect()',
    script: [publish(), wait(500), user('reconnect'), publish(), wait(3_000), user('reconnect')],
  },
  {
    name: 'bodies',
    // A POST is not asked twice.
    refuses: ({ traits }) =>
      traits?.way === 'head' || traits?.way === 'held' ? 'nothing is opened beside a POST' : undefined,
    cast: (roles) => ['red', 'blue'].flatMap((body) => roles.map((role) => ({ ...role, body }))),
    script: [
      publish(),
      publish(2, 0, 1),
      wait(500),
      { does: 'cut' },
      wait(3_000),
      publish(),
      publish(1, 0, 1),
    ],
  },
  {
    name: 'addresses',
    cast: (roles) => ['/events', '/news'].flatMap((path) => roles.map((role) => ({ ...role, path }))),
    script: [
      publish(),
      publish(2, 0, 1),
      wait(500),
      { does: 'cut' },
      wait(3_000),
      publish(),
      publish(1, 0, 1),
    ],
  },
  {
    name: 'retry',
    options: { retry: ({ delay }) => delay },
    script: [publish(), wait(500), { does: 'cut' }, status(404), status(500), wait(15_000), publish()],
  },
];

export const WORLDS: readonly Row[] = [
  {
    name: 'redirect within the origin',
    traits: { redirect: 'within' },
    script: [publish(), wait(500), { does: 'cut' }, wait(2_000), publish()],
  },
  {
    name: 'redirect to another origin',
    // A caller's own header costs a preflight, which nobody but the caller can spare.
    traits: { redirect: 'across', asksForTokens: false },
    script: [
      publish(),
      wait(500),
      { does: 'cut' },
      wait(2_000),
      publish(),
      { does: 'end' },
      wait(2_000),
      publish(),
    ],
  },
  {
    name: 'busy',
    script: [
      status(503, 5),
      wait(8_000),
      publish(),
      { does: 'cut' },
      status(429),
      status(500),
      wait(9_000),
      publish(),
    ],
  },
  {
    name: 'unreachable',
    script: [
      publish(),
      wait(300),
      { does: 'cut' },
      ...Array.from({ length: 3 }, () => meet({ kind: 'unreachable' })),
      wait(20_000),
      publish(),
    ],
  },
  { name: 'mute', script: [meet({ kind: 'mute' }), publish(), wait(20_000), publish(), wait(2_000)] },
  {
    name: 'gateway with a limit',
    traits: { way: 'limited' },
    script: [publish(), wait(30_000), publish(), wait(30_000), publish()],
  },
  {
    name: 'late head',
    traits: { isHeadLate: true, knowsPolls: false, heartbeat: 0 },
    script: [
      wait(9_000),
      publish(),
      wait(40_000),
      { does: 'cut' },
      wait(12_000),
      publish(),
      { does: 'cut' },
      wait(40_000),
      publish(),
      wait(90_000),
      publish(),
    ],
  },
  {
    name: 'one stream, a second is refused',
    traits: { seats: 'refuses', knowsPolls: false },
    script: [wait(9_000), publish(), wait(500), { does: 'cut' }, wait(12_000), publish()],
  },
  {
    name: 'one stream, a second ends the session',
    traits: { seats: 'ends', knowsPolls: false },
    script: [wait(9_000), publish(), wait(500), { does: 'cut' }, wait(12_000), publish()],
  },
  {
    name: 'one stream, a second takes its place',
    traits: { seats: 'replaces', knowsPolls: false },
    script: [wait(9_000), publish(), wait(500), { does: 'cut' }, wait(12_000), publish()],
  },
  {
    name: 'snapshots',
    traits: { snapshot: true, ids: 'none', knowsPolls: false, told: 'by data' },
    script: [publish(), wait(500), publish(2), { does: 'cut' }, publish(), wait(3_000), publish()],
  },
  {
    name: 'no ids',
    traits: { ids: 'none', knowsPolls: false },
    script: [wait(20), publish(2), wait(500), { does: 'cut' }, publish(), wait(3_000), publish()],
  },
  {
    name: 'numbers anew',
    traits: { ids: 'anew', knowsPolls: false, told: 'by name' },
    script: [
      wait(20),
      publish(2),
      wait(500),
      { does: 'cut' },
      wait(3_000),
      publish(3),
      wait(500),
      { does: 'end' },
      wait(2_000),
      publish(4),
    ],
  },
  {
    name: 'empty streams',
    traits: { isEmpty: true, knowsPolls: false },
    script: [wait(40_000), publish(), wait(90_000)],
  },
  ...([204, 304, 408, 502, 504] as const).map((emptyPoll): Row => ({
    name: `empty polls are ${emptyPoll}`,
    traits: { way: 'head', emptyPoll, knowsPolls: true, ids: 'kept' },
    script: [wait(9_000), publish(), wait(60_000), publish(), wait(30_000)],
  })),
  {
    name: 'held back',
    traits: { way: 'held', knowsPolls: true, ids: 'kept' },
    script: [wait(4_000), publish(), wait(9_000), publish(), wait(30_000), publish()],
  },
  {
    name: 'killed',
    traits: { way: 'killed', knowsPolls: true, ids: 'kept' },
    script: [wait(20_000), publish(), wait(5_000), publish(), wait(5_000)],
  },
  {
    name: 'gone',
    script: [
      publish(),
      wait(500),
      { does: 'cut' },
      status(404),
      wait(5_000),
      { does: 'join', who: 0 },
      wait(500),
      publish(),
    ],
  },
  {
    name: 'log-in page',
    script: [
      publish(),
      wait(500),
      { does: 'cut' },
      meet({ kind: 'html' }),
      wait(5_000),
      { does: 'join', who: 0 },
      wait(500),
    ],
  },
  {
    name: 'names alone',
    traits: { told: 'by name' },
    script: [publish(3), wait(500), { does: 'cut' }, wait(3_000), publish(2)],
  },
  {
    name: 'reconnection time',
    script: [
      { does: 'ask for retry', milliseconds: 4_000 },
      publish(),
      wait(500),
      { does: 'end' },
      wait(6_000),
      publish(),
    ],
  },
];

export const TABLE: readonly Row[] = [...FEATURES, ...WORLDS];

/** A row, or a pair (`one + other`), that is not drawn until what it shows is mended. */
export interface Awaited {
  readonly what: string;
  readonly why: string;
  /** Whether only lives made by chance show it. */
  readonly isRare?: boolean;
}

export const awaited: readonly Awaited[] = [
  {
    what: 'empty streams',
    why: 'a subscription that begins with a poll takes an empty stream for its answer',
    isRare: true,
  },
];

/** Each of them as ann, and the first as bob, too. */
function annAndBob(roles: readonly Role[]): readonly Role[] {
  return [...roles.map((role) => ({ ...role, user: 'ann' })), { ...first(roles), user: 'bob' }];
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await Promise.resolve();
}

function first(roles: readonly Role[]): Role {
  const [role] = roles;
  if (!role) throw new Error('Nobody subscribes.');
  return role;
}
