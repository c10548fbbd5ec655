// What goes over the wire between a page and a Sijax backend: the fields of a call, and the format of the answers.

import { EnckeError, inWords } from '../../ground/errors.ts';
import { pageOrigin } from '../../ground/page-address.ts';
import type { Decoder, DecoderOptions, DecoderSink, Format } from '../../formats/format.ts';
import { parseLiteral } from '../../formats/parse-json.ts';
import { createScriptCallDecoder } from '../../formats/script-calls.ts';
import { WINDOW_PREFIX } from '../../ground/window-prefix.ts';
import { malformed, tooLarge, unreadable } from '../../ground/unreadable.ts';

/** The field that names the function. */
export const PARAM_REQUEST = 'sijax_rq';

/** The field that carries its arguments. */
export const PARAM_ARGS = 'sijax_args';

/** What a plain call accepts, word for word as jQuery says it: some backends tell by it what is no visit to a page. */
const ACCEPT = 'application/json, text/javascript, */*; q=0.01';

/** Across origins the second one would cause a preflight; jQuery does not send it there either. */
export function ajaxHeaders(origin: string): Record<string, string> {
  return { accept: ACCEPT, ...(origin === pageOrigin() && { 'x-requested-with': 'XMLHttpRequest' }) };
}

/** The page's function that scripts of a comet answer call, by its path from `window`. */
export const PROCESS_COMMANDS = 'Sijax.processCommands';

/** The page's function that scripts of PHP's answer to an upload call. */
export const PROCESS_RESPONSE = 'sjxUpload.processResponse';

/**
 * The two fields of a call.
 *
 * @throws EnckeError `invalid-option` for arguments that JSON cannot say: circles, big integers.
 */
export function callFields(functionName: string, args: unknown): [name: string, value: string][] {
  try {
    return [
      [PARAM_REQUEST, functionName],
      [PARAM_ARGS, JSON.stringify(args)],
    ];
  } catch (cause) {
    const sentence = `The arguments of ${functionName} are not JSON: ${inWords(cause)}`;
    throw new EnckeError('invalid-option', sentence, { cause });
  }
}

/**
 * What any Sijax backend answers: a JSON array of commands, or the script blocks of comet and upload. Each list is one
 * message. The content type is `text/html` either way, so a call names this format.
 */
export const sijaxFormat: Format = {
  name: 'sijax',
  mediaTypes: ['text/html', 'application/json'],
  onlyWhenAsked: true,
  decoder: createSijaxDecoder,
};

/** Where the list stands among the arguments of each function that our scripts may call. */
const LISTS: Readonly<Record<string, number>> = { [PROCESS_COMMANDS]: 0, [PROCESS_RESPONSE]: 1 };

/** PHP puts one behind the first piece of a stream, Python before it, so that old browsers begin to read. */
const EMPTY_SCRIPTS = /<script\b[^>]{0,200}>\s*<\/script\s*>/gi;

/**
 * Where a list of commands may begin: at once, or behind other text. What stands behind `:` or `,` or a bracket is part
 * of another list, of which the end is missing: an argument must not become a command.
 */
const LIST_START = /^\[|[^\s:,[{]\s*\[(?=\s*[{\]])/g;

/** How many of these places are tried: each costs as much as the text is long. */
const MOST_STARTS = 20;

/** Of a decoder's contract these servers need no more: they give no ids and no reconnection times. */
export function createSijaxDecoder(
  sink: Pick<DecoderSink, 'message' | 'problem' | 'failed'>,
  options: Pick<DecoderOptions, 'maxMessageSize'> & { readonly lastEventId?: string },
): Decoder {
  const { maxMessageSize, lastEventId = '' } = options;
  const scripts = createScriptCallDecoder({ problem: tellOfOurs }, options, giveCall);
  let kind: 'list' | 'page' | undefined; // told by the first character that is not blank
  let held = ''; // the answer, as long as it may still be a list
  let settled = false; // whether it is none: scripts have called, or it is given up

  return {
    feed(chunk) {
      const text = kind ? chunk : chunk.trimStart();
      if (text) kind ??= text.startsWith('[') ? 'list' : 'page';
      hold(text);
      // A list is not searched for scripts: the HTML in it may hold some.
      if (kind === 'page') scripts.feed(text);
    },
    isWhole: () => kind === 'page' && scripts.isWhole?.() === true,
    end() {
      if (kind === 'page') scripts.end();
      if (!settled) giveList(held.slice(0, maxMessageSize).trimEnd());
    },
  };

  function hold(text: string): void {
    if (settled || isTooLong()) return;
    held += text;
    if (kind === 'list' && isTooLong()) giveUp(tooLarge(held, maxMessageSize));
  }

  function isTooLong(): boolean {
    return held.length > maxMessageSize;
  }

  function giveCall(name: string, values: readonly unknown[]): void {
    if (!Object.hasOwn(LISTS, name)) return;
    settle();
    const list = values[LISTS[name] ?? 0];
    if (Array.isArray(list)) give(list);
    else
      sink.problem(
        malformed(`${name}() was given no list of commands.`, JSON.stringify(values).slice(1, -1)),
      );
  }

  /** Other scripts of a page may say what they like; a call that is too long has lost its name. */
  function tellOfOurs(error: EnckeError): void {
    const [called = ''] = error.payload?.split('(') ?? [];
    if (error.code === 'malformed' && !Object.hasOwn(LISTS, called.replace(WINDOW_PREFIX, ''))) return;
    settle();
    sink.problem(error);
  }

  function giveList(text: string): void {
    // A function that has nothing to say is no failure.
    if (!text.replace(EMPTY_SCRIPTS, '').trim()) return;
    const found = isTooLong() ? undefined : findList(text);
    if (!found) return giveUp(noCommands(text));
    if (found.before) sink.problem(malformed('The commands have text before them.', found.before));
    give(found.list);
  }

  function give(list: unknown): void {
    sink.message({ event: 'message', data: list, id: lastEventId });
  }

  function giveUp(error: EnckeError): void {
    settle();
    sink.failed(error);
  }

  function settle(): void {
    settled = true;
    held = '';
  }
}

/** The list that the text ends with, and what a talkative backend wrote before it, the notices of PHP for example. */
function findList(text: string): { readonly list: unknown; readonly before: string } | undefined {
  if (!text.endsWith(']')) return undefined;
  let tries = 0;
  for (const { index, 0: match } of text.matchAll(LIST_START)) {
    const start = index + match.indexOf('[');
    const list = parseLiteral(text.slice(start));
    if (list !== undefined) return { list, before: text.slice(0, start) };
    if (++tries === MOST_STARTS) break;
  }
  return undefined;
}

function noCommands(text: string): EnckeError {
  const sentence = `The answer holds no commands. Is it a login page, or did the server not see ${PARAM_REQUEST}?`;
  return unreadable('not-a-sijax-response', sentence, text);
}
