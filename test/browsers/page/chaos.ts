// One subscription that takes another technique after every end, and what it made of a numbered list.

import type { EnckeError, Message, Transport } from '../../../src/index.ts';
import { numberedData, type NumberedKind } from '../../server/numbered-data.ts';
import { encke, transportNamed } from './encke.ts';

export { uncaught } from './uncaught.ts';

export interface ChaosPlan {
  /** Of `/numbered`, without the count. */
  readonly query: Readonly<Record<string, string>>;
  readonly count: number;
  readonly kind: NumberedKind;
  /** Names of techniques: one for each connection in turn, from the beginning again after the last. */
  readonly schedule: readonly string[];
  /** Milliseconds from each end to the next connection. */
  readonly retry: number;
  /** Milliseconds without a message after which it is given up. */
  readonly patience: number;
}

export interface ChaosFacts {
  /** Messages that came, each time counted. */
  readonly delivered: number;
  readonly lost: number;
  readonly doubled: number;
  readonly outOfOrder: number;
  /** Messages whose text is not what the server sent. */
  readonly wrong: number;
  /** The first few ids of all these. */
  readonly examples: readonly string[];
  /** Technique of each connection, in order. */
  readonly connections: readonly string[];
  /** How each ended, as its transport tells it. */
  readonly ends: readonly string[];
  /** How often each error was told. */
  readonly errors: Readonly<Record<string, number>>;
  /** `done`, or what ended it too early. */
  readonly reason: string;
  readonly milliseconds: number;
}

export async function chaos(plan: ChaosPlan): Promise<ChaosFacts> {
  const { query, count, kind, schedule, retry, patience } = plan;
  const tally = createTally(count, kind);
  const errors: Record<string, number> = {};
  const { transport, connections, ends } = takingTurns(schedule.map(transportNamed));
  const began = performance.now();

  const subscription = encke.subscribe(
    `/numbered?${new URLSearchParams({ ...query, kind, count: String(count) })}`,
    {
      transports: [transport],
      // A session of its own, where equal ones would be one.
      share: false,
      retry: () => retry,
      pollInterval: 1_000,
      // Closed by nothing but the last message, or a loss of it.
      until: ({ id }) => id === String(count),
      onMessage: tally.take,
      onError: ({ code }: EnckeError) => void (errors[code] = (errors[code] ?? 0) + 1),
    },
  );
  const stalled = watch(patience, () => tally.delivered);
  const closed = subscription.closed.then(({ reason, error }) => error?.message ?? reason);
  const reason = await Promise.race([closed, stalled.promise]);
  stalled.stop();
  subscription.close();
  const milliseconds = Math.round(performance.now() - began);
  return { ...tally.facts(), connections, ends, errors, reason, milliseconds };
}

interface TakingTurns {
  readonly transport: Transport;
  readonly connections: readonly string[];
  readonly ends: readonly string[];
}

/** A transport that is another one after every end. Whatever is asked of it, the one whose turn it is answers. */
function takingTurns(parts: readonly Transport[]): TakingTurns {
  const connections: string[] = [];
  const ends: string[] = [];
  let turn = 0;
  const current = (): Transport => parts[turn % parts.length] as Transport;
  const open: Transport['open'] = (request, sink) => {
    const mine = turn;
    const next = (): void => {
      turn = Math.max(turn, mine + 1);
    };
    connections.push(current().name);
    const stop = current().open(request, {
      ...sink,
      ended(end) {
        ends.push(end.how);
        // What follows from the end is decided by the one that ended.
        sink.ended(end);
        next();
      },
    });
    return () => {
      stop();
      // Given up: that is an end as well, to be weighed as one before it is the next one's turn.
      queueMicrotask(next);
    };
  };
  const transport = new Proxy({} as Transport, {
    get: (_, name) => (name === 'open' ? open : (Reflect.get(current(), name) as unknown)),
    has: (_, name) => name in current(),
  });
  return { transport, connections, ends };
}

interface Tally {
  readonly delivered: number;
  take(message: Message): void;
  facts(): Pick<ChaosFacts, 'delivered' | 'lost' | 'doubled' | 'outOfOrder' | 'wrong' | 'examples'>;
}

function createTally(count: number, kind: NumberedKind): Tally {
  const seen = new Set<number>();
  const examples: string[] = [];
  let delivered = 0;
  let highest = 0;
  let doubled = 0;
  let outOfOrder = 0;
  let wrong = 0;

  return {
    get delivered() {
      return delivered;
    },
    take({ id, data }) {
      const n = Number(id);
      delivered++;
      if (seen.has(n)) doubled += note(`${id} again`);
      else if (n < highest) outOfOrder += note(`${id} after ${highest}`);
      else if (n > highest + 1) note(`${id} after ${highest}`);
      if (data !== numberedData(n, kind, count)) wrong += note(`${id} is not itself`);
      seen.add(n);
      highest = Math.max(highest, n);
    },
    facts: () => ({
      delivered,
      lost: count - [...seen].filter((n) => n >= 1 && n <= count).length,
      doubled,
      outOfOrder,
      wrong,
      examples,
    }),
  };

  function note(example: string): number {
    if (examples.length < 5) examples.push(example);
    return 1;
  }
}

/** Resolves when a figure has stood still for so long. */
function watch(patience: number, figure: () => number): { promise: Promise<string>; stop: () => void } {
  let last = -1;
  let timer: ReturnType<typeof setInterval> | undefined;
  const promise = new Promise<string>((resolve) => {
    timer = setInterval(() => {
      if (figure() === last) resolve(`nothing for ${patience} ms`);
      last = figure();
    }, patience);
  });
  return { promise, stop: () => clearInterval(timer) };
}
