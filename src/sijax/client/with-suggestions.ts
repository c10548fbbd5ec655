// What asks the suggest plugin of Sijax for PHP.

import type { Command, CommandQueue } from '../../commands/command.ts';
import { thenable, type Thenable } from '../../ground/thenable.ts';
import type {
  CallOptions,
  SijaxApp,
  SijaxCall,
  SijaxFunctions,
  SuggestCall,
  Suggestion,
  SuggestQuery,
  SuggestReply,
} from './sijax-options.ts';

/** What the command calls that brings them. */
const PROCESS_SUGGESTIONS = 'sjxSuggest.processResponse';

/** A client that can also ask for suggestions. */
export interface SuggestingApp<Functions extends object = SijaxFunctions> extends SijaxApp<Functions> {
  /**
   * Asks a function of the suggest plugin.
   *
   * @throws EnckeError `invalid-option` for a query that JSON cannot say, `no-transport`
   */
  suggest(functionName: keyof Functions & string, query: SuggestQuery, options?: CallOptions): SuggestCall;
}

/** Gives a client for the suggest plugin of Sijax for PHP: the same, with `suggest`. */
export function withSuggestions<Functions extends object>(app: SijaxApp<Functions>): SuggestingApp<Functions>;
export function withSuggestions(app: SijaxApp): SuggestingApp {
  return { ...app, suggest };

  function suggest(functionName: string, query: SuggestQuery, own: CallOptions = {}): SuggestCall {
    let suggestions: readonly Suggestion[] = [];
    const queue = withoutSuggestions(own.commands ?? app.commands, (found) => (suggestions = found));
    const call = app.request(functionName, [query], { ...own, commands: queue });
    const whole = call.then;
    const reply = (): Promise<SuggestReply> => whole((answer) => ({ ...answer, suggestions }));
    return Object.assign<Omit<SijaxCall, keyof Thenable<unknown>>, Thenable<SuggestReply>>(
      call,
      thenable(reply),
    );
  }
}

/** The same queue, but for the command that brings suggestions: those are handed to `found`. */
function withoutSuggestions(
  queue: CommandQueue,
  found: (suggestions: readonly Suggestion[]) => void,
): CommandQueue {
  const push = (commands: readonly unknown[]): void => {
    for (const answer of commands.filter(isAnswer)) found(suggestionsIn(answer));
    queue.push(commands.filter((command) => !isAnswer(command)));
  };
  return Object.create(queue, { push: { value: push } }) as CommandQueue;
}

function isAnswer(value: unknown): value is Command {
  const { type, call } = (value ?? {}) as Partial<Command>;
  return type === 'call' && call === PROCESS_SUGGESTIONS;
}

function suggestionsIn({ params }: Command): readonly Suggestion[] {
  const [answer] = [params].flat() as ({ readonly suggestions?: unknown } | null | undefined)[];
  return [answer?.suggestions].flat().filter(isSuggestion);
}

function isSuggestion(value: unknown): value is Suggestion {
  return typeof (value as Partial<Suggestion> | null | undefined)?.display === 'string';
}
