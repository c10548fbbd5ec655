// One call: what a caller holds while it goes out, and its answer comes in.

import { call } from '../../ground/call.ts';
import type { EnckeError } from '../../ground/errors.ts';
import type { Message } from '../../ground/message.ts';
import { baseUrl } from '../../ground/page-address.ts';
import { shownUrl } from '../../ground/shown-url.ts';
import { thenable } from '../../ground/thenable.ts';
import type { Closed, CloseReason, MessageOf, State } from '../../options.ts';
import { allReady } from '../../session/all-ready.ts';
import type { Taker } from '../../session/part.ts';
import { createQueueTaker } from '../../session/queue-taker.ts';
import { whole } from '../../session/reply.ts';
import type { Head, Stop } from '../../transports/transport.ts';
import { sendOnce, type Outgoing, type OutgoingListener } from './one-post.ts';
import type { CallOptions, SijaxCall, SijaxEvents, SijaxReply } from './sijax-options.ts';

type ListMessage = MessageOf<SijaxEvents>;

/** @throws EnckeError `no-transport` */
export function startCall(outgoing: Outgoing, options: CallOptions): SijaxCall {
  const { signal, commands, onMessage, onError, onState, onTransport } = options;
  const { url } = outgoing;
  // A page's code may call us while a server renders it; nothing must happen then.
  const isInert = baseUrl() === undefined;
  const takers = new Set<Taker>();
  let state: State = 'connecting';
  let transport = ''; // the name of the one in use
  let attempt = 0; // transports tried
  let head: Head | undefined;
  let last: Closed | undefined; // once it is over
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
  const listener: OutgoingListener = {
    chosen(change) {
      attempt++;
      transport = change.to;
      call(onTransport, change);
    },
    opened(begun) {
      head = begun;
      become('open', 'the server has answered');
    },
    ready: () => allReady([...takers, commands].map((taker) => taker?.ready())),
    commands: receive,
    problem: report,
    over(error, truncated) {
      if (error) report(error);
      close(error ? 'fatal' : 'done', error, truncated);
    },
  };
  const stop = isInert ? () => undefined : sendOnce(outgoing, listener);
  const abort = (): void => close('abort');
  if (signal?.aborted) abort();
  else signal?.addEventListener('abort', abort);
  return Object.assign(face, thenable(reply));

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

  function close(reason: CloseReason, error?: EnckeError, truncated?: boolean): void {
    // A handler that hears of the error may have closed it.
    if (last) return;
    last = { reason, error, truncated };
    stop();
    signal?.removeEventListener('abort', abort);
    become('closed', error?.message ?? reason, error);
    for (const taker of takers) taker.over?.(last);
    settle(last);
  }

  function on(_event: 'message', handler: (data: ListMessage['data'], message: ListMessage) => void): Stop {
    const push = (message: Message): void =>
      call(handler, message.data as ListMessage['data'], message as ListMessage);
    const taker: Taker = { push, ready: () => undefined };
    takers.add(taker);
    return () => void takers.delete(taker);
  }

  function loop(): AsyncIterableIterator<ListMessage> {
    const queue = createQueueTaker({ takers, options, isInert, last, close: face.close });
    return queue.read() as AsyncIterableIterator<unknown> as AsyncIterableIterator<ListMessage>;
  }

  async function reply(): Promise<SijaxReply> {
    const truncated = await whole({ isInert, closed, signal, commands });
    const { status = 204, headers } = head ?? {};
    return { messages: [], truncated, status, url: head?.url ?? url, headers, transport };
  }
}
