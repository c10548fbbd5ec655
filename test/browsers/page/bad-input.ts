// What a broken server sends: each costs one typed error, and the next good event still arrives where the stream goes on.

import type { SubscribeOptions } from '../../../src/index.ts';
import type { Step } from '../../server/script.ts';
import type { Technique } from '../techniques.ts';
import { record, type ErrorFacts } from './recording.ts';
import { fresh, script } from './server.ts';

export type BadInput = 'not found' | 'a page' | 'too long' | 'not UTF-8' | 'not JSON';

export interface BadInputFacts {
  readonly errors: readonly ErrorFacts[];
  /** Text of what was delivered. */
  readonly delivered: string[];
  /** How it ended, where it ended by itself. */
  readonly closed?: { readonly reason: string; readonly code?: string };
}

/** Characters a message may have in these journeys; the endless one has more. */
const LIMIT = 20_000;

/** The server answers with something that is no stream. The one attempt allowed shows what it is worth. */
export async function badAnswer(technique: Technique, what: 'not found' | 'a page'): Promise<BadInputFacts> {
  const url = await script(fresh('bad-answer'), [ANSWERS[what]]);
  const recording = record(url, technique.name, { maxAttempts: 1 });
  const { reason, error } = await recording.closed();
  const delivered = recording.messages.map(({ data }) => String(data));
  return { errors: recording.errors, delivered, closed: { reason, ...(error && { code: error.code }) } };
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
  const { headers, connections, options = {} } = MESSAGES[what](technique.wire);
  const steps = connections.map((body): Step[] => [{ head: { headers } }, ...body]);
  const url = await script(fresh('bad-message'), steps);
  const recording = record(url, technique.name, { maxMessageSize: LIMIT, ...options });
  await recording.until('good message', () => recording.messages.some(({ data }) => data === GOOD));
  recording.connection.close();
  return { errors: recording.errors, delivered: recording.messages.map(({ data }) => String(data)) };
}

type Wire = Technique['wire'];

interface Plot {
  readonly headers: Record<string, string>;
  readonly connections: Step[][];
  readonly options?: SubscribeOptions;
}

const GOOD = 'good';

const CONTENT_TYPES: Record<Wire, string> = {
  'event-stream': 'text/event-stream',
  'script-tags': 'text/html; charset=utf-8',
  json: 'application/json',
};

const MESSAGES: Record<'too long' | 'not UTF-8' | 'not JSON', (wire: Wire) => Plot> = {
  'too long': (wire) => inOneBody(wire, ['x'.repeat(3 * LIMIT), GOOD]),
  'not UTF-8': (wire) => inOneBody(wire, ['bad \u00ff byte', GOOD]),
  'not JSON': notJson,
};

/** Stays open after the last message, so that a stream goes on. */
function inOneBody(wire: Wire, texts: string[]): Plot {
  const body =
    opening(wire) +
    join(
      wire,
      texts.map((text, index) => written(wire, index + 1, JSON.stringify(text))),
    );
  const steps: Step[] = slices(body).map((sendBase64) => ({ sendBase64 }));
  if (wire !== 'json') steps.push({ hang: true });
  return { headers: { 'Content-Type': CONTENT_TYPES[wire] }, connections: [steps] };
}

function notJson(wire: Wire): Plot {
  const headers = { 'Content-Type': CONTENT_TYPES[wire] };
  const bad = '{"half';
  // A whole document is lost when it cannot be read; the next answer is good.
  if (wire === 'json') {
    const good = `[${written(wire, 2, JSON.stringify(GOOD))}]`;
    return { headers, connections: [[{ send: `[${bad}` }], [{ send: good }]] };
  }
  const body = opening(wire) + written(wire, 1, bad) + written(wire, 2, JSON.stringify(GOOD));
  // The data of an event stream is text until somebody asks for JSON.
  const options = wire === 'event-stream' ? { parse: (text: string): unknown => JSON.parse(text) } : {};
  return { headers, options, connections: [[{ send: body }, { hang: true }]] };
}

/** Browsers begin to run the scripts of a page after this much of it. */
function opening(wire: Wire): string {
  return wire === 'script-tags' ? `<!DOCTYPE html><body><!--${' '.repeat(2_048)}-->\n` : '';
}

/** One message whose data is this JSON, as the wire writes it. */
function written(wire: Wire, id: number, json: string): string {
  const envelope = `{"id":"${id}","event":"message","data":${json}}`;
  if (wire === 'json') return envelope;
  if (wire === 'script-tags') return `<script>parent.enckeReceive(${envelope})</script>\n`;
  return `id: ${id}\ndata: ${json}\n\n`;
}

function join(wire: Wire, messages: string[]): string {
  return wire === 'json' ? `[${messages.join(',')}]` : messages.join('');
}

/** Latin-1, so that the one character above ASCII becomes a byte that is no UTF-8; in pieces, as networks cut. */
function slices(body: string): string[] {
  const size = 12_288; // divisible by three: the pieces of base64 need no padding
  return Array.from({ length: Math.ceil(body.length / size) }, (_, index) =>
    btoa(body.slice(index * size, (index + 1) * size)),
  );
}
