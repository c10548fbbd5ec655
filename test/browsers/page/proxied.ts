// Subscriptions that a test follows from outside, while something on the way is in their way.

import type { EnckeError, SubscribeOptions, Subscription, TransportChange } from '../../../src/index.ts';
import { encke } from './encke.ts';

/** What a subscription has seen so far. Times are milliseconds since it began. */
export interface Seen {
  readonly ids: readonly string[];
  /** When each message came. */
  readonly at: readonly number[];
  /** How old each was, where its data says its `time`. */
  readonly ages: readonly number[];
  readonly transports: readonly TransportChange[];
  /** Codes of errors. */
  readonly errors: readonly string[];
}

interface Followed extends Seen {
  readonly connection: Subscription;
}

const followed: Followed[] = [];

/** Begins a subscription over the whole ladder; gives its number. The backend's `cursor` does not count. */
export function follow(url: string, options: SubscribeOptions = {}): number {
  const began = performance.now();
  const now = (): number => Math.round(performance.now() - began);
  const ids: string[] = [];
  const at: number[] = [];
  const ages: number[] = [];
  const transports: TransportChange[] = [];
  const errors: string[] = [];
  const connection = encke.subscribe(url, {
    ...options,
    onMessage({ id, event, data }) {
      if (event === 'cursor') return;
      ids.push(id);
      at.push(now());
      const [, time] = /"time":(\d+)/.exec(typeof data === 'string' ? data : JSON.stringify(data)) ?? [];
      if (time !== undefined) ages.push(Date.now() - Number(time));
    },
    onTransport: (change) => void transports.push(change),
    onError: ({ code }) => void errors.push(code),
  });
  return followed.push({ ids, at, ages, transports, errors, connection }) - 1;
}

export function seen(number: number): Seen {
  const { ids, at, ages, transports, errors } = followedBy(number);
  return { ids, at, ages, transports, errors };
}

export function leave(number: number): void {
  followedBy(number).connection.close();
}

/** Makes one request; gives the code of its error, `ended` where it has none, or `nothing` where neither comes in time. */
export async function ask(url: string, patience: number): Promise<string> {
  const connection = encke.request(url);
  const outcome = connection.then(
    () => 'ended',
    (error: unknown) => (error as EnckeError).code,
  );
  const late = new Promise<string>((resolve) => void setTimeout(resolve, patience, 'nothing'));
  const first = await Promise.race([outcome, late]);
  connection.close();
  return first;
}

function followedBy(number: number): Followed {
  const found = followed[number];
  if (!found) throw new Error(`Nobody follows ${number}.`);
  return found;
}
