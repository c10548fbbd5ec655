// What a JSON value says: a message, and around it what an envelope states.

import { isEnvelope } from '../ground/message.ts';
import type { DecoderOptions, DecoderSink } from './format.ts';
import { parseJson } from './parse-json.ts';
import { malformed } from '../ground/unreadable.ts';

/** Not in an id: a header cannot carry them, so the server would never see the id again. */
const NOT_IN_A_HEADER = /[\0\r\n]/;

/** Gives one value to the sink; `unnamed` is the event of a value that names none. */
export type GiveValue = (value: unknown, unnamed?: string) => void;

export function createGiveValue(sink: DecoderSink, { lastEventId, cursor }: DecoderOptions): GiveValue {
  let currentId = lastEventId;

  return (value, unnamed = 'message') => {
    if ((typeof cursor === 'object' && cursor.plain) || !isEnvelope(value)) {
      sink.message({ event: unnamed, data: value, id: currentId });
      return;
    }
    const { id, event, retry, data } = value;
    if (typeof retry === 'number' && retry >= 0 && Number.isInteger(retry)) sink.retry(retry);
    const stated = typeof id === 'number' ? String(id) : id;
    if (typeof stated === 'string' && !NOT_IN_A_HEADER.test(stated)) sink.id((currentId = stated));
    sink.message({ event: (typeof event === 'string' && event) || unnamed, data, id: currentId });
  };
}

/** Gives the value that JSON text states; blank text states none. */
export function createGiveJson(sink: DecoderSink, options: DecoderOptions): (text: string) => void {
  const give = createGiveValue(sink, options);

  return (text) => {
    // JavaScript counts a byte order mark among the blanks, JSON does not.
    const trimmed = text.trim();
    if (!trimmed) return;
    const value = parseJson(trimmed);
    if (value === undefined) sink.problem(malformed('A message is not JSON.', trimmed));
    else give(value);
  };
}
