// The media type of a response, by the rules of Fetch and MIME Sniffing.

import { describe, expect, it } from 'vitest';
import { isEventStream, mediaTypeOf } from '../../src/ground/media-type.ts';

describe('mediaTypeOf', () => {
  it.each([
    // One value.
    ['text/event-stream', 'text/event-stream'],
    ['Text/EVENT-Stream;charset=UTF-8', 'text/event-stream'],
    ['\t text/event-stream \r\n', 'text/event-stream'],
    ['text/event-stream ;x', 'text/event-stream'],
    ['text/event-stream;', 'text/event-stream'],
    ['text/event-stream;charset="a;b', 'text/event-stream'],
    ["a!#$%&'*+-.^_`|~0/b", "a!#$%&'*+-.^_`|~0/b"],
    // Several: the last valid one.
    ['text/event-stream, text/event-stream', 'text/event-stream'],
    ['text/html, text/event-stream; charset=utf-8', 'text/event-stream'],
    ['text/event-stream; charset=utf-8, text/html', 'text/html'],
    ['text/event-stream,', 'text/event-stream'],
    [',,text/event-stream , ,', 'text/event-stream'],
    ['text/event-stream, */*', 'text/event-stream'],
    ['text/event-stream, nonsense', 'text/event-stream'],
    ['text/event-stream, text /html', 'text/event-stream'],
    // A comma inside a quoted string is none.
    ['text/plain; x="a, text/html"', 'text/plain'],
    ['text/plain; x="a\\", text/html", application/json', 'application/json'],
    ['text/plain; x="never closed, text/html', 'text/plain'],
    ['text/plain; x="ends with \\', 'text/plain'],
    // None.
    ['', ''],
    [null, ''],
    [undefined, ''],
    ['*/*', ''],
    ['text', ''],
    ['text/', ''],
    ['/html', ''],
    ['text/html x', ''],
    ['text/"html"', ''],
    ['text/ht\u00e9ml', ''],
    [',', ''],
    ['"', ''],
  ])('takes out of %j the type %j', (header, type) => {
    expect(mediaTypeOf(header)).toBe(type);
  });

  it('takes time in proportion to the length of the header', () => {
    const started = performance.now();
    for (const piece of ['"', '\\', ',', '"\\"', 'a/b;', ' ']) mediaTypeOf(piece.repeat(100_000));
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe('isEventStream', () => {
  it('goes by the media type alone, and knows none where the browser shows no headers', () => {
    const headed = (type: string) => ({ headers: new Headers({ 'content-type': type }) });
    expect(isEventStream(headed('Text/Event-Stream; charset=utf-8'))).toBe(true);
    expect(isEventStream(headed('text/html, text/event-stream'))).toBe(true);
    expect(isEventStream(headed('text/event-streams'))).toBe(false);
    expect(isEventStream({})).toBe(false);
    expect(isEventStream(undefined)).toBe(false);
  });
});
