// Hooks of each framework: with types of one's own, without, and with a small client.

import { composeClient, eventStream, fetchStream, watchdog, type EnckeError } from 'encke';
import * as light from 'encke/light';
import * as react from 'encke/react';
import * as vue from 'encke/vue';
import * as svelte from 'encke/svelte';
import { subscriptionStore, requestStore, type Snapshot } from 'encke/store';

interface Price {
  readonly symbol: string;
  readonly value: number;
}

type Events = { price: Price; closed: string };

declare const user: { readonly id: string } | undefined;

export function usePrices(): readonly Price[] {
  const { value, state, settledState, error, done, reconnect } = react.useSubscription<
    readonly Price[],
    Events
  >(user && `/prices/${user.id}`, {
    parse: JSON.parse,
    initial: [],
    reduce: (prices, message) => (message.event === 'price' ? [...prices, message.data] : prices),
    on: { closed: (text) => text.trim(), price: ({ symbol }) => symbol },
    onError: undefined,
  });
  if (settledState === 'waiting') reconnect();
  const why: EnckeError | undefined = error;
  return done || state === 'closed' || why ? [] : value;
}

export function useLatest(): number {
  const { value } = react.useSubscription<Price>('/price', { parse: JSON.parse });
  // @ts-expect-error before the first message there is none
  value.value;
  const { value: count } = react.useSubscription('/price', { initial: 0, reduce: (n: number) => n + 1 });
  return count + (value?.value ?? 0);
}

export function useAnswer(): string {
  const { value, start, stop } = react.useRequest('/llm', { reduce: (text, { data }) => text + data.token });
  void start({ body: { prompt: 'Why?' } }).then(({ reason }) => reason);
  stop();
  const parts = react.useRequest('/llm', {
    initial: [] as string[],
    reduce: (all, { data }) => [...all, data.token],
  });
  return value.trim() + parts.value.join('');
}

export function useInVue(): string {
  const { value, state } = vue.useSubscription(() => user?.id, {
    initial: '',
    reduce: (_, { data }) => data,
  });
  return value.value.trim() + state.value;
}

export function useInSvelte(): string {
  const chat = svelte.useSubscription('/chat', () => ({
    initial: '',
    reduce: (_: string, { data }) => data,
  }));
  chat.subscribe(({ value }) => value.trim());
  return chat.value.trim() + chat.state;
}

const store = subscriptionStore('/count', { initial: 0, reduce: (n: number) => n + 1 });
const leave: () => void = store.subscribe(({ value }: Snapshot<number>) => value.toFixed());
store.update(new URL('/other', location.href), { initial: 0 });
leave();
void requestStore('/llm').start();

const small = composeClient({ transports: [fetchStream], formats: [eventStream], parts: [watchdog] });
export const { useSubscription } = react.withClient(small);
export function useSmall(): unknown {
  // @ts-expect-error the client has no part for it
  useSubscription('/events', { onUnauthorized: () => undefined });
  return useSubscription('/events', { heartbeat: 1_000 }).value;
}
// @ts-expect-error the client has no part for it
react.withClient(small).useRequest;

export const { useRequest } = vue.withClient(light);
