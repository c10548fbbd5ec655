// A server to live with: its events have names, data and ids of its own, each caller sees its own topic, and what the
// client does not read stays in the socket.
//
// It is reached by `fetch`. What it is like is a set of traits, which a life can change while it goes on.

import type { Clock, Tab } from './browser.ts';

/** What a server, and the way to it, are like. */
export interface Traits {
  /** `kept`: each event has one id, and history reaches back to the first. `anew`: each connection numbers from 0. */
  readonly ids: 'kept' | 'none' | 'anew';
  /** What tells one event from another. */
  readonly told: 'by data' | 'by name' | 'by command';
  /** Whether a stream begins with the whole state, on top of which changes follow. */
  readonly snapshot: boolean;
  /** How many events before the one resumed after are sent once more. */
  readonly repeats: number;
  /** Milliseconds from one comment to the next; 0 sends none. */
  readonly heartbeat: number;
  /** Whether the head comes only with the first event. */
  readonly isHeadLate: boolean;
  /** What the network makes of streams. `held`: nothing comes before the end; `head`: the head alone does. */
  readonly way: 'free' | 'held' | 'head' | 'killed' | 'limited';
  readonly redirect: 'none' | 'within' | 'across';
  /** What becomes of a second stream of a topic. */
  readonly seats: 'many' | 'refuses' | 'ends' | 'replaces';
  /** Whether it knows polls; else it takes them for streams. */
  readonly knowsPolls: boolean;
  /** How a long poll is answered when there is nothing to say; 0 by an empty list. */
  readonly emptyPoll: 0 | 204 | 304 | 408 | 502 | 504;
  /** Whether callers must show a token, each of their own. */
  readonly asksForTokens: boolean;
  /** Whether streams are answered with nothing, and ended at once. */
  readonly isEmpty: boolean;
}

export const PLAIN: Traits = {
  ids: 'kept',
  told: 'by data',
  snapshot: false,
  repeats: 0,
  heartbeat: 0,
  isHeadLate: false,
  way: 'free',
  redirect: 'none',
  seats: 'many',
  knowsPolls: true,
  emptyPoll: 0,
  asksForTokens: false,
  isEmpty: false,
};

/** One event of a topic. The first has the number 1. */
export interface Told {
  readonly topic: Topic;
  readonly number: number;
  readonly id: string;
  readonly event: string;
  readonly data: string;
}

/** What one caller sees: that of its URL, its body and its token. */
export interface Topic {
  readonly key: string;
  readonly events: Told[];
  /** All requests for it. */
  readonly turns: Turn[];
  /** The longest that its server has written nothing to a stream. Milliseconds. */
  longestGap: number;
  /** The longest that a client has waited for the next piece, awake or not. Milliseconds. */
  longestWait: number;
  /** Pages whose second stream was refused, or has cost the first its seat. */
  readonly takenBy: Set<Tab>;
  /** Whether the one that had its seat was ended: what is asked afterwards is answered 404. */
  isOver: boolean;
}

export type Technique = 'stream' | 'long-poll' | 'poll';

/** One request, and what became of it. */
export interface Turn {
  readonly tab: Tab;
  readonly topic: Topic;
  readonly technique: Technique;
  readonly cursor: string;
  readonly askedAt: number;
  /** `asked`: no head yet. */
  state: 'asked' | 'open' | 'over';
  openedAt: number;
  endedBy: 'server' | 'network' | 'client' | undefined;
  endedAt: number;
  /** The status of its head. */
  status: number;
  isEventStream: boolean;
  /** Number of the event that it began behind. */
  from: number;
  /** Number of the last event written. */
  at: number;
  /** Events that the client has read. */
  read: number;
  /** How often the client has waited a second or longer, and then read. */
  heard: number;
  /** When something was last written, and last read. */
  lastWrite: number;
  lastRead: number;
  /** Characters written, and read. */
  size: number;
  readSize: number;
  /** Whether the client waits for the next piece. */
  readonly isAwaited: boolean;
  /** Whether the client does not read what is there. */
  readonly isStuck: boolean;
  /** Nothing comes through for ever. */
  isDeaf: boolean;
  deafAt: number;
}

