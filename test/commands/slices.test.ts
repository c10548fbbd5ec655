// @vitest-environment happy-dom

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { commandQueue } from '../../src/commands/command-queue.ts';
import type { Command, CommandQueue, CommandQueueOptions } from '../../src/commands/command.ts';
import { createWorld, type World } from './world.ts';

let world: World;
let applied: number;
let queues: CommandQueue[];

beforeEach(() => {
  world = createWorld();
  applied = 0;
  queues = [];
});

afterEach(() => {
  for (const queue of queues) queue.clear();
  expect(world.leftovers).toEqual({});
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function makeQueue(options: CommandQueueOptions = {}): CommandQueue {
  const spend = ({ cost }: Command): void => {
    world.spend(cost as number);
    applied++;
  };
  const queue = commandQueue({ verbs: { spend }, ...options });
  queues.push(queue);
  return queue;
}

/** A command that takes so many milliseconds. */
function spend(cost: number): Command {
  return { type: 'spend', cost };
}

function list(count: number, cost: number): Command[] {
  return Array.from({ length: count }, () => spend(cost));
}

/** What has been applied since the last time. */
function takeApplied(): number {
  const taken = applied;
  applied = 0;
  return taken;
}

describe('a slice', () => {
  it('ends when the budget is used up, and the next one is the next frame’s', () => {
    makeQueue().push(list(10, 3));
    expect(takeApplied()).toBe(3);
    world.frame();
    expect(takeApplied()).toBe(3);
    world.frame();
    expect(takeApplied()).toBe(3);
    world.frame();
    expect(takeApplied()).toBe(1);
    expect(world.leftovers).toEqual({});
  });

  it('has the budget that was asked for', () => {
    makeQueue({ frameBudget: 2 }).push(list(10, 1));
    expect(takeApplied()).toBe(2);
    world.frame();
    expect(takeApplied()).toBe(2);
  });

  it('overruns it by no more than one command, however unequal they are', () => {
    const costs = Array.from({ length: 3_000 }, (_, n) => (n % 97 === 0 ? 6 : n % 7 === 0 ? 1 : 0.01));
    const queue = makeQueue();
    let before = performance.now();
    queue.push(costs.map(spend));
    let longest = performance.now() - before;
    while (queue.size > 0) {
      before = performance.now() + 16;
      world.frame();
      longest = Math.max(longest, performance.now() - before);
    }
    expect(longest).toBeGreaterThan(8);
    expect(longest).toBeLessThan(14);
    expect(takeApplied()).toBe(3_000);
  });

  it('counts what commands spend behind an await', async () => {
    const verbs = {
      async late() {
        await Promise.resolve();
        world.spend(3);
        applied++;
      },
    };
    makeQueue({ verbs }).push(Array.from({ length: 10 }, () => ({ type: 'late' })));
    const turns = async (): Promise<void> => {
      for (let turn = 0; turn < 100; turn++) await Promise.resolve();
    };
    await turns();
    expect(takeApplied()).toBe(3);
    world.frame();
    await turns();
    expect(takeApplied()).toBe(3);
  });

  it('carries out at least one command, however slow', () => {
    makeQueue().push(list(3, 100));
    expect(takeApplied()).toBe(1);
    world.frame();
    expect(takeApplied()).toBe(1);
  });
});

describe('many pushes in one task', () => {
  it('have one budget together', () => {
    const queue = makeQueue();
    for (let n = 0; n < 100; n++) queue.push(spend(1));
    expect(takeApplied()).toBe(8);
    world.frame();
    expect(takeApplied()).toBe(8);
  });

  it('have one budget together even if each command takes longer than a frame', () => {
    const queue = makeQueue();
    for (let n = 0; n < 100; n++) queue.push(spend(20));
    expect(takeApplied()).toBe(1);
    world.frame();
    expect(takeApplied()).toBe(1);
  });

  it('have it together though other work lies between them', () => {
    const queue = makeQueue();
    for (let n = 0; n < 20; n++) {
      queue.push(spend(1));
      world.spend(5);
    }
    expect(takeApplied()).toBe(8);
  });
});

describe('the budget', () => {
  it('is there again when the queue has rested for a frame’s length', () => {
    const queue = makeQueue();
    queue.push(list(8, 1));
    queue.push(spend(1));
    expect(takeApplied()).toBe(8);
    world.frame();
    expect(takeApplied()).toBe(1);
    world.spend(16);
    queue.push(list(10, 1));
    expect(takeApplied()).toBe(8);
  });

  it('is not renewed by time alone while a frame is awaited', () => {
    const queue = makeQueue();
    queue.push(list(9, 1));
    world.spend(50);
    queue.push(spend(1));
    expect(takeApplied()).toBe(8);
    world.frame();
    expect(takeApplied()).toBe(2);
  });
});

describe('a page that draws no frames', () => {
  it('gets its commands in tasks, while it is hidden', () => {
    world.hide(true);
    makeQueue().push(list(20, 1));
    expect(takeApplied()).toBe(8);
    expect(world.leftovers).toEqual({ ports: 2 });
    world.frame();
    expect(takeApplied()).toBe(0);
    world.deliver();
    expect(takeApplied()).toBe(8);
    world.deliver();
    expect(takeApplied()).toBe(4);
    expect(world.leftovers).toEqual({});
  });

  it('gets them in tasks where there is no requestAnimationFrame', () => {
    vi.stubGlobal('requestAnimationFrame', undefined);
    makeQueue().push(list(9, 1));
    expect(takeApplied()).toBe(8);
    world.deliver();
    expect(takeApplied()).toBe(1);
    expect(world.leftovers).toEqual({});
  });

  it('gets them as soon as it is hidden while a frame is awaited', () => {
    makeQueue().push(list(20, 1));
    expect(takeApplied()).toBe(8);
    world.hide(true);
    expect(takeApplied()).toBe(8);
    world.deliver();
    expect(takeApplied()).toBe(4);
    expect(world.leftovers).toEqual({});
  });

  it('gets them after a while where the frame does not come', () => {
    makeQueue().push(list(9, 1));
    expect(takeApplied()).toBe(8);
    world.wait(99);
    expect(takeApplied()).toBe(0);
    world.wait(1);
    expect(takeApplied()).toBe(1);
    expect(world.leftovers).toEqual({});
  });

  it('gets them in frames when it is shown again', () => {
    world.hide(true);
    makeQueue().push(list(20, 1));
    world.hide(false);
    world.deliver();
    expect(takeApplied()).toBe(16);
    world.frame();
    expect(takeApplied()).toBe(4);
    expect(world.leftovers).toEqual({});
  });
});

describe('nothing is left behind', () => {
  it.each<[string, (queue: CommandQueue) => void]>([
    ['flush', (queue) => queue.flush()],
    ['clear', (queue) => queue.clear()],
    ['pause', (queue) => queue.pause()],
  ])('by %s', (_, end) => {
    for (const hidden of [false, true]) {
      world.hide(hidden);
      const queue = makeQueue();
      queue.push(list(20, 1));
      expect(world.leftovers).not.toEqual({});
      end(queue);
      expect(world.leftovers).toEqual({});
    }
  });

  it('by a command that takes its time', async () => {
    let resolve = (): void => {};
    const verbs = {
      spend: () => world.spend(9),
      wait: () => new Promise<void>((go) => (resolve = go)),
    };
    const queue = makeQueue({ verbs });
    queue.push([{ type: 'spend' }, { type: 'wait' }, { type: 'spend' }, { type: 'spend' }]);
    expect(world.leftovers).not.toEqual({});
    world.frame();
    expect(world.leftovers).toEqual({});
    resolve();
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
    expect(world.leftovers).not.toEqual({});
    world.frame();
    expect(queue.size).toBe(0);
    expect(world.leftovers).toEqual({});
  });
});
