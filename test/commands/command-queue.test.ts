// @vitest-environment happy-dom

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Command, CommandQueue, CommandQueueOptions, Verb } from '../../src/commands/command.ts';
import { commandQueue } from '../../src/commands/command-queue.ts';
import { EnckeError } from '../../src/ground/errors.ts';
import { createWorld, type World } from './world.ts';

let world: World;
let applied: unknown[];
let errors: EnckeError[];

beforeEach(() => {
  world = createWorld();
  applied = [];
  errors = [];
});

afterEach(() => {
  // After a flush the frame that was awaited may still come.
  world.frame();
  expect(world.leftovers, 'what a drained queue leaves behind').toEqual({});
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const verbs: Record<string, Verb> = {
  /** Takes so many milliseconds, and is recorded. */
  note: ({ name, cost = 0 }) => {
    world.spend(cost as number);
    applied.push(name);
  },
  fail: ({ error }) => {
    throw error;
  },
  /** Runs a function of the test. */
  run: ({ run, name = 'run' }) => {
    applied.push(name);
    return (run as () => Promise<void> | undefined)();
  },
};

function makeQueue(options: CommandQueueOptions = {}): CommandQueue {
  return commandQueue({ verbs, onError: (error) => errors.push(error), ...options });
}

function note(name: unknown, cost = 0): Command {
  return { type: 'note', name, cost };
}

function notes(count: number, cost = 0): Command[] {
  return Array.from({ length: count }, (_, n) => note(n + 1, cost));
}

function run(run: () => unknown): Command {
  return { type: 'run', run };
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, n) => n + 1);
}

function codes(): string[] {
  return errors.map(({ code }) => code);
}

/** A promise, and what settles it. */
function promise(): { promise: Promise<void>; resolve: () => void; reject: (error: unknown) => void } {
  let resolve = (): void => {};
  let reject = (_: unknown): void => {};
  const pending = new Promise<void>((resolveIt, rejectIt) => {
    resolve = resolveIt;
    reject = rejectIt;
  });
  return { promise: pending, resolve, reject };
}

async function settled(pending: Promise<unknown>): Promise<boolean> {
  let isSettled = false;
  void pending.then(() => (isSettled = true));
  // More turns than any chain of promises in here has.
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  return isSettled;
}

describe('a push', () => {
  it('carries out the command before it returns, where nothing waits', () => {
    makeQueue().push(note('a'));
    expect(applied).toEqual(['a']);
  });

  it('takes lists and JSON, in order', () => {
    const queue = makeQueue();
    queue.push([note('a'), note('b')]);
    queue.push(JSON.stringify([note('c'), note('d')]));
    queue.push(`\uFEFF ${JSON.stringify(note('e'))}`);
    expect(applied).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(errors).toEqual([]);
  });

  it('reports each element that is no command, and takes the others', () => {
    const queue = makeQueue();
    queue.push([note('a'), 7, note('b'), { name: 'c' }, null]);
    expect(applied).toEqual(['a', 'b']);
    expect(codes()).toEqual(['malformed', 'malformed', 'malformed']);
    expect(errors.map(({ payload }) => payload)).toEqual(['7', '{"name":"c"}', 'null']);
    queue.push('no JSON');
    expect(errors.at(-1)).toMatchObject({ code: 'malformed', payload: 'no JSON' });
  });

  it.each(['unheard', '__proto__', 'constructor', 'toString', 'hasOwnProperty', ''])(
    'reports the type %j, which no verb has',
    (type) => {
      const command = { type };
      makeQueue().push([command, note('a')]);
      expect(errors).toMatchObject([{ code: 'unknown-command', command }]);
      expect(errors[0]).toBeInstanceOf(EnckeError);
      expect(applied).toEqual(['a']);
    },
  );

  it('prefers the verbs given to those built in, and finds both', () => {
    document.body.innerHTML = '<p id="a"></p>';
    const remove = vi.fn();
    makeQueue({ verbs: { remove } }).push([
      { type: 'remove', remove: '#a' },
      { type: 'html', selector: '#a', html: 'text', setType: 'replace' },
    ]);
    expect(remove).toHaveBeenCalledOnce();
    expect(document.body.innerHTML).toBe('<p id="a">text</p>');
  });

  it('finds a verb that was added later', () => {
    const late: Record<string, Verb> = {};
    const queue = makeQueue({ verbs: late });
    const verb = vi.fn();
    late['late'] = verb;
    queue.push({ type: 'late' });
    expect(verb).toHaveBeenCalledOnce();
  });

  it('from a handler of its own errors comes behind the list that was pushed', () => {
    const queue = makeQueue({ onError: () => queue.push(note('c')) });
    queue.push([note('a'), 'no command', note('b')]);
    expect(applied).toEqual(['a', 'b', 'c']);
  });
});

