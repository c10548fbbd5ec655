// Tells assistive technology which elements are about to change.

import type { BusyMarks, CommandQueueOptions } from './command.ts';
import { createSelect } from './select.ts';

const BUSY = 'aria-busy';

/** How long elements may be looked up at a time, beside the commands. Milliseconds. */
const BUDGET = 4;

/** For the option `ariaBusy`: the targets of commands that wait get `aria-busy="true"`, until all are carried out. */
export function busyMarks(options: CommandQueueOptions): BusyMarks {
  // What is wrong with a selector is told when its command is carried out.
  const select = createSelect(options, () => undefined);
  const looked = new Set<unknown>(); // selectors
  const before = new Map<Element, string | null>(); // the attribute of every element marked

  return {
    mark(commands) {
      const deadline = performance.now() + BUDGET;
      for (const { selector, remove = selector } of commands) {
        if (looked.has(remove)) continue;
        if (performance.now() > deadline) return;
        looked.add(remove);
        for (const element of find(remove)) {
          if (!before.has(element)) before.set(element, element.getAttribute(BUSY));
          element.setAttribute(BUSY, 'true');
        }
      }
    },
    clear() {
      for (const [element, value] of before) {
        // Where a command has set it in the meantime, that stays.
        if (element.getAttribute(BUSY) !== 'true') continue;
        if (value === null) element.removeAttribute(BUSY);
        else element.setAttribute(BUSY, value);
      }
      before.clear();
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
