// The `script-tags` format: the calls that stand in the script blocks of streamed HTML.
//
// It knows just enough of HTML to find the blocks, and of JavaScript to find `name(JSON)` where a statement may
// begin. Nothing is executed. Each place has one function, which reads on and says whether that led anywhere.

import type { Decoder, DecoderOptions, DecoderSink, Format } from './format.ts';
import { createJsonScanner } from './json-scanner.ts';
import { createLimitedText } from './limited-text.ts';
import { parseJson } from './parse-json.ts';
import { malformed } from './malformed.ts';
import { createGiveValue } from './value-message.ts';

/** The function our own server calls. As it is the default, it names no event. */
const DEFAULT_CALLBACK = 'enckeReceive';

/** A comment's beginning, or a script's start tag up to its `>`, with the attributes. */
const OPENING = /<!(?=--)|<script(?=[\s/>])([^>]{0,990})(?=>)/i;
const UNFINISHED_OPENING = /<[^>]{0,999}$/;
const COMMENT_END = /-->/;
const UNFINISHED_COMMENT_END = /--?$/;
const SOURCE = /[\s"']src\s*=/i;

/** The block's end, or a call's name where a statement may begin: also behind the `>` of the start tag or of its attributes. */
const END_OR_CALL = /<\/script[\s/>]|[>;{}&)\r\n]\s{0,99}([\w$][\w$.]{0,99})\s{0,99}\(/i;
const UNFINISHED_END_OR_CALL = /[<>;{}&)\r\n][\s\w$./]{0,299}$/;
const END = /<\/script/i;

/** How arguments begin that were meant as JSON, unlike most other code of a page. */
const LITERAL = /^\s*["'[{\d-]/;
/** Words that JavaScript has and JSON has not. The first half passes over strings, where they are text. */
const NOT_IN_JSON = /"[^"\\]*(?:\\[^][^"\\]*)*"|-?\b(?:NaN|Infinity|undefined)\b/g;
const WINDOW = /^(?:(?:window|parent|top|self)\.)+/;

export const scriptTags: Format = {
  name: 'script-tags',
  mediaTypes: ['text/html', 'application/xhtml+xml'],
  onlyWhenAsked: true,
  decoder: createScriptTagsDecoder,
};

function createScriptTagsDecoder(sink: DecoderSink, options: DecoderOptions): Decoder {
  const give = createGiveValue(sink, options);
  const held = createLimitedText(sink, options); // arguments
  let scan = createJsonScanner();
  let read = outside; // the place
  let rest = ''; // the text being read
  const later: string[] = []; // the text behind it, where text is read again; never joined, which would copy it each time
  let ignored = false; // whether the calls of this block are of no interest
  let called = ''; // the function whose arguments are being read

  return {
    feed(chunk) {
      rest += chunk;
      readOn();
    },
    end() {
      // Giving a call up may bring to light another one that is not closed either.
      for (; read === inArguments; readOn()) giveUp(held.take());
    },
  };

  function readOn(): void {
    while (read() || readLater());
  }

  function readLater(): boolean {
    const next = later.pop();
    rest += next ?? '';
    return next !== undefined;
  }

  function outside(): boolean {
    const opening = find(OPENING, UNFINISHED_OPENING);
    if (!opening) return false;
    const attributes = opening[1];
    ignored = attributes !== undefined && SOURCE.test(attributes);
    if (attributes === undefined) read = inComment;
    else if (!attributes.endsWith('/')) read = inScript; // XHTML closes an empty element so
    return true;
  }

  function inComment(): boolean {
    const end = find(COMMENT_END, UNFINISHED_COMMENT_END);
    if (end) read = outside;
    return end !== null;
  }

  function inScript(): boolean {
    const mark = find(END_OR_CALL, UNFINISHED_END_OR_CALL);
    if (!mark) return false;
    if (mark[1] === undefined) read = outside;
    else if (!ignored) enterArguments(mark[1]);
    return true;
  }

  function enterArguments(name: string): void {
    called = name;
    scan = createJsonScanner();
    read = inArguments;
  }

  function inArguments(): boolean {
    const end = scan(rest);
    const border = rest.charAt(end);
    held.add(rest.slice(0, border === ',' ? end + 1 : end));
    rest = rest.slice(border === ',' ? end + 1 : end);
    if (border === ')') giveCall(held.take());
    else if (border && border !== ',') giveUp(held.take());
    return border !== '';
  }

  function giveCall(text: string): void {
    read = inScript;
    const values = parseArguments(text);
    if (!values) giveUp(text);
    else if (values.length > 0) give(values.length > 1 ? values : values[0], eventOf(called));
  }

  /**
   * The call cannot be read, so its block ends as for a browser: at the first `</script`, in a string or not.
   * A quote that is never closed may have swallowed other blocks behind that, which are read again.
   */
  function giveUp(text: string): void {
    read = inScript;
    ignored = LITERAL.test(text);
    if (ignored) sink.problem(malformed(`An argument of ${called}()`, `${called}(${text}`));
    const end = text.search(END);
    if (end < 0) return;
    later.push(rest);
    rest = text.slice(end);
  }

  /** Goes on behind what is looked for. Where it is not there, keeps what may become it when more text comes. */
  function find(pattern: RegExp, beginning: RegExp): RegExpExecArray | null {
    const match = pattern.exec(rest);
    rest = match ? rest.slice(match.index + match[0].length) : (beginning.exec(rest)?.[0] ?? '');
    return match;
  }
}

/** `NaN`, `Infinity` and `undefined`, which some servers write, become `null`. */
function parseArguments(text: string): unknown[] | undefined {
  const list = `[${text}]`;
  const values =
    parseJson(list) ?? parseJson(list.replace(NOT_IN_JSON, (word) => (word.startsWith('"') ? word : 'null')));
  return values as unknown[] | undefined;
}

function eventOf(called: string): string {
  const name = called.replace(WINDOW, '');
  return name === DEFAULT_CALLBACK ? 'message' : name;
}
