// What shall go wrong with a connection, read from its query.
//
//   drop=BYTES    the socket is destroyed after that many bytes of the body (reset=1: by a TCP reset)
//   hang=BYTES    nothing more after that many bytes; the socket stays open
//   status=CODE   the endpoint is not asked; the answer is this status (retryAfter=SECONDS: with that header)
//   head=MS       the head waits that long
//   hold=1        the body is kept back until its end (hold=all: the head too), as a buffering proxy does
//   cut=BYTES     the body leaves in slices of that size; slow=1 is the same as cut=1
//   gap=MS        milliseconds between two slices; without it a browser may read several at once
//   faults=LIST   one entry per connection with the same key: ok, 502, drop:300, hang:0, head:500, hold, slow, cut:7;
//                 entries join by `+` (head:500+drop:20); the last one serves all later connections

import type { CutKind } from './wire.ts';

export interface Fault {
  readonly status: number | undefined;
  readonly drop: number | undefined;
  readonly hang: number | undefined;
  /** Milliseconds before the head. */
  readonly head: number;
  readonly hold: boolean;
  readonly holdHead: boolean;
  /** Bytes per write. */
  readonly slice: number | undefined;
  /** Milliseconds between two slices. */
  readonly gap: number;
  readonly cutKind: CutKind;
}

/** The fault of the connection with this number (from 0) among those of its key. */
export function readFault(query: URLSearchParams, connection: number): Fault {
  const wishes = new URLSearchParams(query);
  const list = query.get('faults')?.split(',') ?? [];
  const entry = list[Math.min(connection, list.length - 1)] ?? 'ok';
  for (const part of entry.split(/[+ ]/)) {
    const [name = 'ok', value = '1'] = part.trim().split(':');
    if (/^\d+$/.test(name)) wishes.set('status', name);
    else if (name !== 'ok') wishes.set(name, value);
  }
  return toFault(wishes);
}

function toFault(wishes: URLSearchParams): Fault {
  const number = (name: string): number | undefined => {
    const text = wishes.get(name);
    return text === null || !/^\d+$/.test(text) ? undefined : Number(text);
  };
  const hold = wishes.get('hold');
  return {
    status: number('status'),
    drop: number('drop'),
    hang: number('hang'),
    head: number('head') ?? 0,
    hold: hold !== null,
    holdHead: hold === 'all',
    slice: wishes.has('slow') ? 1 : atLeastOne(number('cut')),
    gap: number('gap') ?? 0,
    cutKind: wishes.has('reset') ? 'reset' : 'fin',
  };
}

function atLeastOne(size: number | undefined): number | undefined {
  return size === undefined ? undefined : Math.max(size, 1);
}
