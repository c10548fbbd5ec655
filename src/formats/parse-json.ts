// JSON text to a value, without exceptions.

/** `undefined`, which no JSON says, when the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Every caller reports it, in words that fit what was read.
    return undefined;
  }
}
