// One message, whatever carrier and format brought it.

/** One message. The names are those of the event stream's fields. */
export interface Message<Data = unknown> {
  /** The event's name; `'message'` where the server names none. */
  readonly event: string;
  /** What the server sent: text from an event stream, the parsed value from JSON formats. */
  readonly data: Data;
  /** The last event id when this message was sent; `''` where the server gives none. */
  readonly id: string;
}

const ENVELOPE_KEYS = new Set(['id', 'event', 'data', 'retry']);

/** A JSON object that wraps a message: `data`, beside `id` or `event`, and nothing else but `retry`. */
export interface Envelope {
  readonly data: unknown;
  /** A number counts where `event` is a string, or `data` is text. */
  readonly id?: string | number | null;
  readonly event?: unknown;
  readonly retry?: unknown;
}

/**
 * Tells an envelope from a bare value. The JSON formats and the frame's callback share this rule:
 * an object with `data` and `id` or `event` (or both), as strings, and no other key but `retry`.
 *
 * `{"id":42,"data":{…}}` is what many servers call an object of theirs, so a number is an id only where nothing but a
 * message is meant: beside an `event`, or where `data` is text, as in an event stream. Rounded, it would be another id.
 */
export function isEnvelope(value: unknown): value is Envelope {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'data')) return false;
  if (!Object.keys(value).every((key) => ENVELOPE_KEYS.has(key))) return false;
  const { id = null, event, data } = value as { [Key in keyof Envelope]?: unknown };
  const isNamed = typeof event === 'string';
  if (typeof id !== 'number') return typeof id === 'string' || (isNamed && id === null);
  return Math.abs(id) <= Number.MAX_SAFE_INTEGER && (isNamed || typeof data === 'string');
}
