// Which technique a request asks for: what the end of the answer means, and how messages are written.

import { queryNumber, type ReceivedRequest } from './exchange.ts';
import { createWriter, FORMATS, type FormatName, type Writer } from './writers.ts';

/** `stream` runs on; `answer` is held until there is something to say (long poll); `interval` answers at once (poll). */
export type Rhythm = 'stream' | 'answer' | 'interval';

export interface Technique {
  readonly rhythm: Rhythm;
  readonly format: FormatName;
  readonly writer: Writer;
}

const RHYTHMS: Readonly<Record<string, Rhythm>> = { 'long-poll': 'answer', poll: 'interval' };

const MEDIA_TYPES: Readonly<Record<string, FormatName>> = {
  'text/event-stream': 'event-stream',
  'application/x-ndjson': 'json-lines',
  'application/jsonl': 'json-lines',
  'text/html': 'script-tags',
  'application/json': 'json',
  'text/plain': 'text',
};

const CALLBACK = /^[\w.]+$/;
const DEFAULT_CALLBACK = 'enckeReceive';

/** `format=` decides, then `transport=`, then `Accept`. A stream cannot be a JSON array: that becomes a poll. */
export function negotiate(request: ReceivedRequest, lineEnd: '\n' | '\r\n' = '\n'): Technique {
  const query = request.url.searchParams;
  const transport = query.get('transport') ?? '';
  const polls = Object.hasOwn(RHYTHMS, transport);
  const format =
    namedFormat(query.get('format')) ?? formatOf(transport, polls, request.headers['accept'] ?? '');
  const rhythm = RHYTHMS[polls ? transport : ''] ?? (format === 'json' ? 'interval' : 'stream');
  const callback = query.get('callback') ?? DEFAULT_CALLBACK;
  const writer = createWriter(format, {
    retry: queryNumber(request.url, 'retry'),
    callback: CALLBACK.test(callback) ? callback : DEFAULT_CALLBACK,
    lineEnd,
  });
  return { rhythm, format, writer };
}

function namedFormat(name: string | null): FormatName | undefined {
  return FORMATS.find((format) => format === name);
}

function formatOf(transport: string, polls: boolean, accept: string): FormatName {
  if (transport === 'iframe' || transport === 'htmlfile') return 'script-tags';
  return accepted(accept) ?? (polls ? 'json' : 'event-stream');
}

/** The format with the highest weight; the first of equals. `undefined` where the client takes anything. */
function accepted(accept: string): FormatName | undefined {
  let best: { format: FormatName; weight: number } | undefined;
  for (const item of accept.split(',')) {
    const [type = '', ...parameters] = item.split(';').map((part) => part.trim().toLowerCase());
    const format = Object.hasOwn(MEDIA_TYPES, type) ? MEDIA_TYPES[type] : undefined;
    const weight = Number(parameters.find((part) => part.startsWith('q='))?.slice(2) ?? 1);
    if (format && weight > (best?.weight ?? 0)) best = { format, weight };
  }
  return best?.format;
}
