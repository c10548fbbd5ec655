// The media type of a response, as Fetch takes it out of the header `Content-Type`.

/** [spec] "Get, decode, and split": a comma inside a quoted string separates nothing. */
const VALUES = /(?:"(?:\\[^]|[^"\\])*"?|[^",])+/g;

/** [spec] "Parse a MIME type", as far as its type and subtype. */
const ESSENCE = /^[\t\n\r ]*([\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+)[\t\n\r ]*(?:;|$)/;

/**
 * Lower case, without parameters; `''` where the header states none.
 * A header may have several values, for a gateway adds one of its own: the last that is valid counts.
 */
export function mediaTypeOf(contentType: string | null | undefined): string {
  const types = (contentType ?? '').match(VALUES)?.map((value) => ESSENCE.exec(value)?.[1]);
  const valid = types?.filter((type) => type && type !== '*/*').at(-1);
  return valid?.toLowerCase() ?? '';
}

/** Whether a response with these headers is an event stream; not where the browser shows none. */
export function isEventStream(head: { readonly headers?: Headers } | undefined): boolean {
  return mediaTypeOf(head?.headers?.get('content-type')) === 'text/event-stream';
}
