// The light preset, and a client that has one part more.

import { tabs, settledState, sharing, type State } from 'encke';
import { composeClient, light, request, subscribe, type LightClient } from 'encke/light';

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