describe('a frame budget that no command fits into', () => {
  it('lets each frame carry out one', () => {
    const queue = makeQueue({ frameBudget: Number.MIN_VALUE });
    queue.push(notes(3, 1));
    expect(applied).toEqual([]);
    for (const count of [1, 2, 3]) {
      world.frame();
      expect(applied).toEqual(upTo(count));
    }
  });
});

describe('a command that fails', () => {
  it('is reported with what it threw, and the queue goes on', () => {
    const cause = new TypeError('broken');
    const command = { type: 'fail', error: cause };
    makeQueue().push([note('a'), command, note('b')]);
    expect(applied).toEqual(['a', 'b']);
    expect(errors).toMatchObject([{ code: 'command', cause, command }]);
    expect(errors[0]?.command).toBe(command);
    expect(errors[0]?.message).toBe('A command of type fail threw: TypeError: broken');
  });

  it('is reported as it says, where it throws an error of ours', () => {
    const error = new EnckeError('refused', 'Not here.');
    const command = { type: 'fail', error };
    makeQueue().push([command, note('a')]);
    expect(errors[0]).toBe(error);
    expect(error.command).toBe(command);
    expect(applied).toEqual(['a']);
  });

  it('may throw an error that cannot be made a text', () => {
    const error = Object.assign(new Error('text'), { message: Object.create(null) as string });
    makeQueue().push([{ type: 'fail', error }, note('a')]);
    expect(applied).toEqual(['a']);
    expect(errors).toMatchObject([{ code: 'command', cause: error }]);
  });

  it.each([undefined, null, 'text', Object.create(null) as object])('may throw anything: %o', (thrown) => {
    makeQueue().push([{ type: 'fail', error: thrown }, note('a')]);
    expect(errors).toMatchObject([{ code: 'command' }]);
    expect(errors[0]?.cause).toBe(thrown);
    expect(applied).toEqual(['a']);
  });

  it('is reported with the command where its selector matches nothing', () => {
    const command = { type: 'remove', remove: '#nowhere' };
    makeQueue().push([command, note('a')]);
    expect(errors).toMatchObject([{ code: 'no-target', command }]);
    expect(applied).toEqual(['a']);
  });

  it('stops nothing when the handler of errors throws, too', () => {
    const queue = makeQueue({
      onError() {
        throw new Error('handler');
      },
    });
    queue.push([{ type: 'fail' }, note('a')]);
    expect(applied).toEqual(['a']);
    expect(() => world.wait(0)).toThrow('handler');
  });

  it('reaches the error reporting of the page where nobody handles errors', () => {
    const queue = commandQueue({ verbs });
    queue.push([{ type: 'fail', error: new Error('broken') }, note('a')]);
    queue.push('no JSON');
    expect(applied).toEqual(['a']);
    expect(() => world.wait(0)).toThrow(EnckeError);
    expect(() => world.wait(0)).toThrow('No command');
  });

  it('is silent where nobody handles errors and its selector matches nothing', () => {
    commandQueue().push({ type: 'remove', remove: '#nowhere' });
    expect(world.leftovers).toEqual({});
  });
});

