// What a tab that follows hears of the stream: its cursor goes along, and each message comes once.

import type { Message } from '../../ground/message.ts';
import { createDelivered } from '../../session/delivered.ts';
import type { Listener, Plan } from '../../session/part.ts';

export interface Hearing {
  /** Another tab begins to lead: what it says first may be a replay. */
  begin(): void;
  /** The leader has stated this id. */
  state(id: string): void;
  /** The leader has said this message. */
  take(message: Message): void;
}

export function createHearing({ cursor, target }: Plan, listener: Listener): Hearing {
  const delivered = target.options.replays === 'drop' ? (cursor.delivered ??= createDelivered()) : undefined;
  let place = delivered?.connect();

  return {
    begin() {
      place = delivered?.connect();
    },
    state(id) {
      cursor.id = id;
      place?.stated();
    },
    take(message) {
      if (!place?.isReplay(message, cursor.id)) listener.message(message);
    },
  };
}
