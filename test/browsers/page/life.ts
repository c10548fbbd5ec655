// A subscription that a test follows through what happens to its page. Times are milliseconds since the epoch, as the server's.

import type { EnckeError, Resync, State, SubscribeOptions } from '../../../src/index.ts';
import { encke, transportNamed } from './encke.ts';

export interface Life {
  /** Of the messages that came, in order, and when each did; the backend's `cursor` is none. */
  readonly ids: string[];
  readonly at: number[];
  readonly states: { readonly state: State; readonly at: number }[];
  readonly resyncs: Resync[];
  /** Codes. */
  readonly errors: string[];
  /** How the page was shown: whether out of the back/forward cache, and when. */
  readonly shown: { readonly persisted: boolean; readonly at: number }[];
  readonly trace: readonly string[];
}

const ids: string[] = [];
const at: number[] = [];
const states: Life['states'] = [];
const resyncs: Resync[] = [];
const errors: string[] = [];
const shown: Life['shown'] = [];
let trace = (): readonly string[] => [];

addEventListener('pageshow', ({ persisted }) => void shown.push({ persisted, at: Date.now() }));

/** Subscribes with one transport, or the whole ladder. Resolves when the connection is open. */
export function follow(url: string, options: SubscribeOptions = {}, transport?: string): Promise<void> {
  return new Promise((resolve) => {
    const subscription = encke.subscribe(url, {
      ...options,
      ...(transport !== undefined && { transports: [transportNamed(transport)] }),
      onMessage({ id, event }) {
        if (event === 'cursor') return;
        ids.push(id);
        at.push(Date.now());
      },
      onState({ state }) {
        states.push({ state, at: Date.now() });
        if (state === 'open') resolve();
      },
      onResync: (gap) => void resyncs.push(gap),
      onError: ({ code }: EnckeError) => void errors.push(code),
    });
    trace = () => subscription.trace.map((entry) => `${Math.round(entry.at)} ${entry.what} ${entry.detail}`);
  });
}

export function seen(): Life {
  return { ids, at, states, resyncs, errors, shown, trace: trace() };
}
