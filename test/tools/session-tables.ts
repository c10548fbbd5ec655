// Tables of docs/ that are made from the rules of the session.

import { BYTE_PATIENCE, EMPTY_ANSWER_PAUSE, HEAD_PATIENCE, TIE } from '../../src/session/attempt.ts';
import { DOUBT_LASTS, MUTE_STREAMS } from '../../src/session/ladder.ts';
import { HIGH_WATER } from '../../src/session/message-queue.ts';
import { ROOM } from '../../src/session/retry-delay.ts';
import { HEALTHY_AFTER, HIDDEN_SLOWDOWN } from '../../src/session/session.ts';
import { SETTLED_AFTER } from '../../src/session/settled-state.ts';
import { TRACE_LENGTH } from '../../src/session/trace.ts';
import { ROTATE_AFTER } from '../../src/session/turn.ts';
import {
  GATEWAY_STATUSES,
  LONG_HOLD,
  STATUS_VERDICTS,
  verdictOn,
  type Verdict,
} from '../../src/session/verdict.ts';
import type { Rhythm } from '../../src/transports/transport.ts';
import { LEAST_AGE, LEAST_PATIENCE, MISSED } from '../../src/session/watchdog.ts';
import { markdownTable } from './options-table.ts';

const MEANINGS: Record<Verdict['next'], string> = {
  again: 'nothing new: ask again by the rhythm',
  retry: 'connect again after the delay',
  done: '`done`',
  refresh: '`onUnauthorized`, then once more; without it, or a second time, fatal',
  forget: 'to a last event id: connect again without it, and `onResync`; else fatal',
  fatal: 'fatal, with status, headers and the first 4,096 characters of the body',
  'fall-back': 'the next transport',
};

/** What each status means, as `verdictOn` says. */
export function statusTable(): Promise<string> {
  const listed = Object.keys(STATUS_VERDICTS).map(Number);
  const statuses: [string, number][] = [
    ...listed.map((status): [string, number] => [String(status), status]),
    ['any other below 500', 404],
    [`${GATEWAY_STATUSES.join(', ')} after ${ms(LONG_HOLD)}`, 502],
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
  const rows = [...byMeaning].map(([meaning, labels]) => `| ${labels.join(', ')} | ${meaning} |`);
  const open =
    '| 200 to 299 but 204 and 205 | open, if a format reads its content type | the answer | the reply |';
  return markdownTable(['status', 'stream', 'long poll', 'request'], [open, ...rows]);
}

function meaningOf(status: number, once: boolean, rhythm: Rhythm): string {
  const head = { status, url: 'https://app.test/', headers: new Headers() };
  const attempt = { once, rhythm, resumed: true, elapsed: LONG_HOLD, isEmptyStream: false } as const;
  return MEANINGS[verdictOn({ how: 'status', head, body: '' }, attempt).next];
}

/** Every number that the session decides by and no option sets. */
export function limitsTable(): Promise<string> {
  const rows = [
    [
      'silence that counts as a lost connection',
      `${String(MISSED)} × the interval, at least ${ms(LEAST_PATIENCE)}`,
    ],
    ['age of the last byte, when the page wakes up and no interval is known', ms(LEAST_PATIENCE)],
    ['the same, where one is known', `the interval, at least ${ms(LEAST_AGE)}`],
    ['a stream has proved healthy', `one message, or ${ms(HEALTHY_AFTER)} open`],
    ['room of each connection of a page that waits to be made again', ms(ROOM)],
    ['no head: another transport is opened beside the stream', ms(HEAD_PATIENCE)],
    ['a head, and no byte: the same', ms(BYTE_PATIENCE)],
    ['a message of that one is held for a tie', ms(TIE)],
    ['streams in a row that may die mute', String(MUTE_STREAMS)],
    ['a change of transport is kept in mind', ms(DOUBT_LASTS)],
    ['shortest time from one empty answer of a long poll to the next', ms(EMPTY_ANSWER_PAUSE)],
    ['polls in a hidden tab', `${String(HIDDEN_SLOWDOWN)} × the interval`],
    ['text after which XHR streaming is opened anew', `${ROTATE_AFTER.toLocaleString('en')} characters`],
    ['messages that a loop may lag behind before a carrier is held back', HIGH_WATER.toLocaleString('en')],
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
