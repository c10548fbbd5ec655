// A taker of messages that keeps them for a loop, or for whoever awaits the whole reply.

import type { Message } from '../ground/message.ts';
import type { Closed } from '../options.ts';
import { createMessageQueue, type MessageQueue } from './message-queue.ts';
import type { ConnectionInside } from './part.ts';

/** What it needs to know of a connection. */
type Taken = Pick<ConnectionInside, 'takers' | 'isInert' | 'last' | 'close'> & {
  readonly options: { readonly signal?: AbortSignal | undefined };
};

export function createQueueTaker(inside: Taken): MessageQueue<Message> {
  const { takers, options } = inside;
  const queue = createMessageQueue<Message>(() => inside.close());
  takers.add({ ...queue, over });
  if (inside.isInert) queue.end();
  // A loop that begins after the connection has ended.
  if (inside.last) over(inside.last);
  return queue;

  /** What the caller closed gives nothing more; an abort for a reason of its own, a time limit for one, is told. */
  function over({ reason, error }: Closed): void {
    const why = options.signal?.reason as { readonly name?: unknown } | undefined;
    if (reason === 'user') queue.drop();
    else if (reason === 'abort') queue.drop(why?.name === 'AbortError' ? undefined : why);
    else queue.end(error);
  }
}
