// The suggestions in an answer, which is otherwise a list of commands like any other.

import type { Command, CommandQueue } from '../../commands/command.ts';
import type { Suggestion } from './sijax-options.ts';

/** What the command calls that brings them. */
const PROCESS_SUGGESTIONS = 'sjxSuggest.processResponse';

/** The same queue, but for the command that brings suggestions: those are handed to `found`. */
export function withoutSuggestions(
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
