// Bytes to text, in any cut, and word of what was no UTF-8.

const REPLACEMENT = '\uFFFD';

/** The bytes of U+FFFD as one number. EF never continues a sequence, so they are nothing else. */
const REPLACEMENT_BYTES = 0xefbfbd;

/**
 * Decodes one response: called with each chunk, and without one at the end of the body.
 * `onInvalid` is called once, at the first bytes that are not UTF-8.
 */
export function utf8Decoder(onInvalid: () => void): (bytes?: Uint8Array) => string {
  // The byte order mark is the format's to drop: only the event stream has a rule for it.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let valid = true; // no invalid byte so far
  let last = 0; // the last three bytes as one number: a U+FFFD that the server sent may have begun in them

  return (bytes) => {
    const text = decoder.decode(bytes, { stream: bytes !== undefined });
    if (!valid) return text;
    const length = bytes?.length ?? 0;
    let unsent = text.split(REPLACEMENT).length - 1; // not by the server itself
    for (let at = unsent ? 0 : Math.max(0, length - 2); at < length; at++) {
      last = ((last << 8) | (bytes?.[at] ?? 0)) & 0xffffff;
      if (last === REPLACEMENT_BYTES) unsent--;
    }
    valid = unsent <= 0;
    if (!valid) onInvalid();
    return text;
  };
}
