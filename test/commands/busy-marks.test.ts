// @vitest-environment happy-dom

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { busyMarks } from '../../src/commands/busy-marks.ts';
import { commandQueue } from '../../src/commands/command-queue.ts';
import type { Command, CommandQueue, CommandQueueOptions } from '../../src/commands/command.ts';
import { createWorld, type World } from './world.ts';

let world: World;

beforeEach(() => {
  world = createWorld();
  document.body.innerHTML = '<p id="a"></p><p id="b" aria-busy="false"></p><p id="c" aria-busy="true"></p>';
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function makeQueue(options: CommandQueueOptions = {}): CommandQueue {
  return commandQueue({ ariaBusy: busyMarks, verbs: { spend: () => world.spend(8) }, ...options });
}

function title(selector: unknown): Command {
  return { type: 'attr', selector, key: 'title', value: 'late', setType: 'replace' };
}

const spend: Command = { type: 'spend' };

function busy(): (string | null)[] {
  return [...document.querySelectorAll('p')].map((element) => element.getAttribute('aria-busy'));
}

describe('aria-busy', () => {
  it('is on the targets of what waits for a later frame, until all is carried out', () => {
    makeQueue().push([spend, title('#a'), title('p'), spend, spend]);
    expect(busy()).toEqual(['true', 'true', 'true']);
    world.frame();
    expect(busy()).toEqual(['true', 'true', 'true']);
    world.frame();
    expect(busy()).toEqual([null, 'false', 'true']);
  });

  it('is not on the targets of what is carried out at once', () => {
    makeQueue().push([title('#a'), spend, title('#b')]);
    expect(busy()).toEqual([null, 'true', 'true']);
    world.frame();
    expect(busy()).toEqual([null, 'false', 'true']);
  });

  it('is on those of commands that come while a frame is awaited', () => {
    const queue = makeQueue();
    queue.push([spend, spend]);
    queue.push(title('#a'));
    expect(busy()[0]).toBe('true');
    world.frame();
    world.frame();
    expect(busy()[0]).toBeNull();
  });

  it('is on what a command is about to remove', () => {
    makeQueue().push([spend, spend, { type: 'remove', remove: '#a' }]);
    expect(busy()).toEqual(['true', 'false', 'true']);
    world.frame();
    world.frame();
    expect(busy()).toEqual(['false', 'true']);
  });

  it('stays as a command has set it in the meantime', () => {
    makeQueue().push([
      spend,
      { type: 'attr', selector: '#a', key: 'aria-busy', value: 'false', setType: 'replace' },
      spend,
    ]);
    expect(busy()[0]).toBe('true');
    world.frame();
    world.frame();
    expect(busy()[0]).toBe('false');
  });

  it.each(['true', 'false'])(
    'stays %s where a command or the page has set it so in the meantime',
    (value) => {
      const own: Command = { type: 'attr', selector: '#a', key: 'aria-busy', value, setType: 'replace' };
      const queue = makeQueue();
      queue.push([spend, own, title('#a'), title('p'), spend, spend]);
      world.frame();
      queue.push(title('body p'));
      expect(busy()).toEqual(['true', 'true', 'true']);
      document.querySelector('#b')?.setAttribute('aria-busy', value);
      world.frame();
      world.frame();
      expect(busy()).toEqual([value, value, 'true']);
    },
  );

  it('is the same for several queues: the last that has commands for an element takes it away', () => {
    const [first, second] = [makeQueue(), makeQueue()];
    first.push([spend, title('#a')]);
    second.push([spend, title('p')]);
    first.clear();
    expect(busy()).toEqual(['true', 'true', 'true']);
    first.push([spend, title('p')]);
    second.clear();
    expect(busy()).toEqual(['true', 'true', 'true']);
    first.clear();
    expect(busy()).toEqual([null, 'false', 'true']);
  });

  it('goes when the queue is cleared', () => {
    const queue = makeQueue();
    queue.push([spend, title('#a')]);
    queue.clear();
    expect(busy()).toEqual([null, 'false', 'true']);
  });

  it('minds no selector that is none: that is reported when its turn has come', () => {
    const onError = vi.fn();
    makeQueue({ onError }).push([spend, title('p:::'), title(7), title('#nowhere'), title('#a')]);
    expect(busy()[0]).toBe('true');
    expect(onError).not.toHaveBeenCalled();
    world.frame();
    expect(onError).toHaveBeenCalledTimes(3);
    expect(busy()[0]).toBeNull();
  });

  it('is for those who ask for it', () => {
    makeQueue({ ariaBusy: false }).push([spend, title('#a')]);
    expect(busy()[0]).toBeNull();
    world.frame();
  });
});
