// Bytes to text, in any cut, and word of what was no UTF-8.

const REPLACEMENT = '\uFFFD';

/**
 * Decodes one response: called with each chunk, and without one at the end of the body.
 * `onInvalid` is called once, at the first bytes that are not UTF-8.
 */
export function utf8Decoder(onInvalid: () => void): (bytes?: Uint8Array) => string {
  // The byte order mark is the format's to drop: only the event stream has a rule for it.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let valid = true; // no invalid byte so far
  let last = new Uint8Array(0); // the last two bytes, where a U+FFFD of the server's may have begun

  return (bytes) => {
    const text = decoder.decode(bytes, { stream: bytes !== undefined });
    if (valid) {
      valid = !text.includes(REPLACEMENT) || count(text) === countBytes(join(last, bytes));
      if (!valid) onInvalid();
      last = (bytes && bytes.length > 1 ? bytes : join(last, bytes)).slice(-2);
    }
    return text;
  };
}

function count(text: string): number {
  return text.split(REPLACEMENT).length - 1;
}

/** EF never continues a sequence, so each EF BF BD is a U+FFFD that the server sent on purpose. */
function countBytes(bytes: Uint8Array): number {
  let found = 0;
  for (let at = bytes.indexOf(0xef); at >= 0; at = bytes.indexOf(0xef, at + 1)) {
    if (bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd) found++;
  }
  return found;
}

function join(head: Uint8Array, tail: Uint8Array = new Uint8Array(0)): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(head.length + tail.length);
  joined.set(head);
  joined.set(tail, head.length);
  return joined;
}
