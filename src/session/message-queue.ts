// Messages on their way to a loop that takes them one by one.

/** A loop that lags this many messages behind holds back a carrier that can wait. */
export const HIGH_WATER = 1_000;

export interface MessageQueue<Item> {
  push(item: Item): void;
  /** Where a loop lags behind, the moment from which more is welcome. */
  ready(): Promise<void> | undefined;
  /** No more will come. What is queued is still given; then the loop ends, or throws the error. */
  end(error?: unknown): void;
  /** Nothing more is given, not even what is queued: the loop ends, or throws the error. */
  drop(error?: unknown): void;
  /** Everything queued, at once. */
  take(): Item[];
  /** The loop's side; to be read once. */
  read(): AsyncIterator<Item, void> & AsyncIterable<Item>;
}

/** @param onLeft called when the loop is left early */
export function createMessageQueue<Item>(onLeft: () => void): MessageQueue<Item> {
  let items: Item[] = [];
  let given = 0; // how many of them the loop has
  let ended = false;
  let failure: unknown; // thrown once, when the rest is given
  let wake: (() => void) | undefined; // set while the loop waits
  let isRead = false; // a loop takes them one by one
  let room: Promise<void> | undefined; // while it lags behind
  let makeRoom: (() => void) | undefined;

  return {
    push(item) {
      items.push(item);
      wake?.();
    },
    ready() {
      if (!isRead || ended || items.length - given < HIGH_WATER) return undefined;
      return (room ??= new Promise((resolve) => (makeRoom = resolve)));
    },
    end,
    drop,
    take,
    read() {
      isRead = true;
      const loop = give();
      return {
        next: () => loop.next(),
        return(value) {
          leave();
          return loop.return(value);
        },
        // Without it `yield*` hides what was thrown behind a TypeError of its own.
        throw(error) {
          leave();
          return loop.throw(error);
        },
        [Symbol.asyncIterator]() {
          return this;
        },
      };
    },
  };

  /** A generator that waits would take its leave only with the next message, so it is woken first. */
  function leave(): void {
    drop();
    onLeft();
  }

  async function* give(): AsyncGenerator<Item, void, undefined> {
    for (;;) {
      // One by one: whoever closes at the first is not given the second.
      while (given < items.length) {
        const item = items[given++] as Item;
        forget();
        yield item;
      }
      // As a reader of a body does, with the reason of an aborted signal, whatever that is.
      // eslint-disable-next-line @typescript-eslint/only-throw-error
      if (failure !== undefined) throw failure;
      if (ended) return;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  }

  /** Makes room, and lets go of what was given: in bulk, since one by one would move the whole list each time. */
  function forget(): void {
    const lag = items.length - given;
    if (lag < HIGH_WATER / 2) freeRoom();
    if (lag > 0 && given < HIGH_WATER) return;
    items = items.slice(given);
    given = 0;
  }

  function freeRoom(): void {
    room = undefined;
    makeRoom?.();
  }

  function end(error?: unknown): void {
    ended = true;
    failure = error;
    wake?.();
    freeRoom();
  }

  function drop(error?: unknown): void {
    take();
    end(error);
  }

  function take(): Item[] {
    const rest = items.slice(given);
    items = [];
    given = 0;
    freeRoom();
    return rest;
  }
}
