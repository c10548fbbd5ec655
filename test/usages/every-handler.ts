// Handlers that stand by themselves, annotated with what the package exports.

import {
  subscribe,
  type Closed,
  type EnckeError,
  type ErrorCode,
  type EventMap,
  type Resync,
  type RetryContext,
  type State,
  type StateChange,
  type SubscribeOptions,
  type Subscription,
  type TraceEntry,
  type TransportChange,
} from 'encke';

const fatal = new Set<ErrorCode>(['status', 'content-type']);
const onState = ({ state, previous, retryIn }: StateChange): State => (retryIn ? state : previous);
const onTransport = ({ to, from, evidence }: TransportChange) => [to, from, evidence];
const onResync = ({ reason, lastEventId }: Resync) => [reason, lastEventId];
const onError = (error: EnckeError) => fatal.has(error.code);
const retry = ({ failures, delay }: RetryContext): number | false => (failures > 5 ? false : delay);
const onUnauthorized = async ({ status }: EnckeError): Promise<void> => {
  if (status === 403) throw new Error('not yours');
};

/** A function around `subscribe` keeps its types. */
export function withDefaults<Events extends object = EventMap>(
  url: string,
  options: SubscribeOptions<Events> = {},
): Subscription<Events> {
  return subscribe<Events>(url, { ...options, onState, onSettledState: onState, onTransport, onResync });
}

export async function ending(): Promise<Closed['reason']> {
  const subscription = withDefaults('/events', {
    onError,
    retry,
    onUnauthorized,
    headers: async () => ({ authorization: 'Bearer' }),
    body: { channel: 1 },
    share: { tabs: 'mine' },
    debug: (line) => line.trim(),
  });
  const entries: readonly TraceEntry[] = subscription.trace;
  const { reason, error } = await subscription.closed;
  return entries.length > 0 && error?.body ? 'fatal' : reason;
}
