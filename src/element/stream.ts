// One connection and its command queue, for all elements with the same attributes.

import { commandQueue } from '../commands/command-queue.ts';
import type { CommandQueue, Sanitizer } from '../commands/command.ts';
import { call } from '../ground/call.ts';
import type { EnckeError } from '../ground/errors.ts';
import { baseUrl, pageOrigin, resolveUrl } from '../ground/page-address.ts';
import type { SubscribeOptions } from '../options.ts';
import { refuse } from '../parts/check/refuse.ts';
import type { CoreConnection, Reconnectable } from '../session/connection.ts';
import { optionsOf, wordsOf } from './attributes.ts';
import type { EnckeStreamOptions } from './options.ts';

export interface Stream {
  readonly connection: CoreConnection & Reconnectable;
  join(element: HTMLElement): void;
  /** The last one closes the connection. What it has brought is carried out. */
  leave(element: HTMLElement): void;
}

/**
 * What is wrong with the attributes is told by an event, and gives `undefined`.
 *
 * @param closed is called when nobody can join any more
 */
export function openStream(
  first: HTMLElement,
  { subscribe, transports = [], sanitizers = {}, origins = [], ...page }: EnckeStreamOptions,
  closed: () => void,
): Stream | undefined {
  const elements = new Set([first]);
  try {
    const connection = subscribe(addressOf(first, origins), {
      ...optionsOf(first, transports),
      ...takers(),
      onResync: (gap) => tell('resync', gap),
      onError: (error) => tell('error', error),
      onState(change) {
        if (change.state === 'closed') closed();
        for (const element of elements) element.setAttribute('state', change.state);
        tell('state', change);
      },
    });
    return {
      connection,
      join(element) {
        elements.add(element);
        element.setAttribute('state', connection.state);
      },
      leave(element) {
        if (elements.size < 2) connection.close();
        elements.delete(element);
        // Others may go on with it.
        element.setAttribute('state', 'closed');
      },
    };
  } catch (error) {
    call(fail, error);
    return undefined;
  }

  /** Whether no listener has cancelled it. */
  function tell(what: string, detail: unknown): boolean {
    const init = { detail, bubbles: true, cancelable: true };
    const answers = [...elements].map((element) =>
      element.dispatchEvent(new CustomEvent(`encke-${what}`, init)),
    );
    return !answers.includes(false);
  }

  /** What nobody cancels is seen in the console: there is no other code that could look after it. */
  function fail(error: unknown): void {
    // Servers often send what only some pages have a place for.
    if (tell('error', error) && (error as EnckeError).code !== 'no-target') throw error;
  }

  /** What takes the messages: of all events, or of those named. */
  function takers(): SubscribeOptions {
    const queue = createQueue();
    const events = first.getAttribute('events');
    if (events === null) return { commands: queue };
    const push = (data: unknown): void => queue.push(data);
    return { on: Object.fromEntries(wordsOf(events).map((event) => [event, push])) };
  }

  function createQueue(): CommandQueue {
    const sanitizer = first.getAttribute('sanitize');
    const queue = commandQueue({
      ...page,
      ...(sanitizer !== null && { sanitize: (html, target) => find(sanitizer)(html, target) }),
      beforeApply: (command) => tell('command', command),
      onError: fail,
    });
    if (document.readyState === 'loading') {
      // What commands name may stand below.
      queue.pause();
      document.addEventListener('DOMContentLoaded', queue.resume);
    }
    return queue;
  }

  function find(sanitizer: string): Sanitizer {
    return (
      (Object.hasOwn(sanitizers, sanitizer) && sanitizers[sanitizer]) ||
      refuse(`There is no sanitizer ${sanitizer}.`)
    );
  }
}

/** A connection to elsewhere has to be allowed by code: attributes can be part of HTML that others wrote. */
function addressOf(element: Element, origins: readonly string[]): string {
  const { href, origin } = resolveUrl(element.getAttribute('src') ?? '', baseUrl());
  if (origin === pageOrigin() || origins.includes(origin)) return href;
  return refuse(`${origin} is not among "origins".`);
}
