// EventSources, the browser's own and ours, and what each tells; in a page or in a worker.

import {
  EventSource as Ours,
  type EventSourceOptions,
} from '../../../src/compat/event-source/event-source.ts';

export { Ours };

/** One EventSource. */
export interface Scene {
  readonly url: string;
  readonly options?: EventSourceOptions;
  /** It is closed at this error. */
  readonly errors: number;
}

/** How many are open at the same time; those beyond a browser's six connections wait for one. */
const AT_ONCE = 12;

/** Milliseconds after which nothing more is expected. */
const LONGEST = 10_000;

/**
 * For each scene what was told: `open`, `event|data|lastEventId`, `error` with the ready state; an origin that is not
 * the page's own follows.
 */
export async function play(whose: 'ours' | 'native', scenes: readonly Scene[]): Promise<string[][]> {
  const told: string[][] = [];
  const waiting = [...scenes.entries()];
  const follow = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [place, scene] = next;
      told[place] = await listen(whose, scene);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, follow));
  return told;
}

function listen(whose: 'ours' | 'native', { url, options, errors }: Scene): Promise<string[]> {
  const source = whose === 'ours' ? new Ours(url, options) : new EventSource(url, options as EventSourceInit);
  return new Promise((resolve) => {
    const told: string[] = [];
    const end = (): void => {
      clearTimeout(timer);
      source.close();
      resolve(told);
    };
    const timer = setTimeout(() => {
      told.push('nothing more');
      end();
    }, LONGEST);
    for (const type of ['open', 'message', 'tick', 'error']) source.addEventListener(type, tell);

    function tell(event: Event): void {
      if (event instanceof MessageEvent) {
        const from = event.origin === location.origin ? [] : [event.origin];
        told.push([event.type, event.data, event.lastEventId, ...from].join('|'));
      } else if (event.type === 'open') told.push('open');
      else {
        told.push(`error ${String(source.readyState)}`);
        const seen = told.filter((each) => each.startsWith('error ')).length;
        if (seen === errors || source.readyState === source.CLOSED) end();
      }
    }
  });
}