describe('the hooks', () => {
  it('are called around each command', () => {
    const queue = makeQueue({
      beforeApply: ({ name }) => void applied.push(`before ${String(name)}`),
      afterApply: ({ name }) => applied.push(`after ${String(name)}`),
    });
    queue.push([note('a'), note('b')]);
    expect(applied).toEqual(['before a', 'a', 'after a', 'before b', 'b', 'after b']);
  });

  it('skip a command by false, and only by that', () => {
    const answers: Record<string, unknown> = { a: false, b: undefined, c: 0, d: null, e: true };
    const afterApply = vi.fn();
    makeQueue({ beforeApply: ({ name }) => answers[String(name)] as boolean, afterApply }).push(
      Object.keys(answers).map((name) => note(name)),
    );
    expect(applied).toEqual(['b', 'c', 'd', 'e']);
    expect(afterApply).toHaveBeenCalledTimes(4);
  });

  it('skip a command where the one before it throws, and report that', () => {
    const cause = new Error('hook');
    const afterApply = vi.fn();
    const beforeApply = ({ name }: Command): void => {
      if (name === 'a') throw cause;
    };
    makeQueue({ beforeApply, afterApply }).push([note('a'), note('b')]);
    expect(applied).toEqual(['b']);
    expect(errors).toMatchObject([{ code: 'command', cause, command: note('a') }]);
    expect(afterApply.mock.calls.map(([command]) => command as unknown)).toEqual([note('b')]);
  });

  it('tell the page what the one behind it throws, and stop nothing', () => {
    const afterApply = (): never => {
      throw new Error('hook');
    };
    makeQueue({ afterApply }).push(notes(2));
    expect(applied).toEqual([1, 2]);
    expect(errors).toEqual([]);
    expect(() => world.wait(0)).toThrow('hook');
    expect(() => world.wait(0)).toThrow('hook');
  });

  it('hear nothing after a command that failed or met nothing', () => {
    const afterApply = vi.fn();
    makeQueue({ afterApply }).push([
      { type: 'fail' },
      { type: 'unheard' },
      { type: 'remove', remove: '#nowhere' },
    ]);
    expect(errors).toHaveLength(3);
    expect(afterApply).not.toHaveBeenCalled();
  });

  it('hear of a command that takes its time when it is through', async () => {
    const { promise: pending, resolve } = promise();
    const afterApply = vi.fn();
    makeQueue({ afterApply }).push(run(() => pending));
    expect(afterApply).not.toHaveBeenCalled();
    resolve();
    await settled(pending);
    expect(afterApply).toHaveBeenCalledOnce();
  });
});

describe('a command that takes its time', () => {
  it('holds up those behind it', async () => {
    const { promise: pending, resolve } = promise();
    const queue = makeQueue();
    queue.push([note('a'), run(() => pending), note('b')]);
    queue.push(note('c'));
    queue.flush();
    world.frame();
    expect(applied).toEqual(['a', 'run']);
    expect(queue.size).toBe(2);
    resolve();
    await settled(pending);
    expect(applied).toEqual(['a', 'run', 'b', 'c']);
  });

  it('is reported when it fails, and those behind it go on', async () => {
    const { promise: pending, reject } = promise();
    const command = run(() => pending);
    makeQueue().push([command, note('a')]);
    const cause = new Error('late');
    reject(cause);
    await settled(pending.catch(() => undefined));
    expect(errors).toMatchObject([{ code: 'command', cause, command }]);
    expect(applied).toEqual(['run', 'a']);
  });

  it('may be any object with `then`, and nothing else holds anything up', async () => {
    let go = (): void => {};
    const thenable = {
      then: (resolve: () => void) => (go = resolve),
    };
    makeQueue().push([run(() => 7), run(() => ({})), run(() => thenable), note('a')]);
    expect(applied).toEqual(['run', 'run', 'run']);
    await settled(Promise.resolve());
    go();
    await settled(Promise.resolve());
    expect(applied).toEqual(['run', 'run', 'run', 'a']);
  });

  it('leaves what is pushed meanwhile to `flush`, once it is through', async () => {
    const { promise: pending, resolve } = promise();
    const queue = makeQueue();
    queue.push([run(() => pending), ...notes(10, 8)]);
    queue.flush();
    resolve();
    await settled(pending);
    expect(applied).toEqual(['run', ...upTo(10)]);
  });
});

describe('a command that uses the queue', () => {
  it('pushes behind all that waits', () => {
    const queue = makeQueue();
    queue.push([
      note('a'),
      run(() => {
        queue.push([note('c'), note('d')]);
      }),
      note('b'),
    ]);
    expect(applied).toEqual(['a', 'run', 'b', 'c', 'd']);
  });

  it('flushes without changing the order', () => {
    const queue = makeQueue();
    queue.push([
      run(() => {
        queue.flush();
        applied.push('flushed');
      }),
      ...notes(3, 8),
    ]);
    expect(applied).toEqual(['run', 'flushed', 1, 2, 3]);
  });

  it('pauses what follows, even in a flush', () => {
    const queue = makeQueue();
    queue.pause();
    queue.push([note('a'), run(() => queue.pause()), note('b')]);
    queue.flush();
    expect(applied).toEqual(['a', 'run']);
    queue.resume();
    expect(applied).toEqual(['a', 'run', 'b']);
  });

  it('clears what follows', () => {
    const queue = makeQueue();
    queue.push([note('a'), run(() => queue.clear()), note('b')]);
    queue.push(note('c'));
    expect(applied).toEqual(['a', 'run', 'c']);
  });

  it('sees how many are behind it', () => {
    const queue = makeQueue();
    queue.push([run(() => applied.push(queue.size)), note('a'), note('b')]);
    expect(applied).toEqual(['run', 2, 'a', 'b']);
  });
});

