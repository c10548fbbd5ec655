// The channel by which tabs talk. What goes over it: words.ts.

import { call } from '../../ground/call.ts';
import { pack, unpack, type Envelope } from './words.ts';

export interface TabChannel {
  /** Tells this tab from the others. */
  readonly me: number;
  /** Throws where this page may use no channel. */
  open(): void;
  close(): void;
  post(what: Envelope['what'], value?: unknown): void;
  /** Says it with the last event id that was stated since the last word. */
  pass(what: Envelope['what'], value: unknown): void;
  /** The session has stated an id: mostly with the message it belongs to, else it is passed on by itself. */
  state(id: string): void;
}

export function createTabChannel(
  { BroadcastChannel }: Pick<typeof globalThis, 'BroadcastChannel'>,
  name: string,
  me: number,
  hear: (envelope: Envelope) => void,
): TabChannel {
  let channel: BroadcastChannel | undefined;
  let stated: string | undefined; // the last event id, until it is passed on

  return {
    me,
    open() {
      channel = new BroadcastChannel(name);
      channel.onmessage = ({ data }: MessageEvent<Envelope>) => {
        const { what, value } = data;
        hear({ ...data, value: what === 'message' ? value : unpack(value as string) });
      };
    },
    close() {
      channel?.close();
      channel = undefined;
    },
    post,
    pass,
    state(id) {
      stated = id;
      queueMicrotask(() => {
        if (stated !== undefined) pass('id');
      });
    },
  };

  function pass(what: Envelope['what'], value?: unknown): void {
    const id = stated;
    stated = undefined;
    post(what, value, id);
  }

  function post(what: Envelope['what'], value: unknown = null, id?: string): void {
    // What a format of one's own makes of a message need not be something that can be cloned.
    call(() => {
      channel?.postMessage({ from: me, what, value: what === 'message' ? value : pack(value), id });
    }, undefined);
  }
}
