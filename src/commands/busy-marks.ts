// Tells assistive technology which elements are about to change.

import type { BusyMarks, CommandQueueOptions } from './command.ts';
import { createSelect } from './select.ts';

const BUSY = 'aria-busy';

/** How long elements may be looked up at a time, beside the commands. Milliseconds. */
const BUDGET = 4;

/** The mark of an element, which several queues may hold. */
interface Mark {
  put(holder: object): void;
  /** The last who leaves takes it away. */
  leave(holder: object): void;
}

/** Of all queues of a page: the mark of another one is nothing that the element has by itself. */
const marks = new WeakMap<Element, Mark>();

/** For the option `ariaBusy`: the targets of commands that wait get `aria-busy="true"`, until all are carried out. */
export function busyMarks(options: CommandQueueOptions): BusyMarks {
  // What is wrong with a selector is told when its command is carried out.
  const select = createSelect(options, () => undefined);
  const looked = new Set<unknown>(); // selectors
  const held = new Set<Mark>();

  return {
    mark(commands) {
      const deadline = performance.now() + BUDGET;
      for (const { selector, remove = selector } of commands) {
        if (looked.has(remove)) continue;
        if (performance.now() > deadline) return;
        looked.add(remove);
        for (const element of find(remove)) {
          const mark = marks.get(element) ?? createMark(element);
          mark.put(held);
          held.add(mark);
        }
      }
    },
    clear() {
      for (const mark of held) mark.leave(held);
      held.clear();
      looked.clear();
    },
  };

  function find(selector: unknown): readonly Element[] {
    try {
      return select(selector);
    } catch {
      return [];
    }
  }
}

function createMark(element: Element): Mark {
  const holders = new Set<object>();
  // What a command or the page sets in the meantime is what the element has without the mark, be it the same word.
  const observer = new MutationObserver(read);
  let value: string | null; // without the mark
  read();
  observer.observe(element, { attributeFilter: [BUSY] });
  const mark: Mark = {
    put(holder) {
      takeOver();
      holders.add(holder);
      element.setAttribute(BUSY, 'true');
      // That was no other.
      observer.takeRecords();
    },
    leave(holder) {
      holders.delete(holder);
      if (holders.size > 0) return;
      takeOver();
      observer.disconnect();
      marks.delete(element);
      if (value === null) element.removeAttribute(BUSY);
      else element.setAttribute(BUSY, value);
    },
  };
  marks.set(element, mark);
  return mark;

  function takeOver(): void {
    if (observer.takeRecords().length > 0) read();
  }

  function read(): void {
    value = element.getAttribute(BUSY);
  }
}
