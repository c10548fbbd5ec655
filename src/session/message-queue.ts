// Messages on their way to a loop that takes them one by one.

export interface MessageQueue<Item> extends AsyncIterator<Item, undefined> {
  push(item: Item): void;
  /** No more will come. What is queued is still given; then the loop ends, or throws the error. */
  end(error?: Error): void;
  /** Everything queued, at once. */
  take(): Item[];
}

/** @param onReturn called when the loop is left early */
export function createMessageQueue<Item>(onReturn: () => void): MessageQueue<Item> {
  let items: Item[] = [];
  let next = 0; // index of the first item not yet given
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
    take() {
      const rest = items.slice(next);
      clear();
      return rest;
    },
    async next() {
      while (next === items.length && !ended) {
        await new Promise<void>((resolve) => (wake = resolve));
        wake = undefined;
      }
      if (next < items.length) return { done: false, value: give() };
      const error = failure;
      failure = undefined;
      if (error) throw error;
      return { done: true, value: undefined };
    },
    return() {
      ended = true;
      clear();
      onReturn();
      return Promise.resolve({ done: true, value: undefined });
    },
  };

  function give(): Item {
    const item = items[next++] as Item;
    // Given items are let go in bulk: one by one would cost a move of the whole array each.
    if (next === items.length || next === 1024) {
      items = items.slice(next);
      next = 0;
    }
    return item;
  }

  function clear(): void {
    items = [];
    next = 0;
  }
}
