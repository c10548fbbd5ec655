// A command queue in a page that is watched: how long it holds the page up, and in which order it works.

import fc from 'fast-check';
import { busyMarks } from '../../../src/commands/busy-marks.ts';
import { coalesceByTarget } from '../../../src/commands/coalescing-line.ts';
import { commandQueue } from '../../../src/commands/command-queue.ts';
import type { Command, CommandQueueOptions } from '../../../src/commands/command.ts';
import { applyAll, pushes } from '../../commands/coalesce-law.ts';

const TARGETS = 100;

/** Tasks over this many milliseconds are what users feel. */
const LONG = 50;

/** How long the machine's own delays are looked for: the frames, and the milliseconds of work in each. */
const IDLE = { frames: 30, work: 8 };

export interface Watched {
  readonly applied: number;
  readonly inOrder: boolean;
  /** The number of the last command. */
  readonly last: number;
  /** The longest time that a push or a slice took, in milliseconds. */
  readonly longestSlice: number;
  /** Tasks over 50 ms in which the queue had a part; `null` where the browser does not tell. */
  readonly longTasks: readonly number[] | null;
  readonly milliseconds: number;
  /** By how much work that looks at nothing but the clock was late before and behind, at the worst. */
  readonly noise: number;
}

/** Pushes so many commands each second, in chunks as a stream would bring them. */
export async function stream(perSecond: number, seconds: number): Promise<Watched> {
  const INTERVAL = 10;
  const total = perSecond * seconds;
  const watch = startWatch(await measureNoise());
  const begin = performance.now();
  let sent = 0;
  while (sent < total) {
    await pause(INTERVAL);
    const due = Math.min(total, Math.floor(((performance.now() - begin) * perSecond) / 1000));
    watch.push(makeCommands(sent, due));
    sent = due;
  }
  return watch.end(begin);
}

/** What a queue may do beside its commands. */
const PARTS: Record<string, CommandQueueOptions> = {
  nothing: {},
  coalescing: { coalesce: coalesceByTarget },
  'busy marks': { ariaBusy: busyMarks },
};

/** Pushes so many at once. */
export async function flood(count: number, part = 'nothing'): Promise<Watched> {
  const watch = startWatch(await measureNoise(), PARTS[part]);
  const commands = makeCommands(0, count);
  // What it costs to make them is no task of the queue's.
  await pause(50);
  const begin = performance.now();
  watch.push(commands);
  return watch.end(begin);
}

interface Watch {
  push(commands: readonly Command[]): void;
  end(begin: number): Promise<Watched>;
}

function startWatch(noiseBefore: number, options: CommandQueueOptions = {}): Watch {
  document.body.innerHTML = Array.from({ length: TARGETS }, (_, n) => `<p id="p${n}"></p>`).join('');
  let applied = 0;
  let inOrder = true;
  const spans: [begin: number, end: number][] = [];
  let last = -1;
  const queue = commandQueue({
    ...options,
    afterApply({ number }) {
      inOrder &&= Number(number) > last;
      last = Number(number);
      applied++;
    },
  });
  const stopFrames = timeFrames(spans);
  const longTasks = observeLongTasks();
  return {
    push(commands) {
      timed(spans, () => queue.push(commands));
    },
    async end(begin) {
      await queue.done;
      const milliseconds = performance.now() - begin;
      stopFrames();
      // They are told of a little later.
      await pause(200);
      const noise = Math.max(noiseBefore, await measureNoise());
      const longestSlice = Math.max(...spans.map(([from, to]) => to - from));
      const ours = longTasks?.().filter(([from, to]) => spans.some((span) => span[0] < to && span[1] > from));
      return {
        applied,
        inOrder,
        last,
        longestSlice,
        longTasks: ours?.map(([from, to]) => to - from) ?? null,
        milliseconds,
        noise,
      };
    },
  };
}

function makeCommands(from: number, to: number): Command[] {
  return Array.from({ length: to - from }, (_, n) => makeCommand(from + n));
}

function makeCommand(number: number): Command {
  const selector = `#p${(number * 37) % TARGETS}`;
  if (number % 3 === 1)
    return { type: 'attr', selector, key: 'title', value: `${number}`, setType: 'replace', number };
  if (number % 3 === 2) return { type: 'css', selector, key: 'width', value: `${number % 100}px`, number };
  return { type: 'html', selector, html: `<b>${number}</b> &amp; more`, setType: 'replace', number };
}

function timed(spans: [number, number][], run: () => void): void {
  const begin = performance.now();
  run();
  spans.push([begin, performance.now()]);
}

/** Times what runs in frames, which here is only the queue. */
function timeFrames(spans: [number, number][]): () => void {
  const { requestAnimationFrame } = window;
  window.requestAnimationFrame = (callback) =>
    requestAnimationFrame((time) => timed(spans, () => callback(time)));
  return () => {
    window.requestAnimationFrame = requestAnimationFrame;
  };
}

/** Where other programs have the processor, every task takes longer. */
async function measureNoise(): Promise<number> {
  // A hidden page waits for a second and more at every timer.
  if (document.hidden) return 0;
  let worst = 0;
  for (let frame = 0; frame < IDLE.frames; frame++) {
    await new Promise((resolve) => setTimeout(resolve, IDLE.work));
    const begin = performance.now();
    while (performance.now() < begin + IDLE.work);
    worst = Math.max(worst, performance.now() - begin - IDLE.work);
  }
  return worst;
}

function observeLongTasks(): (() => [number, number][]) | undefined {
  if (!PerformanceObserver.supportedEntryTypes.includes('longtask')) return undefined;
  const tasks: [number, number][] = [];
  const observer = new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      if (duration > LONG) tasks.push([startTime, startTime + duration]);
    }
  });
  observer.observe({ type: 'longtask' });
  return () => {
    observer.disconnect();
    return tasks;
  };
}

/** What a page does that is put behind another: it draws no frame any more. */
export function pretendHidden(): void {
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
  window.requestAnimationFrame = () => 0;
  document.dispatchEvent(new Event('visibilitychange'));
}

/** Throws where a list of commands leaves another page when it is coalesced. */
export function law(runs: number): number {
  let saved = 0;
  fc.assert(
    fc.property(pushes, (lists) => {
      const plain = applyAll(lists, false);
      fc.pre(!plain.ambiguous);
      const coalesced = applyAll(lists, true);
      const [expected, got] = [plain, coalesced].map(({ page }) => JSON.stringify(page));
      if (got !== expected) throw new Error(`${String(got)} instead of ${String(expected)}`);
      saved += plain.applied - coalesced.applied;
    }),
    { numRuns: runs },
  );
  return saved;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
