// Messages on their way to a loop that takes them one by one.

export interface MessageQueue<Item> {
  push(item: Item): void;
  /** No more will come. What is queued is still given; then the loop ends, or throws the error. */
  end(error?: Error): void;
  /** Everything queued, at once. */
  take(): Item[];
  /** The loop's side; to be read once. */
  read(): AsyncGenerator<Item, void, undefined>;
}

/** @param onLeft called when the loop has ended or was left */
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
    end(error) {
      ended = true;
      failure = error;
      wake?.();
    },
    take,
    async *read() {
      try {
        for (;;) {
          yield* take();
          if (items.length > 0) continue;
          if (failure) throw failure;
          if (ended) return;
          await new Promise<void>((resolve) => (wake = resolve));
        }
      } finally {
        onLeft();
      }
    },
  };

  function take(): Item[] {
    const taken = items;
    items = [];
    return taken;
  }
}
