// Bytes to text, in any cut, and word of what was no UTF-8.

const REPLACEMENT = '\uFFFD';

/** The bytes of U+FFFD, each read as one character. EF never continues a sequence, so they are nothing else. */
const REPLACEMENT_BYTES = '\u00EF\u00BF\u00BD';

/**
 * Decodes one response: called with each chunk, and without one at the end of the body.
 * `onInvalid` is called once, at the first bytes that are not UTF-8.
 */
export function utf8Decoder(onInvalid: () => void): (bytes?: Uint8Array) => string {
  // The byte order mark is the format's to drop: only the event stream has a rule for it.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const byteReader = new TextDecoder('latin1');
  let valid = true; // no invalid byte so far
  let tail = ''; // the last two bytes, where a U+FFFD that the server sent may have begun

  return (bytes) => {
    const text = decoder.decode(bytes, { stream: bytes !== undefined });
    if (!valid) return text;
    if (text.includes(REPLACEMENT)) {
      valid = count(REPLACEMENT, text) === count(REPLACEMENT_BYTES, tail + byteReader.decode(bytes));
      if (!valid) onInvalid();
    }
    tail = (tail + byteReader.decode(bytes?.subarray(-2))).slice(-2);
    return text;
  };
}

function count(part: string, text: string): number {
  return text.split(part).length;
}
