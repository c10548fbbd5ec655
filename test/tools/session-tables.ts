// Tables of docs/ that are made from the rules of the session.

import { BYTE_PATIENCE } from '../../src/parts/fall-back/attempt.ts';
import { DOUBT_LASTS, MUTE_STREAMS } from '../../src/parts/fall-back/ladder.ts';
import { ROTATE_AFTER } from '../../src/parts/rotation.ts';
import { SETTLED_AFTER } from '../../src/parts/settled-state.ts';
import { TRACE_LENGTH } from '../../src/parts/trace.ts';
import { LEAST_AGE, MISSED } from '../../src/parts/watchdog.ts';
import { HEAD_PATIENCE, LEAST_PATIENCE, TIE } from '../../src/session/patience.ts';
import { HIDDEN_SLOWDOWN } from '../../src/parts/page-life.ts';
import { HIGH_WATER } from '../../src/session/message-queue.ts';
import { ROOM } from '../../src/session/retry-delay.ts';
import { HEALTHY_AFTER } from '../../src/session/session.ts';
import { STATUS_VERDICTS, verdictOn, type Verdict } from '../../src/session/verdict.ts';
import { EMPTY_ANSWER_PAUSE, GATEWAY_STATUSES, longPolling } from '../../src/transports/polling.ts';
import { LONG_HOLD, type Rhythm } from '../../src/transports/transport.ts';
import { markdownTable } from './options-table.ts';

const MEANINGS: Record<Verdict['next'], string> = {
  again: 'nothing new: ask again',
  retry: 'connect again after the delay',
  done: '`done`',
  refresh: '`onUnauthorized`, then once more; without it, or at the second refusal, fatal',
  forget: 'with a last event id: connect again without it, and `onResync`; else fatal',
  fatal: 'fatal',
  'fall-back': 'the next transport',
};

/** What each status means, as `verdictOn` says. */
export function statusTable(): Promise<string> {
  const listed = Object.keys(STATUS_VERDICTS).map(Number);
  const statuses: [string, number][] = [
    ...listed.map((status): [string, number] => [String(status), status]),
    ['any other below 500', 404],
    [`${GATEWAY_STATUSES.join(', ')} after at least ${ms(LONG_HOLD)}`, 502],
    ['any other from 500 on', 500],
  ];
  const byMeaning = new Map<string, string[]>();
  for (const [label, status] of statuses) {
    const meaning = [
      meaningOf(status, false, 'stream'),
      meaningOf(status, false, 'answer'),
      meaningOf(status, true, 'stream'),
    ].join(' | ');
    byMeaning.set(meaning, [...(byMeaning.get(meaning) ?? []), label]);
  }
  const rows = [...byMeaning].map(([meaning, labels]) => {
    const isNested = labels.some((label) => label.includes(','));
    return `| ${labels.join(isNested ? '; ' : ', ')} | ${meaning} |`;
  });
  const open =
    '| 200 to 299, except 204 and 205 | open, if a format reads its content type | the answer | the reply |';
  return markdownTable(['status', 'stream', 'long poll', 'request'], [open, ...rows]);
}

function meaningOf(status: number, once: boolean, rhythm: Rhythm): string {
  const head = { status, url: 'https://app.test/', headers: new Headers() };
  const end = { how: 'status', head, body: '' } as const;
  const answers = rhythm === 'answer' ? longPolling.statuses(LONG_HOLD) : undefined;
  const { next } = verdictOn(end, { once, answers, resumed: true });
  // A stream has no rhythm of answers: the session connects again.
  return MEANINGS[next === 'again' && rhythm === 'stream' ? 'retry' : next];
}

/** Every number that the session decides by and no option sets. */
export function limitsTable(): Promise<string> {
  const rows = [
    [
      'silence of the server that counts as a lost connection',
      `${String(MISSED)} × the interval, at least ${ms(LEAST_PATIENCE)}`,
    ],
    [
      'age of the last byte at which a page that wakes up reconnects, while the interval is unknown',
      ms(LEAST_PATIENCE),
    ],
    ['the same, where the interval is known', `the interval, at least ${ms(LEAST_AGE)}`],
    ['a stream counts as healthy', `after one message, or ${ms(HEALTHY_AFTER)} open`],
    ['distance between the reconnections of one page to an origin', ms(ROOM)],
    ['wait for the head of a stream before a hedged request is made', ms(HEAD_PATIENCE)],
    ['wait for the first byte after the head before a hedged request is made', ms(BYTE_PATIENCE)],
    ['time for which a message of the hedged request is held back', ms(TIE)],
    ['streams in a row that may end without a message', String(MUTE_STREAMS)],
    ['time for which a change of transport is remembered', ms(DOUBT_LASTS)],
    ['shortest hold after which 502, 504 or 524 to a long poll means "nothing yet"', ms(LONG_HOLD)],
    ['shortest time from one empty answer of a long poll to the next', ms(EMPTY_ANSWER_PAUSE)],
    ['polls in a hidden tab', `${String(HIDDEN_SLOWDOWN)} × the interval`],
    [
      'text after which XHR streaming, htmlfile and iframe open a new request',
      `${ROTATE_AFTER.toLocaleString('en')} characters`,
    ],
    ['messages that a loop may lag behind before backpressure begins', HIGH_WATER.toLocaleString('en')],
    ['a state counts as settled', ms(SETTLED_AFTER)],
    ['entries of the trace', String(TRACE_LENGTH)],
  ];
  return markdownTable(
    ['what', 'how much'],
    rows.map(([what, amount]) => `| ${String(what)} | ${String(amount)} |`),
  );
}

function ms(duration: number): string {
  return duration >= 1_000 ? `${(duration / 1_000).toLocaleString('en')} s` : `${String(duration)} ms`;
}
