// Finds the end of a JSON value in text that comes in pieces, without parsing it.

const MARKS = /["[{(\]}),<]/g;
const MARKS_IN_STRING = /["\\\r\n]/g;

/**
 * Tells where the next border is in `text`, which continues the text before; `text.length` when there is none.
 * A border is
 * - a comma or a closing bracket that belongs to no bracket opened since the beginning,
 * - `<` outside a string, or a line end inside one: neither can be in JSON.
 */
export type JsonScanner = (text: string) => number;

/** With `closed`, the bracket that closes the outermost one is a border too, and `closed` is called at it. */
export function createJsonScanner(closed?: () => void): JsonScanner {
  let depth = 0; // brackets open
  let quoted = false; // inside a string
  let at = 0; // where to go on; 1 when a backslash was the last character of the text before

  return (text) => {
    for (;;) {
      const marks = quoted ? MARKS_IN_STRING : MARKS;
      marks.lastIndex = at;
      const mark = marks.exec(text)?.[0];
      if (!mark) {
        at = Math.max(0, at - text.length);
        return text.length;
      }
      at = marks.lastIndex;
      if (mark === '"') quoted = !quoted;
      else if (mark === '\\') at++;
      else if ('[{('.includes(mark)) depth++;
      else if (depth > 0 && ']})'.includes(mark)) {
        if (--depth > 0 || !closed) continue;
        closed();
        return border();
      } else if (depth === 0 || mark !== ',') return border();
    }
  };

  function border(): number {
    const place = at - 1;
    at = 0;
    return place;
  }
}
