// EventSources, the browser's own and ours, and what each tells; in a page or in a worker.

// @ts-expect-error -- it has no types
import { EventSourcePolyfill } from 'event-source-polyfill';
import {
  EventSource as Ours,
  type EventSourceOptions,
} from '../../../src/compat/event-source/event-source.ts';

export { Ours };

const Polyfill = EventSourcePolyfill as new (url: string, options: object) => EventSource;

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

/** What can be seen of the class without a server. */
export interface Facts {
  readonly name: string;
  readonly parameters: number;
  readonly tag: string;
  readonly isTarget: boolean;
  readonly constants: string;
  /** Those that are enumerable on the prototype. */
  readonly members: string;
  /** Those of an instance. */
  readonly ownMembers: string;
  readonly urls: readonly string[];
  readonly withCredentials: readonly boolean[];
  /** New, closed, closed twice. */
  readonly states: readonly number[];
  readonly errors: Readonly<Record<string, string>>;
  /** What `onmessage` gives when it was set to this. */
  readonly handlers: Readonly<Record<string, unknown>>;
}

export function facts(): Facts {
  const made: Ours[] = [];
  const make = (url: unknown, options?: unknown): Ours => {
    const source = new Ours(url as string, options as EventSourceOptions);
    made.push(source);
    return source;
  };
  const source = make('/a?b#c');
  const states: number[] = [source.readyState];
  source.close();
  states.push(source.readyState);
  source.close();
  states.push(source.readyState);
  const urls = [
    source,
    make(null),
    make(undefined),
    make({ toString: () => 'x' }),
    make(new URL('/', location.href)),
  ];
  const dictionaries = [{}, null, { withCredentials: true }, { withCredentials: 1 }, () => undefined];
  const credentials = dictionaries.map((options) => make('/', options).withCredentials);
  const outcome: Facts = {
    name: Ours.name,
    parameters: Ours.length,
    tag: Object.prototype.toString.call(source),
    isTarget: source instanceof EventTarget,
    constants: constants(),
    members: Object.keys(Ours.prototype).sort().join(' '),
    ownMembers: Object.keys(source).join(' '),
    urls: urls.map(({ url }) => url),
    withCredentials: credentials,
    states,
    errors: {
      'no URL': thrownBy(() => Reflect.construct(Ours, [])),
      'no `new`': thrownBy(() => (Ours as unknown as (url: string) => void)('/')),
      'options that are no object': thrownBy(() => make('/', 7)),
      'a symbol': thrownBy(() => make(Symbol('/'))),
      'a bogus URL': thrownBy(() => make('http://this is invalid/')),
      'another receiver': thrownBy(() => Reflect.get(Ours.prototype, 'url', {})),
    },
    handlers: handlersOf(source),
  };
  for (const each of made) each.close();
  return outcome;
}

function constants(): string {
  const told = [Ours, Ours.prototype].map((holder) =>
    ['CONNECTING', 'OPEN', 'CLOSED'].map((name) => {
      const descriptor = Object.getOwnPropertyDescriptor(holder, name) ?? {};
      const isConstant = descriptor.enumerable && !descriptor.writable && !descriptor.configurable;
      return `${name} ${String(descriptor.value)}${isConstant ? '' : ' is wrong'}`;
    }),
  );
  const [own = [], inherited = []] = told;
  const isSame = own.join(' ') === inherited.join(' ');
  return `${own.join(' ')} ${isSame ? 'on both, enumerable, not writable' : 'differ'}`;
}

function handlersOf(source: Ours): Record<string, unknown> {
  const set = (value: unknown): unknown => {
    Reflect.set(source, 'onmessage', value);
    return source.onmessage;
  };
  const [handler, object] = [() => undefined, { handleEvent: () => undefined }];
  return {
    first: source.onmessage,
    'a function': set(handler) === handler,
    'an object': set(object) === object,
    'a number': set(7),
  };
}

