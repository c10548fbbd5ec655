// Reads the calls that stand in the script blocks of streamed HTML.
//
// It knows just enough of HTML to find the blocks, and of JavaScript to find `name(JSON)` where a statement may
// begin. Nothing is executed. Outside of arguments, the place where it is, is the pattern it looks for.

import { CODE_TYPE } from '../ground/script-type.ts';
import { WINDOW_PREFIX } from '../ground/window-prefix.ts';
import type { Decoder, DecoderOptions, DecoderSink } from './format.ts';
import { createJsonScanner } from './json-scanner.ts';
import { createLimitedText } from './limited-text.ts';
import { parseLiteral } from './parse-json.ts';
import { malformed } from '../ground/unreadable.ts';

/** A comment's beginning, or a script's start tag up to its `>`, with the attributes; or up to where it breaks off. */
const OPENING = /<!(?=--)|<script(?=[\s/>])([^>]{0,990})(?=>|$)/i;
const COMMENT_END = /-->/;
/** The block's end, or a call's name where a statement may begin: also behind the `>` of the start tag or of its attributes. */
const END_OR_CALL = /<\/script[\s/>]|[>;{}&)\r\n][ \t]{0,99}([\w$][\w$.]{0,99})\s{0,99}\(/i;
/** The longest text that these match, in characters. */
const LONGEST_MATCH = 1_000;

const SOURCE = /[\s"'/]src\s*=/i;
const TYPE = /[\s"'/]type\s*=\s*(?:"([^"]*)|'([^']*)|([^\s"'>]*))/i;
const END = /<\/script/i;

/** A tag of which the end is missing. */
const OPEN_TAG = /<[^>]*$/;

/** How arguments begin that were meant as JSON, unlike most other code of a page. */
const LITERAL = /^\s*["'[{\d-]/;

/** Takes the arguments of one call, of which there is at least one. `name` does not say of which window it is. */
export type GiveCall = (name: string, values: readonly unknown[]) => void;

export function createScriptCallDecoder(
  sink: Pick<DecoderSink, 'problem'>,
  options: Pick<DecoderOptions, 'maxMessageSize'>,
  give: GiveCall,
): Decoder {
  const held = createLimitedText(sink, options); // arguments
  const later: string[] = []; // what is behind the rest, not joined to it, which would copy it each time
  let scan = createJsonScanner();
  let rest = ''; // what is still to be read
  let sought = OPENING; // what the text is searched for
  let called = ''; // the function whose arguments are being read, if any are
  let ignored = false; // whether the calls of this block are of no interest

  return {
    feed(chunk) {
      rest += chunk;
      readOn();
    },
    isWhole: () => sought === OPENING && !OPEN_TAG.test(rest),
    end() {
      // Giving a call up may bring to light another one that is not closed either.
      for (; called; readOn()) giveUp(held.take());
    },
  };

  function readOn(): void {
    while ((called ? readArguments() : search()) || takeLater());
  }

  function takeLater(): boolean {
    const next = later.pop();
    rest += next ?? '';
    return next !== undefined;
  }

  /** Says whether there is more to read, as its two siblings do. */
  function search(): boolean {
    let match = sought.exec(rest);
    // Of a start tag the end is still to come: what looks like a comment in it is none.
    if (sought === OPENING && match && match.index + match[0].length === rest.length) match = null;
    rest = match ? rest.slice(match.index + match[0].length) : rest.slice(-LONGEST_MATCH);
    if (match) enter(match[1]);
    return match !== null;
  }

  function enter(found: string | undefined): void {
    if (sought === OPENING) enterMarkup(found);
    else if (found === undefined) sought = OPENING;
    else if (!ignored) {
      called = found;
      scan = createJsonScanner();
    }
  }

  /** A script's attributes tell it from a comment, which has none. */
  function enterMarkup(attributes: string | undefined): void {
    if (attributes === undefined) sought = COMMENT_END;
    else if (!attributes.endsWith('/')) sought = END_OR_CALL; // XHTML closes an empty element so
    ignored = attributes !== undefined && !isCode(attributes);
  }

  function readArguments(): boolean {
    const end = scan(rest);
    const border = rest.charAt(end);
    const next = border === ',' ? end + 1 : end;
    held.add(rest.slice(0, next));
    rest = rest.slice(next);
    if (border === ')') giveCall(held.take());
    else if (border && border !== ',') giveUp(held.take());
    return border !== '';
  }

  function giveCall(text: string): void {
    const values = parseLiteral(`[${text}]`) as unknown[] | undefined;
    if (!values) return giveUp(text);
    if (values.length > 0) give(called.replace(WINDOW_PREFIX, ''), values);
    called = '';
  }

  /**
   * The call cannot be read, so its block ends as for a browser: at the first `</script`, in a string or not.
   * A quote that is never closed may have swallowed other blocks behind that, which are read again.
   */
  function giveUp(text: string): void {
    ignored = LITERAL.test(text);
    const sentence = `An argument of ${called}() is not JSON.`;
    if (ignored) sink.problem(malformed(sentence, `${called}(${text}`));
    called = '';
    const end = text.search(END);
    if (end < 0) return;
    later.push(rest);
    rest = text.slice(end);
  }
}

/** What has a source, or is a block of data, a browser would not run either. */
function isCode(attributes: string): boolean {
  const [, quoted, single = quoted, bare = single ?? ''] = TYPE.exec(attributes) ?? [];
  return !SOURCE.test(attributes) && CODE_TYPE.test(bare);
}
