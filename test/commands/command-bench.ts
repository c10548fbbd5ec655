// A page of its own for each test of a verb, with a record of what was reported.

import { createCommandPage } from '../../src/commands/command-page.ts';
import type { Command, CommandPage, CommandQueueOptions } from '../../src/commands/command.ts';
import { verbs } from '../../src/commands/verbs.ts';
import type { EnckeError } from '../../src/ground/errors.ts';

export interface CommandBench {
  readonly page: CommandPage;
  /** What was reported beside what is thrown. */
  readonly reported: EnckeError[];
  /** Carries out one command with its built-in verb. */
  apply(command: Command): unknown;
  html(): string;
}

/** @param body what the document holds before */
export function commandBench(body = '', options: CommandQueueOptions = {}): CommandBench {
  document.body.innerHTML = body;
  const reported: EnckeError[] = [];
  const page = createCommandPage(options, (error) => reported.push(error));
  return {
    page,
    reported,
    apply: (command) => verbs[command.type]?.(command, page),
    html: () => document.body.innerHTML,
  };
}

/** The code of what it throws. */
export function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as EnckeError).code;
  }
  return 'nothing thrown';
}
