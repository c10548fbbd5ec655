// The light preset, and a client that has one part more.

import { tabs, settledState, sharing, type State } from 'encke';
import {
  composeClient,
  light,
  request,
  subscribe,
  type Closed,
  type EnckeError,
  type Exchange,
  type LightClient,
  type Message,
  type RequestOptions,
  type StateChange,
  type SubscribeOptions,
  type Subscription,
} from 'encke/light';

interface Events {
  price: { value: number };
}

export async function follow(signal: AbortSignal): Promise<number> {
  let sum = 0;
  const prices = subscribe<Events>('/prices', {
    signal,
    heartbeat: 15_000,
    replays: 'deliver',
    onResync: ({ reason }) => void reason.length,
    onUnauthorized: async () => undefined,
    on: { price: ({ value }) => (sum += value) },
  });
  for await (const { data } of prices) if (data.value < 0) prices.reconnect();
  const { messages, status } = await request<{ total: number }>('/total', { parse: JSON.parse });
  return messages.reduce((total, { data }) => total + data.total, sum + status);
}

export const verb: LightClient['subscribe'] = subscribe;

const shared = composeClient({ ...light, parts: [...light.parts, sharing, tabs, settledState] });
export const settled: State = shared.subscribe('/prices', { share: 'tabs' }).settledState;

// @ts-expect-error -- the light preset has no sharing
subscribe('/prices', { share: 'page' });
// @ts-expect-error -- nor a trace
void subscribe('/prices').trace;
// @ts-expect-error -- nor words for conventions
subscribe('/prices', { cursor: 'mercure' });

/** The types have the names that they have in `encke`: who changes the entry changes nothing else. */
export function live<Events extends object>(options: SubscribeOptions<Events>): Subscription<Events> {
  return subscribe<Events>('/prices', { ...options, headers: () => ({ accept: 'text/event-stream' }) });
}

export function ask<Answer>(options: RequestOptions<Answer>): Exchange<Answer> {
  return request<Answer>('/total', options);
}

export const handlers: SubscribeOptions<Events> = {
  onMessage: ({ data }) => void data.value,
  onState: ({ state }: StateChange) => void state.length,
  onError: ({ code }: EnckeError) => void code.length,
};
export const ended: Promise<Closed> = live<Events>(handlers).closed;
export const first: Promise<Message<number> | undefined> = ask<number>({}).then(
  ({ messages }) => messages[0],
);

// @ts-expect-error -- the options are those of the preset
export const shares: SubscribeOptions = { share: 'page' };
