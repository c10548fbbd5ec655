// Carries out lists of commands at once and in order; only a script that must load first holds up what is behind it.

import { throwLater } from '../../ground/call.ts';
import { EnckeError, inWords } from '../../ground/errors.ts';

export interface CommandList {
  /** Everything is carried out on return, unless something is loading. One that fails is reported; the rest goes on. */
  run(commands: unknown): void;
  /** Holds up the commands behind the one at work. */
  hold(loading: Promise<void>): void;
}

/** `process` may throw. It may run a list of its own, which then goes before what is left of the list it is in. */
export function createCommandList(process: (command: unknown) => void): CommandList {
  let isLoading = false;
  let held: unknown[] = []; // what waits meanwhile

  return {
    run(commands) {
      // PHP sends an object where the keys of its list have a gap.
      runAll(Object.values(commands ?? {}));
    },
    hold(loading) {
      isLoading = true;
      void loading.then(() => {
        const next = held;
        held = [];
        isLoading = false;
        runAll(next);
      });
    },
  };

  function runAll(commands: readonly unknown[]): void {
    for (const command of commands) {
      if (isLoading) held.push(command);
      else runOne(command);
    }
  }

  function runOne(command: unknown): void {
    try {
      process(command);
    } catch (cause) {
      const ours = cause instanceof EnckeError;
      throwLater(
        Object.assign(
          ours ? cause : new EnckeError('command', `A command failed: ${inWords(cause)}`, { cause }),
          { command },
        ),
      );
    }
  }
}