/** What the next request meets instead of an answer. */
export type Fate =
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: number }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'mute' }
  | { readonly kind: 'html' };

export interface ModelServerOptions {
  readonly clock: Clock;
  readonly traits: Traits;
  /** Whether the machine of the page sleeps: nothing comes to it then. */
  isAsleep(): boolean;
  /** A request has come. */
  asked(turn: Turn): void;
  /** The client has left a response that goes on. */
  left(turn: Turn): void;
  fault(sentence: string): void;
}

export interface ModelServer {
  readonly traits: Traits;
  fetch(tab: Tab): typeof fetch;
  topic(key: string): Topic;
  /** Every topic that was asked for. */
  readonly topics: readonly Topic[];
  publish(topic: Topic, count?: number, size?: number): void;
  /** The last word of a topic is said. */
  finish(topic: Topic): void;
  /** What it is. */
  lastWordOf(topic: Topic): string;
  /** The event with this name and data. */
  find(event: string, data: unknown): Told | undefined;
  /** Everything breaks. */
  cut(): void;
  /** Streams end as they should. */
  end(): void;
  /** Nothing comes through any more, and nobody is told. */
  deafen(): void;
  /** Tokens are no longer accepted. */
  expire(): void;
  /** Whether a request of this user was answered 401 since it was last asked. */
  hasRefused(user: string): boolean;
  /** The number of the token that a user must show. */
  tokenOf(user: string): number;
  /** Asks for this reconnection time. */
  askForRetry(milliseconds: number): void;
  meet(...fates: readonly Fate[]): void;
  /** What was wrong is mended, and new comments end. */
  heal(): void;
  /** Writes what has become possible. */
  pump(): void;
  stop(): void;
  /** Orders by what they carried. */
  readonly orders: ReadonlyMap<string, number>;
}

export const PAGE = 'https://app.test';
const FAR = 'https://push.test';

/** How long the network takes. Milliseconds. */
const LATENCY = 5;

/** How long a long poll waits for something to say. */
const LONG_POLL = 25_000;

/** After so long a middlebox kills a stream, and a gateway ends one. */
const KILLED_AFTER = 200;
const LIMIT = 20_000;

/** How many events are written at once. */
export const CHUNK = 50;

/** Request headers that need no preflight. */
const SIMPLE = new Set(['accept', 'accept-language', 'content-language']);

/** A turn, and the server's side of it. */
interface Line extends Turn {
  readonly outbox: { readonly bytes: Uint8Array; readonly events: number }[];
  /** Whether the server has looked at it. */
  isMet: boolean;
  /** Whether what is written comes through. */
  flows: boolean;
  /** The end is behind what was written. */
  ending: boolean;
  answer: ((response: Response) => void) | undefined;
  fail: (error: unknown) => void;
  controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  /** The client waits for the next piece. */
  wanted: (() => void) | undefined;
  /** Events of this connection, for a server that numbers anew. */
  numbered: number;
  readonly url: string;
}

