// What a JSON value says: a message, and around it what an envelope states.

import { isEnvelope } from '../message.ts';
import type { DecoderOptions, DecoderSink } from './format.ts';

/** Not in an id: a header cannot carry them, so the server would never see the id again. */
const NOT_IN_A_HEADER = /[\0\r\n]/;

/** Gives one value to the sink; `unnamed` is the event of a value that names none. */
export type GiveValue = (value: unknown, unnamed?: string) => void;

export function createGiveValue(sink: DecoderSink, { lastEventId }: DecoderOptions): GiveValue {
  let currentId = lastEventId;

  return (value, unnamed = 'message') => {
    if (!isEnvelope(value)) {
      sink.message({ event: unnamed, data: value, id: currentId });
      return;
    }
    // The other keys of an envelope may still be of any type: it is recognised by one of them.
    const { id, event, retry, data }: { id?: unknown; event?: unknown; retry?: unknown; data: unknown } =
      value;
    if (typeof retry === 'number' && Number.isInteger(retry) && retry >= 0) sink.retry(retry);
    if ((typeof id === 'string' || typeof id === 'number') && !NOT_IN_A_HEADER.test(String(id))) {
      currentId = String(id);
      sink.id(currentId);
    }
    sink.message({ event: typeof event === 'string' && event ? event : unnamed, data, id: currentId });
  };
}
