// What fetch has to be told of a body that is a stream.

import { EnckeError } from './errors.ts';

type Fetch = typeof globalThis.fetch;

/** A fetch that sends a stream to this URL as well as the given one does. */
export function sendingStream(url: string, fetch: Fetch): Fetch {
  return async (input, init) => {
    try {
      // [spec] `duplex`: needs to be set when the body is a ReadableStream. `half` is the only value.
      return await fetch(input, { ...init, duplex: 'half' } as RequestInit);
    } catch (cause) {
      const sentence = `No response from ${url}. To send a stream, Chromium needs HTTP/2 or later; else the server is down, or a policy forbids it.`;
      throw new EnckeError('network', sentence, { url, cause });
    }
  };
}