export function createModelServer(options: ModelServerOptions): ModelServer {
  const { clock } = options;
  const topics = new Map<string, Topic>();
  const known = new Map<string, Told>();
  const orders = new Map<string, number>();
  const lines = new Set<Line>();
  let { traits } = options;
  const waiting: (() => void)[] = []; // for the machine to wake up
  let fates: Fate[] = [];
  let valid = new Map<string, number>(); // the number of the token of each user that is accepted
  const refused = new Set<string>(); // users, until they are asked
  let retry = '';
  let isStopped = false;
  const encoder = new TextEncoder();

  if (traits.heartbeat > 0) beat();

  return {
    get traits() {
      return traits;
    },
    fetch: (tab) => (input, init) => receive(tab, new URL(input as string), init),
    topic,
    get topics() {
      return [...topics.values()];
    },
    publish(to, count = 1, size = 0) {
      for (let index = 0; index < count; index++) tell(to, size);
      serveAll();
    },
    finish(to) {
      const number = to.events.length + 1;
      note({ topic: to, number, id: idOf(to, number), event: 'message', data: lastWordOf(to) });
      serveAll();
    },
    lastWordOf,
    find: (event, data) => known.get(`${event}|${String(data)}`),
    cut: () => each((line) => breakOff(line)),
    end() {
      each((line) => {
        if (line.technique === 'stream') end(line);
      });
    },
    deafen() {
      each((line) => {
        if (!line.isDeaf) line.deafAt = clock.now();
        line.isDeaf = true;
      });
    },
    expire() {
      valid = new Map([...valid].map(([user, number]) => [user, number + 1]));
    },
    hasRefused: (user) => refused.delete(user),
    tokenOf: (user) => valid.get(user) ?? 0,
    askForRetry(milliseconds) {
      retry = `retry: ${milliseconds}\n`;
    },
    meet(...next) {
      fates.push(...next);
    },
    heal() {
      fates = [];
      traits = { ...traits, isEmpty: false };
      for (const one of topics.values()) one.isOver = false;
    },
    pump() {
      for (const act of waiting.splice(0)) act();
      each(pump);
    },
    stop() {
      isStopped = true;
    },
    orders,
  };

  function topic(key: string): Topic {
    const it = topics.get(key) ?? {
      key,
      events: [],
      turns: [],
      longestGap: 0,
      longestWait: 0,
      takenBy: new Set(),
      isOver: false,
    };
    topics.set(key, it);
    return it;
  }

  function tell(to: Topic, size: number): void {
    const number = to.events.length + 1;
    const padding = size > 0 ? ` ${'.'.repeat(size)}` : '';
    const text = `${to.key} says ${number}${padding}`;
    const isNamed = traits.told === 'by name';
    const [event, data] = isNamed ? [text, '{}'] : ['message', inWords(text)];
    note({ topic: to, number, id: idOf(to, number), event, data });
  }

  function lastWordOf({ key }: Topic): string {
    return inWords(`${key} says no more`);
  }

  function inWords(text: string): string {
    return traits.told === 'by command' ? commandOf(text) : text;
  }

  function note(told: Told): void {
    told.topic.events.push(told);
    known.set(`${told.event}|${told.data}`, told);
  }

  function idOf({ key }: Topic, number: number): string {
    return traits.ids === 'kept' ? `${hashOf(key)}.${hashOf(String(number))}.${number}` : '';
  }

  async function receive(tab: Tab, asked: URL, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    const { signal } = init;
    const body = typeof init.body === 'string' ? init.body : '';
    if (asked.pathname.startsWith('/orders')) return takeOrder(asked, headers, body, signal);
    const url = redirected(asked);
    const needsPreflight = [...headers.keys()].some((name) => !SIMPLE.has(name));
    const line = begin(tab, asked, url, headers, body);
    return new Promise((resolve, reject) => {
      line.answer = resolve;
      line.fail = reject;
      const leave = (): void => leaveBy(line, signal?.reason);
      if (signal?.aborted) leave();
      else signal?.addEventListener('abort', leave);
      // [spec: Fetch] A request that needs a preflight is never sent to who does not answer one.
      if (url.origin !== PAGE && needsPreflight) return breakOff(line);
      checkCursor(line);
      clock.after(LATENCY, () => {
        if (line.state === 'asked') meet(line, headers);
      });
    });
  }

  function redirected(asked: URL): URL {
    if (traits.redirect === 'across') return new URL(asked.pathname + asked.search, FAR);
    if (traits.redirect === 'within') return new URL(`/moved${asked.pathname}${asked.search}`, PAGE);
    return asked;
  }

  function begin(tab: Tab, asked: URL, url: URL, headers: Headers, body: string): Line {
    const named = asked.searchParams.get('transport');
    const user = headers.get('authorization')?.split('#')[0] ?? '';
    const to = topic(topicKey(asked.pathname, body, user));
    const now = clock.now();
    const line: Line = {
      tab,
      topic: to,
      technique: named === 'long-poll' || named === 'poll' ? named : 'stream',
      cursor: headers.get('last-event-id') ?? asked.searchParams.get('lastEventId') ?? '',
      askedAt: now,
      state: 'asked',
      openedAt: Infinity,
      endedBy: undefined,
      endedAt: Infinity,
      status: 0,
      isEventStream: false,
      from: to.events.length,
      at: to.events.length,
      read: 0,
      heard: 0,
      lastWrite: now,
      lastRead: now,
      size: 0,
      readSize: 0,
      get isAwaited() {
        return line.wanted !== undefined || line.state === 'asked';
      },
      get isStuck() {
        return line.flows && !line.isDeaf && line.outbox.length > 0;
      },
      outbox: [],
      isMet: false,
      flows: false,
      isDeaf: false,
      deafAt: Infinity,
      ending: false,
      answer: undefined,
      fail: () => undefined,
      controller: undefined,
      wanted: undefined,
      numbered: 0,
      url: url.href,
    };
    to.turns.push(line);
    lines.add(line);
    options.asked(line);
    return line;
  }

  function checkCursor({ cursor, topic: { key, events } }: Line): void {
    if (cursor === '' || traits.ids !== 'kept') return;
    const isOurs = events.some(({ id }) => id === cursor);
    if (!isOurs) options.fault(`${key} is asked for what comes after ${cursor}, which is no id of it`);
  }

  function meet(line: Line, headers: Headers): void {
    // Of a page that is gone a poll beside a stream may know nothing.
    const isForStreams =
      fates[0]?.kind === 'html' || (fates[0]?.kind === 'status' && fates[0].status === 404);
    const fate = isForStreams && line.technique !== 'stream' ? undefined : fates.shift();
    line.isMet = true;
    if (fate?.kind === 'mute') {
      line.isDeaf = true;
      line.deafAt = clock.now();
    }
    if (line.isDeaf || fate?.kind === 'mute') return;
    if (fate?.kind === 'unreachable') return breakOff(line);
    if (fate?.kind === 'html')
      return answerWhole(line, 200, '<p>Log in</p>', { 'content-type': 'text/html' });
    if (fate) {
      const { status, retryAfter } = fate;
      return answerWhole(line, status, 'no', retryAfter ? { 'retry-after': String(retryAfter) } : {});
    }
    if (traits.asksForTokens && !isAccepted(headers)) return answerWhole(line, 401, 'expired');
    if (line.topic.isOver) return answerWhole(line, 404, 'over');
    if (!mayTakeSeat(line)) return answerWhole(line, 409, 'taken');
    if (traits.isEmpty) return answerWhole(line, 200, '', { 'content-type': 'text/event-stream' });
    serveFrom(line);
  }

  function isAccepted(headers: Headers): boolean {
    const [user = '', number = ''] = headers.get('authorization')?.split('#') ?? [];
    if (!valid.has(user)) valid.set(user, 0);
    const isGood = Number(number) >= (valid.get(user) ?? 0);
    if (!isGood) refused.add(user);
    return isGood;
  }

  function mayTakeSeat(line: Line): boolean {
    const others = [...lines].filter(
      (other) => other !== line && other.topic === line.topic && isServed(other),
    );
    if (traits.seats === 'many' || others.length === 0) return true;
    line.topic.takenBy.add(line.tab);
    if (traits.seats === 'refuses') return false;
    others.forEach(end);
    line.topic.isOver = traits.seats === 'ends';
    return traits.seats === 'replaces';
  }

  function serveFrom(line: Line): void {
    const { technique, topic: to } = line;
    const { ids, repeats, snapshot, way, isHeadLate } = traits;
    line.flows = way !== 'held' && way !== 'head';
    line.at = ids === 'kept' ? Math.max(0, after(line) - (line.cursor ? repeats : 0)) : to.events.length;
    line.from = line.at;
    if (traits.knowsPolls && technique !== 'stream') {
      line.flows = true;
      if (technique === 'poll' || line.at < to.events.length) return answerPoll(line);
      if (way === 'limited') clock.after(LIMIT, () => answerNothing(line, 504));
      else clock.after(LONG_POLL, () => answerNothing(line, traits.emptyPoll));
      return;
    }
    if (!isHeadLate && way !== 'held') open(line);
    if (snapshot) write(line, `event: snapshot\ndata: ${to.key} stands at ${line.at}\n\n`, 0);
    if (way === 'killed') clock.after(KILLED_AFTER, () => breakOff(line));
    if (way === 'limited') clock.after(LIMIT, () => breakOff(line));
    serve(line);
  }

  function after({ cursor, topic: to }: Line): number {
    return to.events.find(({ id }) => id === cursor)?.number ?? 0;
  }

  function answerPoll(line: Line): void {
    const { topic: to, at } = line;
    open(line, 200, { 'content-type': 'application/json' });
    push(line, '[', 0);
    for (let first = at; first < to.events.length; first += CHUNK) {
      const events = to.events.slice(first, first + CHUNK);
      const texts = events.map(({ id, event, data }) => JSON.stringify({ ...(id && { id }), event, data }));
      push(line, `${first > at ? ',' : ''}${texts.join()}`, events.length);
    }
    push(line, ']', 0);
    line.at = to.events.length;
    end(line);
  }

  function answerNothing(line: Line, status: number): void {
    if (line.state !== 'asked') return;
    if (status === 0) answerPoll(line);
    else answerWhole(line, status, '');
  }

  function answerWhole(line: Line, status: number, body: string, headers = {}): void {
    open(line, status, headers);
    line.flows = true;
    if (body !== '' && status !== 204 && status !== 304) push(line, body, 0);
    end(line);
  }

  function open(
    line: Line,
    status = 200,
    headers: HeadersInit = { 'content-type': 'text/event-stream' },
  ): void {
    if (line.state !== 'asked') return;
    line.state = 'open';
    line.openedAt = clock.now();
    line.status = status;
    line.isEventStream = new Headers(headers).get('content-type') === 'text/event-stream';
    const body = new ReadableStream<Uint8Array>(
      {
        start(controller) {
          line.controller = controller;
        },
        pull: () =>
          new Promise((resolve) => {
            line.wanted = resolve;
            // From here on it waits; before, it did not.
            line.lastRead = clock.now();
            pump(line);
          }),
        cancel: () => leaveBy(line, undefined),
      },
      { highWaterMark: 0 },
    );
    const response = new Response(status === 204 || status === 304 ? null : body, { status, headers });
    Object.defineProperty(response, 'url', { value: line.url });
    deliver(line, () => line.answer?.(response));
  }

  /** Nothing comes to a machine that sleeps, or to a page that is frozen. */
  function deliver({ tab, isDeaf }: Line, act: () => void): void {
    if (isDeaf) return;
    if (options.isAsleep()) waiting.push(() => tab.run(act));
    else tab.run(act);
  }

  /** Writes what the client does not have yet. */
  function serve(line: Line): void {
    if (!isServed(line)) return;
    const { topic: to, technique } = line;
    if (traits.knowsPolls && technique !== 'stream') {
      if (line.state === 'asked' && line.at < to.events.length) answerPoll(line);
      return;
    }
    if (line.state === 'asked' && line.at < to.events.length && traits.isHeadLate) open(line);
    while (line.at < to.events.length) {
      const events = to.events.slice(line.at, line.at + CHUNK);
      line.at += events.length;
      write(line, events.map((told) => textOf(told, line)).join(''), events.length);
    }
  }

  function serveAll(): void {
    each(serve);
  }

  function isServed({ isMet, status, state, isDeaf, ending }: Line): boolean {
    return isMet && state !== 'over' && (status === 0 || status === 200) && !isDeaf && !ending;
  }

  function textOf({ id, event, data }: Told, line: Line): string {
    const asked = retry;
    retry = '';
    const number = traits.ids === 'anew' ? `id: ${line.numbered++}\n` : '';
    const name = event === 'message' ? '' : `event: ${event}\n`;
    return `${asked}${number}${id && `id: ${id}\n`}${name}data: ${data}\n\n`;
  }

  function write(line: Line, text: string, events: number): void {
    if (traits.isHeadLate) open(line);
    push(line, text, events);
  }

  function push(line: Line, text: string, events: number): void {
    line.outbox.push({ bytes: encoder.encode(text), events });
    line.topic.longestGap = Math.max(line.topic.longestGap, clock.now() - line.lastWrite);
    line.lastWrite = clock.now();
    line.size += text.length;
    pump(line);
  }

  /** Gives the client what it waits for. */
  function pump(line: Line): void {
    const { outbox, controller, wanted, tab } = line;
    if (!wanted || !controller || line.isDeaf || !line.flows || line.state === 'over') return;
    if (options.isAsleep() || tab.isFrozen) return;
    const piece = outbox.shift();
    if (!piece && !line.ending) return;
    line.wanted = undefined;
    if (clock.now() - line.lastRead >= 1_000) line.heard++;
    line.topic.longestWait = Math.max(line.topic.longestWait, clock.now() - line.lastRead);
    line.lastRead = clock.now();
    if (piece) {
      line.read += piece.events;
      line.readSize += piece.bytes.length;
      controller.enqueue(piece.bytes);
    } else {
      over(line, 'server');
      controller.close();
    }
    wanted();
  }

  /** What was written comes before the end. */
  function end(line: Line): void {
    if (line.state === 'over' || line.ending) return;
    line.ending = true;
    // What a proxy held comes with the end; and who has no body has ended.
    open(line);
    line.flows = true;
    if (line.status === 204 || line.status === 304) over(line, 'server');
    pump(line);
  }

  function breakOff(line: Line): void {
    if (line.state === 'over' || line.isDeaf) return;
    const { state, controller, fail } = line;
    over(line, 'network');
    const error = new TypeError('Failed to fetch');
    deliver(line, () => {
      if (state === 'asked') fail(error);
      else controller?.error(error);
    });
  }

  function leaveBy(line: Line, reason: unknown): void {
    if (line.state === 'over') return;
    const { state, controller, fail } = line;
    const wasEnding = line.ending;
    if (!wasEnding) options.left(line);
    over(line, 'client');
    if (state === 'asked') fail(reason);
    else if (reason !== undefined) controller?.error(reason);
  }

  function over(line: Line, by: Turn['endedBy']): void {
    line.state = 'over';
    line.endedBy = by;
    line.endedAt = clock.now();
    lines.delete(line);
  }

  function beat(): void {
    if (isStopped) return;
    each((line) => {
      if (line.technique === 'stream' && line.state === 'open' && isServed(line)) write(line, ':\n\n', 0);
    });
    clock.after(traits.heartbeat, beat);
  }

  function each(act: (line: Line) => void): void {
    for (const line of [...lines]) {
      if (line.tab.isGone) over(line, 'client');
      else act(line);
    }
  }

  /** What must be sent once. */
  function takeOrder(
    url: URL,
    headers: Headers,
    body: string,
    signal: AbortSignal | null | undefined,
  ): Promise<Response> {
    return new Promise((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason as Error));
      clock.after(LATENCY, () => {
        const fate = fates[0]?.kind === 'unreachable' ? fates.shift() : undefined;
        if (traits.asksForTokens && !isAccepted(headers)) return resolve(new Response('', { status: 401 }));
        orders.set(body, (orders.get(body) ?? 0) + 1);
        if (fate) return reject(new TypeError('Failed to fetch'));
        const text = ['taken', 'packed', 'sent'].map((word) => `data: ${word} ${body}\n\n`).join('');
        const response = new Response(text, { headers: { 'content-type': 'text/event-stream' } });
        Object.defineProperty(response, 'url', { value: url.href });
        resolve(response);
      });
    });
  }
}

/** What a caller with this path, body and user sees. */
export function topicKey(path: string, body: string, user: string): string {
  return [path, body, user].filter(Boolean).join(' ');
}

/** The command that says so. */
export function commandOf(text: string): string {
  return JSON.stringify({ type: 'call', call: 'take', params: [text] });
}

function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0).toString(36);
}
