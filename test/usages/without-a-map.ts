// Handlers that say themselves what they take, or say nothing.

import { subscribe, type Message } from 'encke';

interface Price {
  readonly value: number;
}

const subscription = subscribe('/events', {
  parse: JSON.parse,
  on: {
    price: (price: Price) => price.value.toFixed(2),
    cost: (data) => data.value,
    sum: ({ value }, { id }) => [value, id],
    maybe: undefined,
  },
  // A handler for `price` does not mean that nothing else comes.
  onMessage: ({ event, data }) => event === 'other' && data.value,
});
subscription.on('price', ({ value }: Price) => value);

subscribe('/events', { onMessage: (message: Message<Price>) => message.data.value });
subscribe('/events', { onMessage: (message: Message) => String(message.data) });
