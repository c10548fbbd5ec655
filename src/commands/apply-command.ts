// Carries out one command: its verb, the hooks around it, and what becomes of an error.

import { call, throwLater } from '../ground/call.ts';
import { EnckeError, inWords } from '../ground/errors.ts';
import { createCommandPage } from './command-page.ts';
import type { Command, CommandQueueOptions, Verb } from './command.ts';
import { print } from './read-commands.ts';
import { verbs } from './verbs.ts';

export interface Runner {
  /** Never throws. A promise, which is never rejected, is of a command that takes its time. */
  apply(command: Command): Promise<void> | undefined;
  /** Tells of an error that is none of a command at work. */
  report(error: EnckeError): void;
}

export function createRunner(options: CommandQueueOptions): Runner {
  const { beforeApply, afterApply, onError } = options;
  const page = createCommandPage(options, fail);
  let command: Command | undefined; // the one at work, the only one
  let failed = false; // whether an error of it was reported

  return {
    apply(next) {
      command = next;
      failed = false;
      try {
        const answer = beforeApply?.(next);
        if (answer === false) return undefined;
        if (answer && answer !== true)
          return Promise.resolve(answer).then(
            (later) => (later === false ? undefined : carryOut(next)),
            fail,
          );
      } catch (cause) {
        // Nobody has said that it may be carried out.
        return fail(cause);
      }
      return carryOut(next);
    },
    report,
  };

  function carryOut(next: Command): Promise<void> | undefined {
    try {
      const verb = findVerb(options.verbs, next.type) ?? findVerb(verbs, next.type);
      if (!verb) throw new EnckeError('unknown-command', `No verb is called ${next.type}.`);
      // A function that "returns nothing" may return anything; only a promise is waited for.
      const work = verb(next, page) as (Promise<void> & { closed?: unknown }) | undefined;
      // A request is not either: it waits for its own commands, which come behind this one.
      if (work?.then && !work.closed) return Promise.resolve(work).then(finish, fail);
      finish();
    } catch (error) {
      fail(error);
    }
    return undefined;
  }

  function finish(): void {
    if (afterApply && command && !failed) call(afterApply, command);
  }

  function fail(cause: unknown): undefined {
    const error =
      cause instanceof EnckeError ? cause : new EnckeError('command', sentenceFor(cause), { cause });
    error.command = command;
    failed = true;
    report(error);
  }

  function sentenceFor(cause: unknown): string {
    // Of what is no error not everything can be made a text.
    return `A command of type ${command?.type} threw: ${cause instanceof Error ? inWords(cause) : print(cause)}`;
  }

  function report(error: EnckeError): void {
    if (onError) call(onError, error);
    // Servers often send what only some pages have a place for.
    else if (error.code !== 'no-target') throwLater(error);
  }
}

/** Looks only at what the table itself holds: `constructor` and `__proto__` are no verbs. */
function findVerb(table: Readonly<Record<string, Verb>> | undefined, type: string): Verb | undefined {
  return table && Object.hasOwn(table, type) ? table[type] : undefined;
}
