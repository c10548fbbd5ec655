// Those who apply the commands in the bench, each behind the same three functions.

import { coalesceByTarget } from '../../src/commands/coalescing-line.ts';
import type { Command, CommandQueueOptions } from '../../src/commands/command.ts';
import { commandQueue } from '../../src/commands/command-queue.ts';
import type { CommandClientName } from './commands.ts';

/** Takes commands in the shape of its own; what that costs a server is not measured. */
export interface CommandClient {
  /** Makes what applies the commands at once. */
  applyNow(commands: readonly Command[]): () => void;
  /** Makes what hands in the commands as a page would, to be applied when the client thinks best. */
  handIn(commands: readonly Command[]): () => void;
  /** Resolves when all is applied that was handed in. */
  settled(): Promise<void>;
}

/** What `call` commands name, on the page for those who look there. */
const functions = {
  tally(amount: number): void {
    counted = (counted * 31 + amount) % 1_000_003;
  },
};
let counted = 0;

/** A number that tells in which order with which arguments the calls came, since the last time. */
export function takeCounted(): number {
  const taken = counted;
  counted = 0;
  return taken;
}

export function makeClient(name: CommandClientName): CommandClient {
  return clients[name]();
}

const clients: Record<CommandClientName, () => CommandClient> = {
  'plain loop': () => immediate((commands) => applyPlainly(commands, (html) => html)),
  'Sijax + jQuery': makeSijax,
  'plain loop, Trusted Types': makeSigningLoop,
  'Turbo Streams': makeTurbo,
  encke: () => makeEncke({}),
  'encke, coalesce': () => makeEncke({ coalesce: coalesceByTarget }),
  'encke, maxQueue 20,000': () => makeEncke({ maxQueue: 20_000 }),
  'no commands at all': () => immediate(() => undefined),
};

function immediate(apply: (commands: readonly Command[]) => void): CommandClient {
  const prepare = (commands: readonly Command[]) => () => apply(commands);
  return { applyNow: prepare, handIn: prepare, settled: () => Promise.resolve() };
}

/** What one writes by hand: no queue, no checks, no sanitizer, no order of waiting, no report of what failed. */
function applyPlainly(commands: readonly Command[], sign: (html: string) => string): void {
  for (const command of commands as readonly SijaxCommand[]) {
    switch (command.type) {
      case 'html':
        for (const element of document.querySelectorAll(command.selector)) {
          const html = sign(command.html);
          if (command.setType === 'replace') element.innerHTML = html;
          else element.insertAdjacentHTML(command.setType === 'append' ? 'beforeend' : 'afterbegin', html);
        }
        break;
      case 'attr':
        for (const element of document.querySelectorAll<Properties>(command.selector)) {
          if (command.key in element) element[command.key] = command.value;
          else element.setAttribute(command.key, String(command.value));
        }
        break;
      case 'css':
        for (const element of document.querySelectorAll<HTMLElement>(command.selector)) {
          element.style.setProperty(command.key, command.value);
        }
        break;
      case 'remove':
        for (const element of document.querySelectorAll(command.remove)) element.remove();
        break;
      case 'call':
        functions[command.call](...command.params);
        break;
    }
  }
}

/** An element whose properties have names that come with the commands. */
type Properties = HTMLElement & Record<string, unknown>;

type SijaxCommand =
  | { type: 'html'; selector: string; html: string; setType: 'replace' | 'append' | 'prepend' }
  | { type: 'attr'; selector: string; key: string; value: unknown; setType: 'replace' }
  | { type: 'css'; selector: string; key: string; value: string }
  | { type: 'remove'; remove: string }
  | { type: 'call'; call: 'tally'; params: [number] };

/** The same in a page that requires Trusted Types. */
function makeSigningLoop(): CommandClient {
  const asItIs = (html: string): string => html;
  const policy = trustedTypes.createPolicy('plain-loop', { createHTML: asItIs });
  return immediate((commands) => applyPlainly(commands, (html) => policy.createHTML(html)));
}

declare const trustedTypes: {
  createPolicy(
    name: string,
    rules: { createHTML(html: string): string },
  ): { createHTML(html: string): string };
};

declare const Sijax: { processCommands(commands: readonly Command[]): void };

function makeSijax(): CommandClient {
  // Sijax looks the name up where its own code stands, which is the page's global scope.
  Object.assign(globalThis, functions);
  return immediate((commands) => Sijax.processCommands(commands));
}

declare const Turbo: {
  renderStreamMessage(html: string): void;
  StreamActions: Record<string, (this: StreamElement) => void>;
};

interface StreamElement extends Element {
  readonly targetElements: Properties[];
  performAction(): void;
}

function makeTurbo(): CommandClient {
  let settle = (): void => undefined;
  Object.assign(Turbo.StreamActions, turboActions, { settle: () => settle() });
  return {
    // What renderStreamMessage does, without its wait for the next frame.
    applyNow(commands) {
      const html = commands.map(toStream).join('');
      return () => {
        const template = document.createElement('template');
        template.innerHTML = html;
        for (const element of document.importNode(template.content, true).children) {
          (element as StreamElement).performAction();
        }
      };
    },
    handIn(commands) {
      const html = commands.map(toStream).join('');
      return () => Turbo.renderStreamMessage(html);
    },
    settled: () =>
      new Promise((resolve) => {
        settle = resolve;
        Turbo.renderStreamMessage('<turbo-stream action="settle"></turbo-stream>');
      }),
  };
}

/** What Turbo's own actions cannot say, in the way that Turbo offers for it. */
const turboActions: Record<string, (this: StreamElement) => void> = {
  attr() {
    const key = readText(this, 'key');
    const value = JSON.parse(readText(this, 'value')) as unknown;
    for (const element of this.targetElements) {
      if (key in element) element[key] = value;
      else element.setAttribute(key, String(value));
    }
  },
  css() {
    for (const element of this.targetElements) {
      element.style.setProperty(readText(this, 'key'), readText(this, 'value'));
    }
  },
  call() {
    functions.tally(Number(readText(this, 'value')));
  },
};

function readText(element: Element, attribute: string): string {
  return element.getAttribute(attribute) ?? '';
}

function toStream(given: Command): string {
  const command = given as SijaxCommand;
  switch (command.type) {
    case 'html':
      return `<turbo-stream action="${command.setType === 'replace' ? 'update' : command.setType}" target="${toId(command.selector)}"><template>${command.html}</template></turbo-stream>`;
    case 'attr':
      return `<turbo-stream action="attr" target="${toId(command.selector)}" key="${command.key}" value='${JSON.stringify(command.value)}'></turbo-stream>`;
    case 'css':
      return `<turbo-stream action="css" target="${toId(command.selector)}" key="${command.key}" value="${command.value}"></turbo-stream>`;
    case 'remove':
      return `<turbo-stream action="remove" target="${toId(command.remove)}"></turbo-stream>`;
    case 'call':
      return `<turbo-stream action="call" value="${command.params[0]}"></turbo-stream>`;
  }
}

function toId(selector: string): string {
  return selector.slice(1);
}

function makeEncke(options: CommandQueueOptions): CommandClient {
  const queue = commandQueue({ functions, ...options });
  return {
    applyNow: (commands) => () => {
      queue.push(commands);
      queue.flush();
    },
    handIn: (commands) => () => queue.push(commands),
    settled: () => queue.done,
  };
}
