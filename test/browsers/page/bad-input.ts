// What a broken server sends: each costs one typed error, and the next good event still arrives where the stream goes on.

import type { SubscribeOptions } from '../../../src/index.ts';
import type { Step } from '../../server/script.ts';
import type { Technique } from '../techniques.ts';
import { record, type ErrorFacts } from './recording.ts';
import { fresh, script } from './server.ts';
import { body, head, message, messageOf, type Wire } from './wire.ts';

export interface BadInputFacts {
  readonly errors: readonly ErrorFacts[];
  /** Text of what was delivered. */
  readonly delivered: string[];
  /** How it ended, where it ended by itself. */
  readonly closed?: { readonly reason: string; readonly code?: string };
  /** Whether this browser tells the status of a frame's document. */
  readonly framesTellStatus: boolean;
}

const framesTellStatus = 'responseStatus' in PerformanceNavigationTiming.prototype;

/** Characters a message may have in these journeys; the endless one has more. */
const LIMIT = 20_000;

/** The server answers with something that is no stream. The one attempt allowed shows what it is worth. */
export async function badAnswer(technique: Technique, what: 'not found' | 'a page'): Promise<BadInputFacts> {
  const url = await script(fresh('bad-answer'), [ANSWERS[what]]);
  const recording = record(url, technique.name, { maxAttempts: 1 });
  const { reason, error } = await recording.closed();
  const delivered = recording.messages.map(({ data }) => String(data));
  return {
    errors: recording.errors,
    delivered,
    closed: { reason, ...(error && { code: error.code }) },
    framesTellStatus,
  };
}

const PAGE = '<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Sign in</h1></body></html>\n';
const PAGE_HEADERS = { 'Content-Type': 'text/html; charset=utf-8' };

const ANSWERS: Record<'not found' | 'a page', Step[]> = {
  'not found': [{ head: { status: 404, headers: PAGE_HEADERS } }, { send: PAGE }],
  'a page': [{ head: { headers: PAGE_HEADERS } }, { send: PAGE }],
};

/** One message of the stream is bad, the next one is good. */
export async function badMessage(
  technique: Technique,
  what: 'too long' | 'not UTF-8' | 'not JSON',
): Promise<BadInputFacts> {
  const { connections, options = {} } = MESSAGES[what](technique.wire);
  const url = await script(
    fresh('bad-message'),
    connections.map((steps) => [head(technique.wire), ...steps]),
  );
  const recording = record(url, technique.name, { maxMessageSize: LIMIT, ...options });
  await recording.until('good message', () => recording.messages.some(({ data }) => data === GOOD));
  recording.connection.close();
  return {
    errors: recording.errors,
    delivered: recording.messages.map(({ data }) => String(data)),
    framesTellStatus,
  };
}

interface Plot {
  readonly connections: Step[][];
  readonly options?: SubscribeOptions;
}

const GOOD = 'good';

const MESSAGES: Record<'too long' | 'not UTF-8' | 'not JSON', (wire: Wire) => Plot> = {
  'too long': (wire) => inOneBody(wire, ['x'.repeat(3 * LIMIT), GOOD]),
  'not UTF-8': (wire) => inOneBody(wire, ['bad \u00ff byte', GOOD]),
  'not JSON': notJson,
};

/** Stays open after the last message, so that a stream goes on. */
function inOneBody(wire: Wire, texts: string[]): Plot {
  const messages = texts.map((text, index) => message(wire, index + 1, text));
  const steps: Step[] = slices(body(wire, messages)).map((sendBase64) => ({ sendBase64 }));
  return { connections: [wire === 'json' ? steps : [...steps, { hang: true }]] };
}

function notJson(wire: Wire): Plot {
  const bad = '{"half":}';
  // A whole document is lost when it cannot be read; the next answer is good.
  if (wire === 'json') {
    return { connections: [[{ send: `[${bad}]` }], [{ send: body(wire, [message(wire, 2, GOOD)]) }]] };
  }
  // The data of an event stream is text until somebody asks for JSON.
  const isText = wire === 'event-stream';
  const options = isText ? { parse: (text: string): unknown => JSON.parse(text) } : {};
  const messages = [messageOf(wire, 1, bad), messageOf(wire, 2, JSON.stringify(GOOD))];
  return { options, connections: [[{ send: body(wire, messages) }, { hang: true }]] };
}

/** Latin-1, so that the one character above ASCII becomes a byte that is no UTF-8; in pieces, as networks cut. */
function slices(text: string): string[] {
  const size = 12_288; // divisible by three: the pieces of base64 need no padding
  return Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
    btoa(text.slice(index * size, (index + 1) * size)),
  );
}
