// Finds the end of a JSON value in text that comes in pieces, without parsing it.

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const QUOTE = 34;
const OPEN_PARENTHESIS = 40;
const CLOSE_PARENTHESIS = 41;
const COMMA = 44;
const LESS_THAN = 60;
const OPEN_BRACKET = 91;
const BACKSLASH = 92;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

export interface JsonScanner {
  /**
   * Where the next mark is, from `from` on; `text.length` when there is none. A mark is
   * - a comma or a closing bracket that belongs to no bracket opened since the last `reset`,
   * - `<` outside a string, or a line end inside one: in JSON neither can be.
   */
  next(text: string, from: number): number;
  /** A new value begins. */
  reset(): void;
}

export function createJsonScanner(): JsonScanner {
  let depth = 0; // brackets open
  let quoted = false; // inside a string
  let escaped = false; // after a backslash in it

  return {
    next(text, from) {
      for (let at = from; at < text.length; at++) {
        const code = text.charCodeAt(at);
        if (quoted ? endsLineInString(code) : isMark(code)) return at;
      }
      return text.length;
    },
    reset() {
      depth = 0;
      quoted = escaped = false;
    },
  };

  function endsLineInString(code: number): boolean {
    if (escaped) escaped = false;
    else if (code === BACKSLASH) escaped = true;
    else if (code === QUOTE) quoted = false;
    else return code === LINE_FEED || code === CARRIAGE_RETURN;
    return false;
  }

  function isMark(code: number): boolean {
    switch (code) {
      case QUOTE:
        quoted = true;
        return false;
      case OPEN_BRACKET:
      case OPEN_BRACE:
      case OPEN_PARENTHESIS:
        depth++;
        return false;
      case CLOSE_BRACKET:
      case CLOSE_BRACE:
      case CLOSE_PARENTHESIS:
        if (depth === 0) return true;
        depth--;
        return false;
      case COMMA:
        return depth === 0;
      default:
        return code === LESS_THAN;
    }
  }
}
