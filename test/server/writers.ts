// How each format writes messages: one writer per response.

/** A message on its way out. Without an id it does not move the cursor. */
export interface Outgoing {
  readonly id?: string;
  readonly event?: string;
  readonly data: unknown;
}

export interface Writer {
  readonly contentType: string;
  opening(): string;
  message(message: Outgoing): string;
  /** States the cursor without a message, where the format can. */
  cursor(id: string): string;
  /** Shows life, and nothing else. */
  heartbeat(): string;
  closing(): string;
}

export interface WriterOptions {
  /** Reconnection time to ask for, in milliseconds. */
  readonly retry: number | undefined;
  /** Name of the page's function that script tags call. */
  readonly callback: string;
  /** Line end of the event stream. */
  readonly lineEnd: '\n' | '\r\n';
}

export const FORMATS = ['event-stream', 'json-lines', 'script-tags', 'json', 'text'] as const;
export type FormatName = (typeof FORMATS)[number];

export function createWriter(format: FormatName, options: WriterOptions): Writer {
  return WRITERS[format](options);
}

const WRITERS = {
  'event-stream': eventStreamWriter,
  'json-lines': jsonLinesWriter,
  'script-tags': scriptTagsWriter,
  json: jsonWriter,
  text: textWriter,
} satisfies Record<FormatName, (options: WriterOptions) => Writer>;

/** Browsers start to render, and to run scripts, once they have seen this much of a page. */
export const RENDER_THRESHOLD = 2048;

function eventStreamWriter({ retry, lineEnd }: WriterOptions): Writer {
  return {
    contentType: 'text/event-stream',
    opening: () => (retry === undefined ? '' : `retry: ${retry}${lineEnd}${lineEnd}`),
    message({ id, event, data }) {
      let block = id === undefined ? '' : `id: ${id}${lineEnd}`;
      if (event !== undefined) block += `event: ${event}${lineEnd}`;
      // A carriage return inside data cannot be carried: the grammar knows it only as a line end.
      for (const line of asText(data).split(/\r\n|\r|\n/)) {
        block += (line === '' ? 'data:' : `data: ${line}`) + lineEnd;
      }
      return block + lineEnd;
    },
    // A block without data is not an event, but its id counts.
    cursor: (id) => `id: ${id}${lineEnd}${lineEnd}`,
    heartbeat: () => `:${lineEnd}${lineEnd}`,
    closing: () => '',
  };
}

function jsonLinesWriter({ retry }: WriterOptions): Writer {
  const envelope = envelopes(retry);
  return {
    contentType: 'application/x-ndjson',
    opening: () => '',
    message: (message) => `${envelope(message)}\n`,
    cursor: () => '',
    heartbeat: () => '\n',
    closing: () => '',
  };
}

function scriptTagsWriter({ retry, callback }: WriterOptions): Writer {
  const envelope = envelopes(retry);
  return {
    contentType: 'text/html; charset=utf-8',
    opening: () =>
      '<!DOCTYPE html><html><head><meta charset="utf-8"><title>events</title></head><body>\n' +
      `<!--${' '.repeat(RENDER_THRESHOLD)}-->\n`,
    message: (message) => `<script>parent.${callback}(${scriptSafe(envelope(message))})</script>\n`,
    cursor: () => '',
    heartbeat: () => '<!-- -->\n',
    closing: () => '</body></html>\n',
  };
}

function jsonWriter({ retry }: WriterOptions): Writer {
  const envelope = envelopes(retry);
  let separator = ''; // a comma once the array has begun
  return {
    contentType: 'application/json',
    opening: () => '[',
    message(message) {
      const text = separator + envelope(message);
      separator = ',\n';
      return text;
    },
    cursor: () => '',
    heartbeat: () => ' ',
    closing: () => ']\n',
  };
}

function textWriter(): Writer {
  return {
    contentType: 'text/plain; charset=utf-8',
    opening: () => '',
    message: ({ data }) => asText(data),
    cursor: () => '',
    heartbeat: () => '',
    closing: () => '',
  };
}

/** Writes envelopes; the reconnection time rides on the first. */
function envelopes(retry: number | undefined): (message: Outgoing) => string {
  let asked = retry; // absent once said
  return ({ id, event, data }) => {
    const envelope = {
      ...(id !== undefined && { id }),
      ...(event !== undefined && { event }),
      data: data ?? null,
      ...(asked !== undefined && { retry: asked }),
    };
    asked = undefined;
    return JSON.stringify(envelope);
  };
}

/** No `</script>` can end the block early; the two separators would end a string literal in browsers before ES2019. */
export function scriptSafe(text: string): string {
  return text.replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

function asText(data: unknown): string {
  return typeof data === 'string' ? data : JSON.stringify(data ?? null);
}
