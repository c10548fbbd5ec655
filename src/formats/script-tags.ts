// The `script-tags` format: the calls that stand in the script blocks of streamed HTML.
//
// It knows just enough of HTML to find the blocks, and of JavaScript to find `name(JSON)` at the beginning of
// a statement. Nothing is executed. Each place of the text has one function, which reads on until the place changes.

import type { Decoder, DecoderOptions, DecoderSink, Format } from './format.ts';
import { createJsonScanner } from './json-scanner.ts';
import { createLimitedText } from './limited-text.ts';
import { areMeantAsJson, parseArguments } from './script-arguments.ts';
import { malformed, tooLarge } from './unreadable.ts';
import { createGiveValue } from './value-message.ts';

/** The function our own server calls. As it is the default, its name is no event's name. */
const DEFAULT_CALLBACK = 'enckeReceive';

/** Longest name, in characters, with the blanks after it. */
const LONGEST_NAME = 200;

/** Longest part of a script's start tag that is looked at, in characters. */
const LONGEST_TAG = 1_000;

const NAME = /^([\w$\u0080-\uffff]+(?:\.[\w$\u0080-\uffff]+)*)\s*$/;
const WINDOW_PREFIX = /^(?:(?:window|parent|top|self)\.)+/;
const TAG_NAME_END = /[\s/>]/;
const SOURCE_ATTRIBUTE = /[\s"']src\s*=/i;
const BLOCK_END = /<\/script/i;

/** `<` may end the block, `(` may open a call, after the others a statement may begin. */
const SCRIPT_MARK = /[<(){};&\r\n]/g;

/** Reads `text` from `at` on in one place, and says how far it came. */
type Place = (text: string, at: number) => number;

export const scriptTags: Format = {
  name: 'script-tags',
  mediaTypes: ['text/html', 'application/xhtml+xml'],
  decoder: createScriptTagsDecoder,
};

function createScriptTagsDecoder(sink: DecoderSink, options: DecoderOptions): Decoder {
  const { maxMessageSize } = options;
  const give = createGiveValue(sink, options);
  const scanner = createJsonScanner();
  const held = createLimitedText(maxMessageSize, (start) => {
    if (areMeantAsJson(start)) sink.problem(tooLarge(start, maxMessageSize));
  });
  let place: Place = outside;
  let block: Place = inScript; // where a `<` that does not end the block leads back to
  let word = ''; // the tag's name, as far as it has come
  let tag = ''; // the script's start tag without the values in quotes
  let quote = ''; // the open quote in it
  let comment = ''; // the last two characters of the comment
  let statement = ''; // the statement's beginning
  let called = ''; // the function whose arguments are being read

  return { feed, end };

  function feed(text: string): void {
    for (let at = 0; at < text.length;) at = place(text, at);
  }

  function end(): void {
    // Giving a call up may bring to light another one that is not closed either.
    while (place === inArguments) giveUp(held.take());
  }

  function outside(text: string, at: number): number {
    const open = text.indexOf('<', at);
    if (open < 0) return text.length;
    word = '';
    place = inTagName;
    return open + 1;
  }

  function inTagName(text: string, at: number): number {
    const char = text.charAt(at);
    const longer = word + char.toLowerCase();
    if (longer === '!--') return enterComment(at + 1);
    if (beginsOneOf(longer, 'script', '!--')) {
      word = longer;
      return at + 1;
    }
    place = word === 'script' && TAG_NAME_END.test(char) ? inStartTag : outside;
    tag = quote = '';
    return at;
  }

  function enterComment(at: number): number {
    comment = '--'; // HTML lets `<!-->` be a whole comment
    place = inComment;
    return at;
  }

  function inComment(text: string, at: number): number {
    const close = indexOrEnd(text, text.indexOf('>', at));
    comment = (comment + text.slice(at, close)).slice(-2);
    if (close === text.length) return close;
    if (comment === '--') place = outside;
    comment = '>';
    return close + 1;
  }

  function inStartTag(text: string, at: number): number {
    const char = text.charAt(at);
    if (char === '>' && !quote) enterBlock();
    else if (quote === char) quote = '';
    else if (!quote && (char === '"' || char === "'")) quote = char;
    if (!quote && tag.length < LONGEST_TAG) tag += char;
    return at + 1;
  }

  function enterBlock(): void {
    block = SOURCE_ATTRIBUTE.test(tag) ? inIgnoredScript : inScript;
    place = tag.endsWith('/') ? outside : block; // XHTML closes an empty element so
    statement = '';
  }

  function inIgnoredScript(text: string, at: number): number {
    const open = text.indexOf('<', at);
    return open < 0 ? text.length : enterEndTag(open + 1);
  }

  function inScript(text: string, at: number): number {
    SCRIPT_MARK.lastIndex = at;
    const mark = indexOrEnd(text, SCRIPT_MARK.exec(text)?.index ?? -1);
    statement = (statement + text.slice(at, mark)).trimStart().slice(0, LONGEST_NAME + 1);
    if (mark === text.length) return mark;
    if (text[mark] === '<') return enterEndTag(mark + 1);
    const name = text[mark] === '(' && statement.length <= LONGEST_NAME && NAME.exec(statement)?.[1];
    if (name) enterArguments(name);
    // What follows a parenthesis that opens no call is inside an expression: no statement begins there.
    statement = text[mark] === '(' ? '(' : '';
    return mark + 1;
  }

  function enterEndTag(at: number): number {
    statement = '<';
    word = '';
    place = inEndTag;
    return at;
  }

  function inEndTag(text: string, at: number): number {
    const char = text.charAt(at);
    const longer = word + char.toLowerCase();
    if (beginsOneOf(longer, '/script')) {
      word = longer;
      return at + 1;
    }
    place = word === '/script' && TAG_NAME_END.test(char) ? outside : block;
    return at;
  }

  function enterArguments(name: string): void {
    called = name;
    scanner.reset();
    place = inArguments;
  }

  function inArguments(text: string, at: number): number {
    const stop = scanner.next(text, at);
    held.add(text.slice(at, stop));
    if (stop === text.length) return stop;
    if (text[stop] === ',') {
      held.add(',');
      return stop + 1;
    }
    if (text[stop] === ')') giveCall(held.take());
    else giveUp(held.take());
    // The mark is read again in the place that follows: it may end a block, or close a call that came to light.
    return stop;
  }

  function giveCall(text: string | undefined): void {
    place = inScript;
    if (text === undefined) return;
    const values = parseArguments(text);
    if (!values) giveUp(text);
    else if (values.length > 0) give(values.length === 1 ? values[0] : values, eventOf(called));
  }

  /** The call cannot be read; `undefined` when it was too long as well. */
  function giveUp(text: string | undefined): void {
    place = outside;
    if (text === undefined) return;
    if (areMeantAsJson(text)) report(text);
    else place = inScript;
    readBlocksIn(text);
  }

  /**
   * A quote that is never closed swallows the blocks behind it. Here they are read as a browser would,
   * for which `</script` ends a block even inside a string. Since none of them goes beyond its block,
   * no text is read a third time.
   */
  function readBlocksIn(text: string): void {
    const [, ...blocks] = text.split(BLOCK_END);
    for (const swallowed of blocks) {
      if (place === inArguments) giveUp(held.take());
      place = outside;
      feed(swallowed);
    }
  }

  function report(text: string): void {
    const sentence = `The arguments of ${called}() are not JSON. The rest of its script block was skipped.`;
    sink.problem(malformed(sentence, `${called}(${text}`));
  }
}

function eventOf(called: string): string {
  const name = called.replace(WINDOW_PREFIX, '');
  return name === DEFAULT_CALLBACK ? 'message' : name;
}

function beginsOneOf(start: string, ...words: readonly string[]): boolean {
  return words.some((word) => word.startsWith(start));
}

function indexOrEnd(text: string, index: number): number {
  return index < 0 ? text.length : index;
}
