// What tabs say to one another.

import { EnckeError } from '../../ground/errors.ts';
import { hashOf } from '../../ground/hash.ts';
import type { StateChange } from '../../options.ts';
import { tabsKey } from '../../session/keys.ts';
import type { Told } from '../../session/part.ts';
import type { Target } from '../../session/request.ts';

/** Tabs of another version are no tabs of ours. */
const VERSION = 1;

/** Of the lock and the channel of those who want the same. */
export function nameOf({ url, options }: Target): string {
  return `encke:${String(VERSION)}:${hashOf(tabsKey(url, options))}`;
}

/** Of what a leader passes on, that which followers take as it is. */
export const WORDS = /^(?:state|transport|head|error|resync|closed)$/;

/** What a leader passes on. */
export type Words = Omit<Told, 'note'>;

/**
 * - `message`: a message. `id`: the connection has stated an id, and no message with it.
 * - `hello`: a tab asks who leads; the value is the event names it listens for.
 * - `reconnect`: a tab asks the leader to connect anew.
 * - `lead`: a tab begins to lead. `here`: it answers a `hello`. The value of both is where it stands.
 * - `known`: what the one that leads now has not heard of: the last event id of those that it leads.
 * - `left`: it leads no longer.
 */
export interface Envelope {
  readonly from: number;
  readonly what: keyof Words | 'message' | 'id' | 'hello' | 'reconnect' | 'lead' | 'here' | 'known' | 'left';
  /** A message as it is, all else packed. */
  readonly value: unknown;
  /** The last event id, where the connection has stated one since the last word. */
  readonly id: string | undefined;
}

/** Where a leader stands: its last change of state, its last event id, and the event names that any tab listens for. */
export type Standing = StateChange & {
  readonly id: string;
  readonly names: readonly string[];
  /** Whether it has heard of none that led before, and so goes on from elsewhere. */
  readonly isNew: boolean;
};

/** Headers and errors become data that can be cloned; a cause that is an error of another kind becomes its text. */
export function pack(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) => {
    if (member instanceof Headers) return [...member];
    if (member instanceof EnckeError) return Object.assign({}, member, { message: member.message });
    return member instanceof Error ? String(member) : member;
  });
}

export function unpack(text: string): unknown {
  return JSON.parse(text, (name, member: unknown) => {
    if (name === 'headers') return new Headers(member as [string, string][]);
    const { code, message, ...details } = Object(member) as Partial<EnckeError>;
    return code && /^(error|cause|)$/.test(name) ? new EnckeError(code, String(message), details) : member;
  });
}
