// Messages on their way to a loop that takes them one by one.

/** A loop that lags this many messages behind holds back a carrier that can wait. */
export const HIGH_WATER = 1_000;

export interface MessageQueue<Item> {
  push(item: Item): void;
  /** Where a loop lags behind, the moment from which more is welcome. */
  ready(): Promise<void> | undefined;
  /** No more will come. What is queued is still given; then the loop ends, or throws the error. */
  end(error?: Error): void;
  /** Everything queued, at once. */
  take(): Item[];
  /** The loop's side; to be read once. */
  read(): AsyncIterableIterator<Item, void>;
}

/** @param onLeft called when the loop is left early */
export function createMessageQueue<Item>(onLeft: () => void): MessageQueue<Item> {
  let items: Item[] = [];
  let ended = false;
  let failure: Error | undefined;
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
      if (!isRead || ended || items.length < HIGH_WATER) return undefined;
      return (room ??= new Promise((resolve) => (makeRoom = resolve)));
    },
    end,
    take,
    read() {
      isRead = true;
      const given = give();
      return {
        next: () => given.next(),
        // A generator that waits would take its leave only with the next message, so it is woken first.
        return() {
          end();
          onLeft();
          return given.return();
        },
        [Symbol.asyncIterator]() {
          return this;
        },
      };
    },
  };

  async function* give(): AsyncGenerator<Item, void, undefined> {
    for (;;) {
      yield* take();
      if (items.length > 0) continue;
      if (failure) throw failure;
      if (ended) return;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  }

  function end(error?: Error): void {
    ended = true;
    failure = error;
    wake?.();
    makeRoom?.();
  }

  function take(): Item[] {
    const taken = items;
    items = [];
    room = undefined;
    makeRoom?.();
    return taken;
  }
}
