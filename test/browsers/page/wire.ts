// Messages as a technique's server writes them, for journeys that script every byte.

import type { Step } from '../../server/script.ts';
import type { Technique } from '../techniques.ts';

export type Wire = Technique['wire'];

const CONTENT_TYPES: Record<Wire, string> = {
  'event-stream': 'text/event-stream',
  'script-tags': 'text/html; charset=utf-8',
  json: 'application/json',
};

/**
 * A head without keep-alive. With it Chromium (seen in 156) may read on for up to five seconds after an abort,
 * in the hope of using the connection again, and the server would not see the close before that.
 */
export function head(wire: Wire): Step {
  return { head: { headers: { 'Content-Type': CONTENT_TYPES[wire], Connection: 'close' } } };
}

/** The beginning of a body, with these messages. */
export function body(wire: Wire, messages: string[]): string {
  if (wire === 'json') return `[${messages.join(',')}]`;
  // Browsers begin to run the scripts of a page after this much of it.
  const start = wire === 'script-tags' ? `<!DOCTYPE html><body><!--${' '.repeat(2_048)}-->\n` : '';
  return start + messages.join('');
}

/** One message. */
export function message(wire: Wire, id: number, text: string): string {
  return messageOf(wire, id, wire === 'event-stream' ? text : JSON.stringify(text));
}

/** One message whose data is written as it is given, right or wrong. */
export function messageOf(wire: Wire, id: number, data: string): string {
  if (wire === 'event-stream') return `id: ${id}\ndata: ${data}\n\n`;
  const envelope = `{"id":"${id}","event":"message","data":${data}}`;
  return wire === 'json' ? envelope : `<script>parent.enckeReceive(${envelope})</script>\n`;
}
