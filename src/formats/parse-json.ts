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

/** Words that JavaScript has and JSON has not. The first half passes over strings, where they are text. */
const NOT_IN_JSON = /"[^"\\]*(?:\\[^][^"\\]*)*"|-?\b(?:NaN|Infinity|undefined)\b/g;

/** The same for what scripts hold: `NaN`, `Infinity` and `undefined`, which some servers write, become `null`. */
export function parseLiteral(text: string): unknown {
  return (
    parseJson(text) ?? parseJson(text.replace(NOT_IN_JSON, (word) => (word.startsWith('"') ? word : 'null')))
  );
}
