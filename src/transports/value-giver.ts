// A value that a frame's script gives, as a message, by the rule of the JSON formats.

import { isEnvelope } from '../message.ts';
import type { Sink } from './transport.ts';

/** The function our own server calls. As it is the default, its name is no event's name. */
const DEFAULT_CALLBACK = 'enckeReceive';

/** Not in an id: a header cannot carry them, so the server would never see the id again. */
const NOT_IN_A_HEADER = /[\0\r\n]/;

export function valueGiver(sink: Sink, callback: string): (value: unknown) => void {
  const unnamed = callback === DEFAULT_CALLBACK ? 'message' : callback;
  let currentId = ''; // as this connection has it

  return (value) => {
    if (!isEnvelope(value)) {
      sink.message({ event: unnamed, data: value, id: currentId });
      return;
    }
    // The other keys of an envelope may still be of any type: it is recognised by one of them.
    const { id, event, retry, data }: Record<'id' | 'event' | 'retry' | 'data', unknown> = {
      id: undefined,
      event: undefined,
      retry: undefined,
      ...value,
    };
    if (typeof retry === 'number' && Number.isInteger(retry) && retry >= 0) sink.retry(retry);
    if ((typeof id === 'string' || typeof id === 'number') && !NOT_IN_A_HEADER.test(String(id))) {
      currentId = String(id);
      sink.id(currentId);
    }
    sink.message({ event: typeof event === 'string' && event ? event : unnamed, data, id: currentId });
  };
}
