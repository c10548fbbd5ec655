// Stands for a session on a server: it connects to nothing, and can be closed.

import type { State } from '../options.ts';
import type { Listener, Session } from './told.ts';

export function inert({ tell }: Listener): Session {
  let state: State = 'connecting';
  return {
    get state() {
      return state;
    },
    transport: '',
    lastEventId: '',
    attempt: 0,
    reconnect: () => undefined,
    listen: () => undefined,
    close(reason) {
      if (state === 'closed') return;
      state = 'closed';
      tell('closed', { reason });
    },
  };
}
