// The verb `request`: one exchange, to be awaited for the whole reply.

import type { Message } from '../ground/message.ts';
import { thenable, type Thenable } from '../ground/thenable.ts';
import type { RequestOptions } from '../options.ts';
import { startConnection, type CoreConnection, type Reply } from '../session/connection.ts';
import type { MessageQueue } from '../session/message-queue.ts';
import type { Part } from '../session/part.ts';
import { createQueueTaker } from '../session/queue-taker.ts';
import { whole } from '../session/reply.ts';
import type { Head } from '../transports/transport.ts';

/** Part of a client. Makes one exchange, which can be awaited. */
export const exchange: Part<'exchange'> = {
  name: 'exchange',
  install(house) {
    const replies = new WeakMap<object, () => Promise<Reply>>(); // by what the caller holds
    const heads = new WeakMap<object, Head>(); // of responses, also of those without messages; by the options
    return {
      client: {
        verbs: (next) => () => ({ ...next(), request }),
        // One exchange may take its time; who wants a limit gives one, or a signal.
        options: (next) => (given, once) => {
          const options: Partial<RequestOptions> = next(given, once);
          const { connectTimeout = Infinity } = options;
          return once ? { ...options, connectTimeout, longPollTimeout: connectTimeout } : options;
        },
      },
      connection(inside) {
        if (!inside.once) return {};
        const { onMessage, on, commands } = inside.options;
        // Messages wait for whoever awaits it or loops over it later.
        let unclaimed: MessageQueue<Message> | undefined =
          onMessage || on || commands ? undefined : createQueueTaker(inside);
        inside.claim = () => {
          const claimed = unclaimed;
          unclaimed = undefined;
          return claimed;
        };
        replies.set(inside.face, reply);
        return {};

        async function reply(): Promise<Reply> {
          const { isInert, face, options, url } = inside;
          const { closed } = face as CoreConnection;
          const truncated = await whole({ ...options, isInert, closed });
          return {
            status: 204,
            url,
            headers: undefined,
            ...heads.get(options),
            truncated,
            messages: unclaimed?.take() ?? [],
            transport: inside.session().transport,
          };
        }
      },
      session({ target: { once, options } }) {
        if (!once) return {};
        return {
          turn: (next) => (transport, listener) =>
            next(transport, {
              ...listener,
              opened(head) {
                heads.set(options, head);
                listener.opened(head);
              },
              ended(end, response) {
                if (end.how === 'status') heads.set(options, end.head);
                listener.ended(end, response);
              },
            }),
        };
      },
    };

    function request(url: string | URL, options: RequestOptions = {}): CoreConnection & Thenable<Reply> {
      const connection = startConnection(house, url, options, true);
      return Object.assign(connection, thenable(replies.get(connection) as () => Promise<Reply>));
    }
  },
};