describe('pause and resume', () => {
  it('let commands wait, and take them up in order', () => {
    const queue = makeQueue();
    queue.pause();
    queue.push(note('a'));
    queue.push(note('b'));
    world.frame();
    expect(applied).toEqual([]);
    expect(queue.size).toBe(2);
    expect(world.leftovers).toEqual({});
    queue.resume();
    expect(applied).toEqual(['a', 'b']);
    expect(queue.size).toBe(0);
  });

  it('call off the frame that was awaited', () => {
    const queue = makeQueue();
    queue.push(notes(5, 8));
    expect(applied).toEqual([1]);
    queue.pause();
    expect(world.leftovers).toEqual({});
    queue.resume();
    expect(applied).toEqual([1]);
    queue.flush();
    expect(applied).toEqual(upTo(5));
  });

  it('give way to `flush`, for what waits then', () => {
    const queue = makeQueue();
    queue.pause();
    queue.push([
      note('a'),
      run(() => {
        queue.push(note('c'));
      }),
      note('b'),
    ]);
    queue.flush();
    expect(applied).toEqual(['a', 'run', 'b']);
    expect(queue.size).toBe(1);
    queue.resume();
    expect(applied).toEqual(['a', 'run', 'b', 'c']);
  });
});

describe('clear', () => {
  it('drops what waits, and calls off the frame that was awaited', () => {
    const queue = makeQueue();
    queue.push(notes(5, 8));
    queue.clear();
    expect(world.leftovers).toEqual({});
    expect(queue.size).toBe(0);
    expect(applied).toEqual([1]);
  });
});

describe('flush', () => {
  it('carries out all that waits, whatever the time', () => {
    const queue = makeQueue();
    queue.push(notes(100, 5));
    expect(applied.length).toBeLessThan(5);
    queue.flush();
    expect(applied).toEqual(upTo(100));
  });

  it('awaits no frame for what is flushed in the same task: that would cost as much as many commands', () => {
    const queue = makeQueue();
    const requested = vi.spyOn(globalThis, 'requestAnimationFrame');
    for (let chunk = 0; chunk < 10; chunk++) {
      queue.push(notes(3, 8));
      queue.flush();
    }
    expect(applied).toHaveLength(30);
    expect(world.leftovers).toEqual({});
    expect(requested).not.toHaveBeenCalled();
  });

  it('does nothing where nothing waits', () => {
    makeQueue().flush();
    expect(applied).toEqual([]);
  });

  it('leaves to the frames what comes later', () => {
    const queue = makeQueue();
    queue.push(notes(3, 8));
    queue.flush();
    queue.push(note('later'));
    expect(applied).toEqual(upTo(3));
    world.frame();
    expect(applied).toEqual([...upTo(3), 'later']);
  });
});

