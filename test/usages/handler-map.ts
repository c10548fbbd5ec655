// Events by name, each with its data.

import { subscribe, type Handlers, type Message, type MessageOf } from 'encke';

interface Price {
  readonly value: number;
}

interface Events {
  price: Price;
  news: string;
}

const handlers: Handlers<Events> = {
  price: ({ value }, message) => value.toFixed(2) + message.id,
};

const subscription = subscribe<Events>('/events', {
  on: { ...handlers, news: (text) => text.toUpperCase() },
  onMessage(message) {
    if (message.event === 'price') message.data.value.toFixed(2);
    else message.data.toUpperCase();
  },
  until: ({ event }) => event === 'news',
});
const remove: () => void = subscription.on('price', ({ value }: Price, { id }: Message<Price>) => [
  value,
  id,
]);
remove();

export function last(message: MessageOf<Events>): keyof Events {
  return message.event;
}

// @ts-expect-error -- no such event
subscribe<Events>('/events', { on: { prices: () => undefined } });
// @ts-expect-error -- the data of another event
subscribe<Events>('/events', { on: { price: (text: string) => text } });
// @ts-expect-error -- no such event
subscription.on('nothing', () => undefined);
