// One call, which is sent once: what a caller holds while it goes out, and its answer comes in.

import { call } from '../../ground/call.ts';
import { EnckeError } from '../../ground/errors.ts';
import { setTimer } from '../../ground/long-timer.ts';
import type { Message } from '../../ground/message.ts';
import { nothing } from '../../ground/nothing.ts';
import { baseUrl } from '../../ground/page-address.ts';
import { shownUrl } from '../../ground/shown-url.ts';
import { thenable } from '../../ground/thenable.ts';
import type { Closed, CloseReason, MessageOf, State, TransportChange } from '../../options.ts';
import { allReady } from '../../session/all-ready.ts';
import { firstOf, nextBelow, stepTo } from '../../session/choice.ts';
import { startDeadline } from '../../session/deadline.ts';
import type { Taker } from '../../session/part.ts';
import { createQueueTaker } from '../../session/queue-taker.ts';
import { whole } from '../../session/reply.ts';
import { notBuilt } from '../../session/request.ts';
import type { Demand, Head, Stop, Transport, TransportRequest } from '../../transports/transport.ts';
import { openPost, type PostEnd, type PostListener, type Reading } from '../wire/open-post.ts';
import type { CallOptions, SijaxCall, SijaxEvents, SijaxReply } from './sijax-options.ts';

/** What is to be sent. */
export interface Outgoing extends Reading {
  /** Absolute. */
  readonly url: string;
  readonly demand: Demand;
  /** Best first. */
  readonly transports: readonly Transport[];
  /** Longest wait for the head of the response, in milliseconds. @defaultValue none */
  readonly connectTimeout?: number | undefined;
  /** Asks the functions among the options. Called once. */
  request(): Promise<TransportRequest>;
}

type ListMessage = MessageOf<SijaxEvents>;

const CLOCK = { now: () => performance.now(), setTimer };

/**
 * It goes over the first transport that can carry it, or where that cannot work here, over the next; and it goes when the
 * current code has ended, so that what is closed at once never reaches the network.
 *
 * @throws EnckeError `no-transport`
 */
export function startCall(outgoing: Outgoing, options: CallOptions): SijaxCall {
  const { signal, commands, onMessage, onError, onState, onTransport } = options;
  const { url, demand, transports, connectTimeout = Infinity } = outgoing;
  // A page's code may call us while a server renders it; nothing must happen then.
  const isInert = baseUrl() === undefined;
  const takers = new Set<Taker>();
  let state: State = 'connecting';
  let transport = ''; // the name of the one in use
  let attempt = 0; // transports tried
  let built: Promise<TransportRequest> | undefined;
  let head: Head | undefined;
  let last: Closed | undefined; // once it is over
  let stopPost: Stop = nothing;
  let stopTimer: Stop = nothing;
  let settle: (closed: Closed) => void;
  const closed = new Promise<Closed>((resolve) => (settle = resolve));
  const face = {
    get state() {
      return state;
    },
    get transport() {
      return transport;
    },
    lastEventId: '',
    closed,
    close: () => close('user'),
    on,
    [Symbol.asyncIterator]: loop,
  };
  const abort = (): void => close('abort');

  if (!isInert) {
    const { transport: first, refusals } = firstOf(transports, demand);
    queueMicrotask(() => void open(first, { to: first.name, refusals }));
  }
  if (signal?.aborted) abort();
  else signal?.addEventListener('abort', abort);
  return Object.assign(face, thenable(reply));

  async function open(carrier: Transport, change: TransportChange): Promise<void> {
    if (isOver()) return;
    attempt++;
    transport = change.to;
    call(onTransport, change);
    if (isOver()) return;
    expectAnswer();
    const listener: PostListener = {
      answered,
      ready: () => allReady([...takers, commands].map((taker) => taker?.ready())),
      commands: receive,
      problem: report,
      ended,
    };
    try {
      const request = await (built ??= outgoing.request());
      if (!isOver()) stopPost = openPost(carrier.open, request, outgoing, listener);
    } catch (cause) {
      fail(cause instanceof EnckeError ? cause : notBuilt(cause));
    }

    function ended(end: PostEnd): void {
      if (end.how === 'complete') return close('done', undefined, end.truncated);
      const next = end.how === 'unusable' && !end.sent && nextBelow(carrier, transports, demand);
      if (!next) return fail(end.error);
      report(end.error);
      void open(next, stepTo(next, carrier, end.error.message));
    }
  }

  /** A function, so that the compiler forgets what it knew before others ran. */
  function isOver(): boolean {
    return last !== undefined;
  }

  function answered(begun?: Head): void {
    stopTimer();
    if (!begun) return;
    head = begun;
    become('open', 'the server has answered');
  }

  /** What a page slept through is no timeout. */
  function expectAnswer(): void {
    stopTimer();
    if (connectTimeout === Infinity) return;
    stopTimer = startDeadline(CLOCK, connectTimeout, (suspended) => {
      if (suspended) expectAnswer();
      else fail(new EnckeError('timeout', `No answer within ${String(connectTimeout)} ms.`));
    });
  }

  function become(next: State, reason: string, error?: EnckeError): void {
    const previous = state;
    state = next;
    if (!isInert) call(onState, { state, previous, reason, attempt, transport, error });
  }

  function receive(data: ListMessage['data']): void {
    const message: ListMessage = { event: 'message', data, id: '' };
    call(onMessage, message);
    if (!last) commands?.push(data);
    // A copy: a handler that takes itself away and adds itself anew would be met for ever.
    for (const taker of [...takers]) if (!last) taker.push(message);
  }

  function report(error: EnckeError): void {
    error.url ??= shownUrl(url);
    call(onError, Object.assign(error, { attempt, transport }));
  }

  function fail(error: EnckeError): void {
    if (last) return;
    report(error);
    close('fatal', error);
  }

  function close(reason: CloseReason, error?: EnckeError, truncated?: boolean): void {
    // A handler that hears of the error may have closed it.
    if (last) return;
    last = { reason, error, truncated };
    stopTimer();
    stopPost();
    signal?.removeEventListener('abort', abort);
    become('closed', error?.message ?? reason, error);
    for (const taker of takers) taker.over?.(last);
    settle(last);
  }

  function on(_event: 'message', handler: (data: ListMessage['data'], message: ListMessage) => void): Stop {
    const push = (message: Message): void =>
      call(handler, message.data as ListMessage['data'], message as ListMessage);
    const taker: Taker = { push, ready: nothing };
    takers.add(taker);
    return () => void takers.delete(taker);
  }

  function loop(): AsyncIterableIterator<ListMessage> {
    const queue = createQueueTaker({ takers, options, isInert, last, close: face.close });
    return queue.read() as AsyncIterableIterator<unknown> as AsyncIterableIterator<ListMessage>;
  }

  async function reply(): Promise<SijaxReply> {
    const truncated = await whole({ isInert, closed, signal, commands });
    const answer = { status: 204, url, headers: undefined, ...head };
    return { messages: [], truncated, transport, ...answer };
  }
}