function thrownBy(call: () => unknown): string {
  try {
    call();
    return 'nothing';
  } catch (error) {
    if (error instanceof DOMException) return `${error.name} of the DOM`;
    return error instanceof Error ? error.name : 'no error';
  }
}

/** Which handlers are called at each of two events, with what `this` is for the one that is an attribute. */
export async function order(url: string): Promise<string[]> {
  const source = new Ours(url);
  const calls: string[][] = [];
  const note = (what: string) => () => void calls.at(-1)?.push(what);
  source.addEventListener('message', () => void calls.push(['first']));
  source.onmessage = note('never');
  source.onmessage = function () {
    calls.at(-1)?.push(`second of ${this === source ? 'source' : 'another'}`);
    // Behind the last from now on.
    source.onmessage = null;
    source.onmessage = note('again');
  };
  source.addEventListener('message', note('last'));
  await new Promise((resolve) => setTimeout(resolve, 300));
  source.close();
  return calls.map((names) => names.join(', '));
}

/** Waits for each event anew, as `await` makes people write. */
export async function oneByOne(url: string, count: number): Promise<string> {
  const source = new Ours(url);
  const next = async (): Promise<string> =>
    new Promise((resolve) => {
      source.addEventListener('message', ({ data }) => resolve(data as string), { once: true });
    });
  const taken: string[] = [];
  const enough = new Promise<void>((resolve) => setTimeout(resolve, 2_000));
  const all = (async () => {
    while (taken.length < count) taken.push(await next());
  })();
  await Promise.race([all, enough]);
  source.close();
  const isWhole = taken.every((data, place) => data === String(place));
  return isWhole ? `0 to ${String(taken.length - 1)}` : taken.join();
}

/** Closes at the first message; gives what came in half a second. */
export async function closing(url: string): Promise<string[]> {
  const source = new Ours(url);
  const told: string[] = [];
  source.onopen = () => void told.push('open');
  source.onerror = () => void told.push('error');
  source.onmessage = ({ data }) => {
    told.push(data as string);
    source.close();
  };
  await new Promise((resolve) => setTimeout(resolve, 500));
  return told;
}

export async function throwing(url: string): Promise<{ told: string[]; reported: string[] }> {
  const source = new Ours(url);
  const told: string[] = [];
  const reported: string[] = [];
  const report = (event: ErrorEvent): void => {
    reported.push(event.message);
    event.preventDefault();
  };
  addEventListener('error', report);
  source.onmessage = () => {
    throw new Error('of a handler');
  };
  source.addEventListener('message', ({ data }) => void told.push(data as string));
  await new Promise((resolve) => setTimeout(resolve, 500));
  source.close();
  removeEventListener('error', report);
  return { told, reported };
}

/** The page is left, as the back/forward cache has it, and comes back. */
export async function stored(url: string): Promise<string[]> {
  const source = new Ours(url);
  const told: string[] = [];
  const note = (event: Event): void => {
    if (event instanceof MessageEvent) told.push(event.data as string);
    else told.push(event.type === 'error' ? `error ${String(source.readyState)}` : event.type);
  };
  for (const type of ['open', 'message', 'error']) source.addEventListener(type, note);
  const messages = async (count: number): Promise<void> => {
    while (told.filter((each) => each === 'a').length < count)
      await new Promise((resolve) => setTimeout(resolve, 10));
  };
  await messages(1);
  dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
  told.push('left');
  await new Promise((resolve) => setTimeout(resolve, 100));
  told.push('shown');
  dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  await messages(2);
  source.close();
  return told;
}

/** The first two messages, by this client or the one that it replaces. */
export function two(whose: 'ours' | 'polyfill', url: string, options: EventSourceOptions): Promise<string[]> {
  const source = whose === 'ours' ? new Ours(url, options) : new Polyfill(url, options);
  const told: string[] = [];
  return new Promise((resolve) => {
    source.onmessage = ({ data, lastEventId }: MessageEvent<string>) => {
      if (told.push(`${data}|${lastEventId}`) < 2) return;
      source.close();
      resolve(told);
    };
  });
}
