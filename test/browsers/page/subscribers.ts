// Subscriptions by name, and all that each is told.

import type { Closed, Head, Subscription, SubscribeOptions } from '../../../src/index.ts';
import { encke, transportNamed } from './encke.ts';

export interface Told {
  /** `event|data|id` of each message. */
  readonly messages: readonly string[];
  /** Status, URL and the header `x-answer` of each response that carried messages. */
  readonly heads: readonly string[];
  /** Codes. */
  readonly errors: readonly string[];
  /** Reasons. */
  readonly resyncs: readonly string[];
  readonly states: readonly string[];
  /** Names of the transports chosen. */
  readonly transports: readonly string[];
  /** Why it was closed; absent while it is not. */
  readonly closed: string | undefined;
  readonly trace: readonly string[];
}

const subscribers = new Map<string, { readonly subscription: Subscription; readonly told: () => Told }>();

/** Subscribes with one transport, or the whole ladder. */
export function follow(name: string, url: string, options: SubscribeOptions = {}, transport?: string): void {
  const [messages, heads, errors, resyncs, states, transports]: string[][] = [[], [], [], [], [], []];
  let closed: string | undefined;
  const subscription = encke.subscribe(url, {
    ...options,
    ...(transport !== undefined && { transports: [transportNamed(transport)] }),
    onMessage: ({ event, data, id }) => messages?.push(`${event}|${String(data)}|${id}`),
    onOpen: (head) => heads?.push(worded(head)),
    onError: ({ code }) => errors?.push(code),
    onResync: ({ reason }) => resyncs?.push(reason),
    onState: ({ state }) => states?.push(state),
    onTransport: ({ to }) => transports?.push(to),
  });
  void subscription.closed.then(({ reason }: Closed) => (closed = reason));
  subscribers.set(name, {
    subscription,
    told: () => ({
      messages: messages ?? [],
      heads: heads ?? [],
      errors: errors ?? [],
      resyncs: resyncs ?? [],
      states: states ?? [],
      transports: transports ?? [],
      closed,
      trace: subscription.trace.map(({ at, what, detail }) => `${String(Math.round(at))} ${what} ${detail}`),
    }),
  });
}

export function told(name: string): Told {
  const found = subscribers.get(name);
  if (!found) throw new Error(`Nobody is called ${name}.`);
  return found.told();
}

export function toldAll(): Record<string, Told> {
  return Object.fromEntries([...subscribers].map(([name, each]) => [name, each.told()]));
}

export function leave(): void {
  for (const { subscription } of subscribers.values()) subscription.close();
  subscribers.clear();
}

function worded({ status, url, headers }: Head): string {
  return `${String(status)} ${url} ${headers?.get('x-answer') ?? 'no header'}`;
}
