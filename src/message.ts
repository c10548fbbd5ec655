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
  readonly id?: string | number;
  readonly event?: string;
  readonly retry?: number;
}

/**
 * Tells an envelope from a bare value. The JSON formats and the frame's callback share this rule:
 * an object with `data` and `id` or `event` (or both), and no other key but `retry`.
 */
export function isEnvelope(value: unknown): value is Envelope {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'data')) return false;
  const { id, event } = value as { id?: unknown; event?: unknown };
  const idGiven = typeof id === 'string' || typeof id === 'number';
  const eventGiven = typeof event === 'string';
  return (idGiven || eventGiven) && Object.keys(value).every((key) => ENVELOPE_KEYS.has(key));
}
