// On a server there is neither a document nor a frame.

import { describe, expect, it, vi } from 'vitest';
import { busyMarks } from '../../src/commands/busy-marks.ts';
import { coalesceByTarget } from '../../src/commands/coalescing-line.ts';
import { commandQueue } from '../../src/commands/command-queue.ts';

describe('a command queue on a server', () => {
  it('is made and takes commands without a throw', async () => {
    expect(globalThis).not.toHaveProperty('document');
    const uncaught = vi.fn();
    process.on('uncaughtException', uncaught);
    const queue = commandQueue({ ariaBusy: busyMarks, coalesce: coalesceByTarget });
    queue.push([
      { type: 'html', selector: '#a', html: 'text', setType: 'replace' },
      { type: 'remove', remove: '#a' },
    ]);
    await queue.done;
    await new Promise((resolve) => setTimeout(resolve));
    process.off('uncaughtException', uncaught);
    expect(uncaught).not.toHaveBeenCalled();
  });

  it('carries out verbs that need no document, slice by slice', async () => {
    const apply = vi.fn(() => {
      const begin = performance.now();
      while (performance.now() - begin < 1);
    });
    const queue = commandQueue({ verbs: { apply }, frameBudget: 2 });
    queue.push(Array.from({ length: 10 }, () => ({ type: 'apply' })));
    expect(apply.mock.calls.length).toBeLessThan(10);
    await queue.done;
    expect(apply).toHaveBeenCalledTimes(10);
  });
});
