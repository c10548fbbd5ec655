// A life: what the server is like, who subscribes, and what happens one after the other.

import type { PageEvent, SubscribeOptions, Transport } from '../../src/index.ts';
import type { Fate, Traits } from './server.ts';

/** One subscription of a life. */
export interface Role {
  readonly tab: number;
  readonly path: string;
  /** Posted, where there is one. */
  readonly body: string;
  /** Whose token is shown. */
  readonly user: string;
  readonly share: SubscribeOptions['share'];
  /** Whether it subscribes only when told. */
  readonly isLate: boolean;
}

export type Act = 'close' | 'abort' | 'reconnect' | 'loop' | 'leave' | 'pause' | 'go on';

/** One thing that happens. */
export type Step =
  | { readonly does: 'wait' | 'sleep' | 'ask for retry'; readonly milliseconds: number }
  | { readonly does: 'publish'; readonly who: number; readonly count: number; readonly size: number }
  | { readonly does: 'cut' | 'end' | 'deafen' | 'expire' | 'order' | 'withdraw' }
  | { readonly does: 'page'; readonly event: PageEvent; readonly tab: number }
  /** The page is loaded anew: behind its last event, or thrown away in the background. */
  | { readonly does: 'reload'; readonly tab: number; readonly last: 'stored' | 'frozen' | 'hidden' }
  | { readonly does: 'crash'; readonly tab: number }
  | { readonly does: 'meet'; readonly fate: Fate }
  | { readonly does: 'user'; readonly act: Act; readonly who: number }
  | { readonly does: 'join' | 'finish' | 'lock out'; readonly who: number };

/** What can be switched on, or met: a row of the table. */
export interface Row {
  readonly name: string;
  /** What the server is like. Two rows that say different things of one trait cannot meet. */
  readonly traits?: Partial<Traits>;
  readonly options?: SubscribeOptions;
  /** In the place of fetch-stream, long-poll and poll. */
  readonly transports?: readonly Transport[];
  /** Whether a command queue takes the messages, beside the handlers. */
  readonly hasQueue?: boolean;
  /** What ends a subscription. */
  readonly ends?: 'endOn' | 'until';
  /** Why it cannot meet another, beside traits that differ. */
  readonly refuses?: (other: Row) => string | undefined;
  /** Who subscribes. */
  readonly cast?: (roles: readonly Role[]) => readonly Role[];
  /** What exercises it, in this order. */
  readonly script: readonly Step[];
}

/** Why two rows cannot meet. */
export function conflictOf(one: Row, other: Row): string | undefined {
  const traits: Readonly<Record<string, unknown>> = { ...other.traits };
  const differing = Object.entries(one.traits ?? {}).find(
    ([name, value]) => name in traits && traits[name] !== value,
  );
  if (differing)
    return `${differing[0]} cannot be ${String(differing[1])} and ${String(traits[differing[0]])}`;
  if (one.transports && other.transports) return 'a client has one list of transports';
  return one.refuses?.(other) ?? other.refuses?.(one);
}

export interface Life {
  /** Their names. */
  readonly rows: readonly string[];
  readonly steps: readonly Step[];
  readonly seed: number;
}

export const ALONE: Role = { tab: 0, path: '/events', body: '', user: '', share: undefined, isLate: false };

export const wait = (milliseconds: number): Step => ({ does: 'wait', milliseconds });
export const sleep = (milliseconds: number): Step => ({ does: 'sleep', milliseconds });
export const publish = (count = 1, size = 0, who = 0): Step => ({ does: 'publish', who, count, size });
export const page = (event: PageEvent, tab = 0): Step => ({ does: 'page', event, tab });
export const meet = (fate: Fate): Step => ({ does: 'meet', fate });
export const user = (act: Act, who = 0): Step => ({ does: 'user', act, who });
export const status = (code: number, retryAfter?: number): Step =>
  meet({ kind: 'status', status: code, ...(retryAfter !== undefined && { retryAfter }) });
