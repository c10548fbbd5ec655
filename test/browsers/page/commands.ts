// Plays commands on a stage of this page, under whatever policy it has, and tells what came of them.

import { commandQueue } from '../../../src/commands/command-queue.ts';
import type { Command } from '../../../src/commands/command.ts';
import { allowScripts, nonceScripts } from '../../../src/commands/script-policy.ts';
import type { EnckeError } from '../../../src/ground/errors.ts';
import { COMMAND_CASES, type CommandCase } from '../command-cases.ts';
import { find, setStage } from './stage.ts';
import { uncaught } from './uncaught.ts';

export * from './command-options.ts';

export interface CommandOutcome {
  readonly stage: string;
  readonly errors: readonly ErrorFacts[];
  readonly values: readonly unknown[];
  readonly styles: readonly string[];
  readonly calls: readonly (readonly unknown[])[];
  /** Errors that reached the page's own reporting. */
  readonly uncaught: readonly string[];
}

export interface ErrorFacts {
  readonly code: string;
  readonly message: string;
  readonly cause: string;
  /** The place of its command in the list. */
  readonly place: number;
}

/** Which code of the commands may run. */
export type Scripts = 'refuse' | 'allow' | { readonly nonce: string };

/** Every case, in its order. */
export async function playAll(): Promise<CommandOutcome[]> {
  const outcomes: CommandOutcome[] = [];
  for (const scene of COMMAND_CASES) outcomes.push(await playScene(scene, 'refuse'));
  return outcomes;
}

export function play(stage: string, commands: readonly Command[], scripts: Scripts): Promise<CommandOutcome> {
  return playScene({ sentence: '', stage, commands }, scripts);
}

async function playScene(scene: CommandCase, scripts: Scripts): Promise<CommandOutcome> {
  const stage = setStage(scene.stage);
  const calls: unknown[][] = [];
  const errors: ErrorFacts[] = [];
  const note = (...values: unknown[]) => void calls.push(['note', ...values]);
  Object.assign(window, { note });
  uncaught.length = 0;
  const queue = commandQueue({
    ...(scripts === 'refuse' ? {} : { scripts: policyOf(scripts) }),
    functions: functionsThatTell(calls),
    alert: (text) => calls.push(['alert', text]),
    navigate: (url) => calls.push(['navigate', url]),
    onError: (error) => errors.push(factsOf(error, scene.commands)),
  });
  queue.push(scene.commands);
  await queue.done;
  return {
    stage: stage.innerHTML,
    errors,
    values: (scene.values ?? []).map(([selector, key]) => Reflect.get(find(selector), key) as unknown),
    styles: (scene.styles ?? []).map(([selector, key]) =>
      getComputedStyle(find(selector)).getPropertyValue(key),
    ),
    calls,
    uncaught: [...uncaught],
  };
}

function policyOf(scripts: Exclude<Scripts, 'refuse'>): typeof allowScripts {
  return scripts === 'allow' ? allowScripts : nonceScripts(scripts.nonce);
}

function functionsThatTell(calls: unknown[][]): object {
  const note = (...values: unknown[]) => void calls.push(['note', ...values]);
  const chart = {
    total: 0,
    add(number: number) {
      this.total += number;
    },
    sum() {
      calls.push(['sum', this.total]);
    },
  };
  return {
    note,
    chart,
    fail() {
      throw new TypeError('it failed');
    },
    async later(value: unknown) {
      await new Promise((resolve) => setTimeout(resolve));
      note(value);
    },
    async heard(value: unknown, times = 1) {
      while (calls.filter((call) => call.includes(value)).length < times)
        await new Promise((resolve) => setTimeout(resolve, 1));
    },
  };
}

function factsOf({ code, message, cause, command }: EnckeError, commands: readonly unknown[]): ErrorFacts {
  return { code, message, cause: String(cause), place: commands.indexOf(command) };
}
