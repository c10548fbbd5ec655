// What docs/csp.md says of policies, tried under the policy of this page.

import DOMPurify from 'dompurify';
import { commandQueue } from '../../../src/commands/command-queue.ts';
import type { Command, CommandQueueOptions } from '../../../src/commands/command.ts';
import { nativeSanitizer } from '../../../src/commands/native-sanitizer.ts';
import { allowScripts, nonceScripts } from '../../../src/commands/script-policy.ts';
import { ladder } from '../../../src/transports/index.ts';
import { plainRequest } from '../../contracts/bench.ts';
import { record } from '../../contracts/recording.ts';

export interface Outcome {
  /** Whether code of the command has run. */
  readonly ran: boolean;
  readonly errors: readonly string[];
  /** What stands where the HTML was put. */
  readonly html: string;
}

type Options = Pick<CommandQueueOptions, 'scripts' | 'sanitize'>;

const OPTIONS: Readonly<Record<string, () => Options>> = {
  refuseScripts: () => ({}),
  // As docs/csp.md has it.
  nonceScripts: () => {
    const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';
    return { scripts: nonceScripts(nonce) };
  },
  allowScripts: () => ({ scripts: allowScripts }),
  nativeSanitizer: () => ({ sanitize: nativeSanitizer }),
  DOMPurify: () => ({ sanitize: (html) => DOMPurify.sanitize(html, { RETURN_DOM_FRAGMENT: true }) }),
};

/** How long code may take to run that nothing waits for, in milliseconds. */
const PATIENCE = 300;

/** Carries out one command on `#box`, and does what visitors do: clicks a link, where it brings one. */
export async function apply(name: string, command: Command): Promise<Outcome> {
  const errors: string[] = [];
  const box = document.createElement('div');
  const heard = { ran: false };
  box.id = 'box';
  document.body.replaceChildren(box);
  Object.assign(window, { run: () => (heard.ran = true) });
  const queue = commandQueue({ ...OPTIONS[name]?.(), onError: ({ code }) => errors.push(code) });
  queue.push(command);
  await queue.done;
  box.querySelector('a')?.click();
  const deadline = performance.now() + PATIENCE;
  while (!heard.ran && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 10));
  return { ...heard, errors, html: box.innerHTML };
}

/** Opens a transport, and tells how it ended with what was received, or with the sentence of the error. */
export async function carry(name: string, method: string, path: string): Promise<string> {
  const transport = ladder.find((rung) => rung.name === name);
  if (!transport) throw new Error(`No such transport: ${name}`);
  const request = { ...plainRequest(location.origin + path, transport), method, events: ['message'] };
  const recording = record(transport, request);
  const end = await recording.ended();
  // A browser's own EventSource gives messages, the others text.
  const received = recording.text + recording.messages.map(({ data }) => String(data)).join();
  return `${end.how}: ${'error' in end ? end.error.message : received}`;
}

/** The same, where another copy of the library has made its Trusted Types policy already. */
export function applyBesideAnother(name: string, command: Command): Promise<Outcome> {
  const { trustedTypes } = window as unknown as {
    trustedTypes?: { createPolicy(name: string, rules: object): unknown };
  };
  trustedTypes?.createPolicy('encke', {});
  return apply(name, command);
}

/** The colour of `#box`, or of what was put there. */
export function colorAfter(command: Command): string {
  const box = document.createElement('div');
  box.id = 'box';
  document.body.replaceChildren(box);
  commandQueue().push(command);
  return getComputedStyle(box.firstElementChild ?? box).color;
}