describe('maxQueue', () => {
  it('carries out the oldest at once, and loses nothing', () => {
    const queue = makeQueue({ maxQueue: 10 });
    for (const command of notes(30, 8)) queue.push(command);
    expect(applied).toEqual(upTo(20));
    expect(queue.size).toBe(10);
    queue.push([note('a'), note('b')]);
    expect(applied).toEqual(upTo(21));
    queue.flush();
    expect(applied).toEqual([...upTo(30), 'a', 'b']);
    expect(errors).toEqual([]);
  });

  it('lets one list wait that is longer, and makes room when more comes', () => {
    const queue = makeQueue({ maxQueue: 10 });
    queue.push(notes(30, 8));
    expect(applied).toEqual(upTo(1));
    expect(queue.size).toBe(29);
    world.frame();
    expect(applied).toEqual(upTo(2));
    queue.push([]);
    expect(applied).toEqual(upTo(2));
    queue.push(note('a'));
    expect(applied).toEqual(upTo(21));
    expect(queue.size).toBe(10);
    queue.flush();
    expect(applied).toEqual([...upTo(30), 'a']);
  });

  it('refuses the newest while the queue is paused, with one error that counts them', () => {
    const queue = makeQueue({ maxQueue: 10 });
    queue.pause();
    queue.push(notes(12));
    queue.push(note('late'));
    expect(queue.size).toBe(10);
    expect(codes()).toEqual(['queue-full', 'queue-full']);
    expect(errors.map(({ message }) => /^\d+/.exec(message)?.[0])).toEqual(['2', '1']);
    queue.resume();
    expect(applied).toEqual(upTo(10));
    queue.push(note('welcome'));
    expect(applied.at(-1)).toBe('welcome');
  });

  it('refuses the newest while a command takes its time', async () => {
    const { promise: pending, resolve } = promise();
    const queue = makeQueue({ maxQueue: 2 });
    queue.push(run(() => pending));
    queue.push(notes(3));
    expect(codes()).toEqual(['queue-full']);
    resolve();
    await settled(pending);
    expect(applied).toEqual(['run', 1, 2]);
  });

  it('does not refuse what a command pushes', () => {
    const queue = makeQueue({ maxQueue: 1 });
    queue.push(run(() => queue.push(notes(5))));
    expect(applied).toEqual(['run', ...upTo(5)]);
    expect(errors).toEqual([]);
  });

  it.each([
    { maxQueue: 0 },
    { maxQueue: NaN },
    { frameBudget: 0 },
    { frameBudget: -1 },
    { frameBudget: NaN },
  ])('is within its bounds, as is frameBudget: not %o', (options) => {
    expect(() => commandQueue(options)).toThrow(expect.objectContaining({ code: 'invalid-option' }));
  });
});

describe('ready', () => {
  it('is no question while fewer than half as many wait as may', () => {
    const queue = makeQueue({ maxQueue: 8 });
    queue.pause();
    queue.push(notes(3));
    expect(queue.ready()).toBeUndefined();
    queue.push(note('a'));
    expect(queue.ready()).toBeInstanceOf(Promise);
    queue.clear();
  });

  it('comes when fewer than a quarter wait', async () => {
    const queue = makeQueue({ maxQueue: 8 });
    queue.push(notes(5, 8));
    const ready = queue.ready();
    if (!ready) throw new Error('four wait');
    world.frame();
    world.frame();
    expect(queue.size).toBe(2);
    expect(await settled(ready)).toBe(false);
    world.frame();
    expect(await settled(ready)).toBe(true);
    world.frame();
  });

  it('comes when the queue is cleared', async () => {
    const queue = makeQueue({ maxQueue: 2 });
    queue.pause();
    queue.push(notes(2));
    const ready = queue.ready();
    queue.clear();
    expect(await settled(Promise.resolve(ready))).toBe(true);
    expect(queue.ready()).toBeUndefined();
  });
});

describe('done', () => {
  it('is there already where nothing waits', async () => {
    const queue = makeQueue();
    expect(await settled(queue.done)).toBe(true);
    queue.push(note('a'));
    expect(await settled(queue.done)).toBe(true);
  });

  it('comes when everything pushed before is carried out, whatever was pushed since', async () => {
    const queue = makeQueue();
    queue.push(notes(2, 8));
    const { done, size } = queue;
    expect(size).toBe(1);
    expect(queue.size).toBe(1);
    queue.push(notes(2, 8));
    const later = queue.done;
    expect(queue.size).toBe(3);
    expect(await settled(done)).toBe(false);
    world.frame();
    expect(await settled(done)).toBe(true);
    expect(await settled(later)).toBe(false);
    world.frame();
    world.frame();
    expect(await settled(later)).toBe(true);
  });

  it('waits for a command that takes its time', async () => {
    const { promise: pending, resolve } = promise();
    const queue = makeQueue();
    queue.push(run(() => pending));
    const { done } = queue;
    expect(await settled(done)).toBe(false);
    resolve();
    expect(await settled(done)).toBe(true);
  });

  it('waits for it also where what came behind is dropped', async () => {
    const { promise: pending, resolve } = promise();
    const queue = makeQueue();
    queue.push(run(() => pending));
    const { done } = queue;
    queue.push(notes(2));
    queue.clear();
    expect(await settled(done)).toBe(false);
    resolve();
    expect(await settled(done)).toBe(true);
  });

  it('comes for a command that asks for it, after that command', async () => {
    const queue = makeQueue();
    let done: Promise<void> | undefined;
    queue.push(run(() => void (done = queue.done)));
    expect(await settled(Promise.resolve(done))).toBe(true);
  });

  it('comes when what waits is dropped', async () => {
    const queue = makeQueue();
    queue.pause();
    queue.push(notes(2));
    const { done } = queue;
    queue.clear();
    expect(await settled(done)).toBe(true);
    queue.resume();
    expect(applied).toEqual([]);
  });
});

