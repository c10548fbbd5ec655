// Messages on their way to a loop that takes them one by one.

export interface MessageQueue<Item> {
  push(item: Item): void;
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

  return {
    push(item) {
      items.push(item);
      wake?.();
    },
    end,
    take,
    read() {
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
  }

  function take(): Item[] {
    const taken = items;
    items = [];
    return taken;
  }
}