describe('whatever is done with a queue', () => {
  const steps = fc.array(
    fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({ push: fc.array(fc.constantFrom('quick', 'slow', 'held', 'pushing')) }),
      },
      {
        weight: 8,
        arbitrary: fc.constantFrom('pause', 'resume', 'flush', 'clear', 'frame', 'release', 'done'),
      },
    ),
    { maxLength: 40 },
  );

  it('each command is carried out once and in order, dropped by `clear`, or refused', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const releases: (() => void)[] = [];
        const waits: Promise<void>[] = [];
        let pushed = 0;
        let lost = 0;
        applied = [];
        const queue = makeQueue({
          maxQueue: 8,
          onError: ({ code, message }) => {
            expect(code).toBe('queue-full');
            lost += parseInt(message);
          },
        });
        const push = (kinds: string[]): void => queue.push(kinds.map(make));
        const make = (kind: string): Command =>
          kind === 'slow' ? note(pushed++, 5) : { ...run(() => workOf(kind)), name: pushed++ };
        const workOf = (kind: string): Promise<void> | undefined => {
          if (kind === 'pushing') push(['quick']);
          return kind === 'held' ? new Promise((resolve) => releases.push(resolve)) : undefined;
        };
        const turns = async (): Promise<void> => {
          for (let turn = 0; turn < 5; turn++) await Promise.resolve();
        };
        for (const step of taken) {
          if (typeof step === 'object') push(step.push);
          else if (step === 'frame') world.frame();
          else if (step === 'release') releases.shift()?.();
          else if (step === 'done') waits.push(queue.done);
          else {
            if (step === 'clear') lost += queue.size;
            queue[step]();
          }
          await turns();
        }
        queue.resume();
        for (let n = 0; n < 300 && (queue.size > 0 || releases.length > 0); n++) {
          releases.shift()?.();
          await turns();
          world.frame();
        }
        await Promise.all([...waits, queue.done]);
        expect(applied).toEqual([...applied].sort((a, b) => Number(a) - Number(b)));
        expect(new Set(applied).size).toBe(applied.length);
        expect(applied.length + lost).toBe(pushed);
        expect(world.leftovers).toEqual({});
      }),
    );
  });
});

describe('the values of options', () => {
  it.each([
    { frameBudget: '8' },
    { frameBudget: Number.NaN },
    { frameBudget: -1 },
    { frameBudget: 0 },
    { frameBudget: null },
    { maxQueue: '50' },
    { maxQueue: Number.NaN },
    { maxQueue: 0 },
    { root: '#part' },
    { root: {} },
    { sanitize: 'clean' },
    { select: {} },
    { beforeApply: true },
    { onError: 'log' },
    { verbs: { mine: 'alert' } },
    { verbs: 'mine' },
    { functions: 'alert' },
    { scripts: 'allow' },
    { scripts: { allowsScripts: true } },
    { coalesce: 'all' },
    { ariaBusy: 'yes' },
  ])('are refused at once where they cannot be used: %j', (options) => {
    expect(() => commandQueue(options as never)).toThrow(
      expect.objectContaining({ code: 'invalid-option' }) as Error,
    );
  });
});

describe('true for what is a value now', () => {
  it.each([
    ['coalesce', 'coalesceByTarget'],
    ['ariaBusy', 'busyMarks'],
  ])('%s is refused, and the error names %s', (option, value) => {
    expect(() => commandQueue({ [option]: true })).toThrow(`${option} must be ${value}`);
    expect(() => commandQueue({ [option]: false })).not.toThrow();
  });
});

describe('a promise of beforeApply', () => {
  it('is waited for, and skips by false or where it is rejected', async () => {
    const applied: unknown[] = [];
    const told: string[] = [];
    const queue = commandQueue({
      verbs: { note: ({ name }) => void applied.push(name) },
      onError: ({ code, command }) => told.push(`${code} ${String(command?.['name'])}`),
      async beforeApply({ name }) {
        await Promise.resolve();
        if (name === 'c') throw new Error('asked in vain');
        return name !== 'b';
      },
    });
    queue.push(['a', 'b', 'c', 'd'].map((name) => ({ type: 'note', name })));
    expect(applied).toEqual([]);
    await queue.done;
    expect(applied).toEqual(['a', 'd']);
    expect(told).toEqual(['command c']);
  });
});
