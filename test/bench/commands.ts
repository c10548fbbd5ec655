// How fast commands reach the DOM, and what the page's user feels of it: a plain loop, the original Sijax client, Turbo, encke.

import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser, Page } from 'puppeteer-core';
import type { ListName } from './commands-list.ts';
import type { CommandBench } from './commands-page.ts';

/** The first and the second are what the others are compared with. The third shows what signing HTML costs, as encke does. */
export const COMMAND_CLIENTS = [
  'plain loop',
  'Sijax + jQuery',
  'plain loop, Trusted Types',
  'Turbo Streams',
  'encke',
  'encke, coalesce',
] as const;

/** Applies nothing: its delays and tasks are the machine's own. */
export const IDLE = 'no commands at all';

/** With no more room than the flood takes. */
export const ROOMY = 'encke, maxQueue 20,000';

export type CommandClientName = (typeof COMMAND_CLIENTS)[number] | typeof ROOMY | typeof IDLE;

/** Commands of a list, how many in all and in a batch; and the milliseconds between two batches, where they come by and by. */
export interface Batches {
  readonly list: ListName;
  readonly count: number;
  readonly size: number;
  readonly interval: number;
}

/** Applied as they come. */
export const SMALL_BATCHES: Batches = { list: 'mixture', count: 20_000, size: 100, interval: 0 };

/** Applied after they have piled up: here coalescing has something to leave out. */
export const ONE_BATCH: Batches = { list: 'figures', count: 20_000, size: 20_000, interval: 0 };

/** Handed in at once, to be applied when the client thinks best. */
export const FLOOD: Batches = { list: 'mixture', count: 20_000, size: 20_000, interval: 0 };

/** 5,000 commands in a second, for 10 seconds. */
export const STREAM: Batches = { list: 'mixture', count: 50_000, size: 50, interval: 10 };

/** How many pages each client gets, how often each page is warmed up, and measured. */
const PASSES = { pages: 5, warmUp: 4, repeats: 7 };
const FLOODS = { pages: 5, warmUp: 1 };
const STREAMS = { pages: 2 };

/** Milliseconds between two clicks. */
const CLICK_INTERVAL = 25;

export interface Outcome {
  /** What `readPage` gave in the end. */
  readonly page: string;
}

export interface PassesOutcome extends Outcome {
  /** How long each pass over all commands kept the page's main thread, in milliseconds of its CPU time. */
  readonly passes: readonly number[];
}

export interface FlowOutcome extends Outcome {
  /** Until everything was applied, in milliseconds. */
  readonly duration: number;
  /** From each click to its handler, in milliseconds. */
  readonly delays: readonly number[];
  /** The tasks of the page's main thread. */
  readonly tasks: readonly Task[];
}

/** In milliseconds: the time until it was over, and the CPU time in it, which other programs cannot lengthen. */
export interface Task {
  readonly duration: number;
  readonly cpu: number;
}

/** The runs of each client. */
export type Runs<Outcome> = ReadonlyMap<CommandClientName, readonly Outcome[]>;

export interface CommandRuns {
  readonly smallBatches: Runs<PassesOutcome>;
  readonly oneBatch: Runs<PassesOutcome>;
  readonly floods: Runs<FlowOutcome>;
  readonly streams: Runs<FlowOutcome>;
}

/** @throws Error when two clients leave different pages behind. */
export async function measureCommands(browser: Browser, sijaxScript: string): Promise<CommandRuns> {
  const server = await startServer(sijaxScript);
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    return {
      smallBatches: await inTurn(COMMAND_CLIENTS, PASSES.pages, inPages(SMALL_BATCHES, measurePasses)),
      oneBatch: await inTurn(COMMAND_CLIENTS, PASSES.pages, inPages(ONE_BATCH, measurePasses)),
      floods: await inTurn([...COMMAND_CLIENTS, ROOMY, IDLE], FLOODS.pages, inPages(FLOOD, measureFlood)),
      streams: await inTurn([...COMMAND_CLIENTS, IDLE], STREAMS.pages, inPages(STREAM, measureStream)),
    };
  } finally {
    server.closeAllConnections();
    server.close();
  }

  /** Each run has a page of its own: one client's garbage must not be cleared away in another's time. */
  function inPages<Measured>(batches: Batches, measure: (page: Page) => Promise<Measured>) {
    return async (client: CommandClientName): Promise<Measured> => {
      const page = await browser.newPage();
      try {
        // A page in the background is neither painted nor clicked.
        await page.bringToFront();
        await page.goto(`${origin}/?client=${encodeURIComponent(client)}`);
        await page.evaluate(
          `bench = makeCommandBench(${JSON.stringify(client)}, ${JSON.stringify(batches)})`,
        );
        return await measure(page);
      } finally {
        await page.close();
      }
    };
  }
}

/** The clients take turns, and each round begins with another, so that noise meets all alike. */
async function inTurn<Measured extends Outcome>(
  names: readonly CommandClientName[],
  rounds: number,
  measure: (name: CommandClientName) => Promise<Measured>,
): Promise<Runs<Measured>> {
  const runs = new Map(names.map((name) => [name, [] as Measured[]]));
  let expected: string | undefined;
  for (let round = 0; round < rounds; round++) {
    for (const name of [...names.slice(round % names.length), ...names.slice(0, round % names.length)]) {
      const outcome = await measure(name);
      if (name !== IDLE) requireSamePage(name, (expected ??= outcome.page), outcome.page);
      runs.get(name)?.push(outcome);
    }
  }
  return runs;
}

function requireSamePage(name: CommandClientName, expected: string, page: string): void {
  if (page === expected) return;
  let at = 0;
  while (at < page.length && page[at] === expected[at]) at++;
  const excerpt = (text: string) => text.slice(Math.max(0, at - 80), at + 80);
  throw new Error(`${name} leaves another page. Expected …${excerpt(expected)}…, got …${excerpt(page)}….`);
}

/** Leaves out style, layout and paint, which follow whoever changed the page, and at other times. */
async function measurePasses(page: Page): Promise<PassesOutcome> {
  await page.addStyleTag({ content: 'main { content-visibility: hidden }' });
  const readThreadTime = await threadClock(page);
  const passes: number[] = [];
  for (let n = -PASSES.warmUp; n < PASSES.repeats; n++) {
    await run(page, 'resetPage');
    const begin = await readThreadTime();
    await run(page, 'applyAll');
    if (n >= 0) passes.push((await readThreadTime()) - begin);
  }
  return { page: await run(page, 'readPage'), passes };
}

async function measureFlood(page: Page): Promise<FlowOutcome> {
  for (let n = 0; n < FLOODS.warmUp; n++) {
    await run(page, 'resetPage');
    await run(page, 'handInAll');
  }
  return measureFlow(page, () => run(page, 'handInAll'));
}

/** Clicks through the driver, so that each click waits for its turn as a user's would. */
function measureStream(page: Page): Promise<FlowOutcome> {
  return measureFlow(page, async () => {
    let ended = false;
    const running = run(page, 'handInAll').finally(() => (ended = true));
    // Ends with `running`, which is awaited for its failure, too.
    while (!ended) {
      await page.mouse.click(20, 20);
      await pause(CLICK_INTERVAL);
    }
    return running;
  });
}

async function measureFlow(page: Page, flow: () => Promise<number>): Promise<FlowOutcome> {
  await run(page, 'resetPage');
  const stopTrace = await traceTasks(page);
  const duration = await flow();
  // What the page does of it afterwards, layout above all, belongs to it.
  await pause(100);
  const tasks = await stopTrace();
  return { duration, tasks, delays: await run(page, 'readDelays'), page: await run(page, 'readPage') };
}

async function run<Step extends keyof CommandBench>(
  page: Page,
  step: Step,
): Promise<Awaited<ReturnType<CommandBench[Step]>>> {
  return (await page.evaluate(`bench.${step}()`)) as Awaited<ReturnType<CommandBench[Step]>>;
}

/** The CPU time of the page's main thread so far, in milliseconds. */
async function threadClock(page: Page): Promise<() => Promise<number>> {
  const devtools = await page.createCDPSession();
  await devtools.send('Performance.enable');
  return async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'ThreadTime')?.value ?? NaN);
  };
}

/** Writes down what the page's main thread does. What it gives ends that. */
async function traceTasks(page: Page): Promise<() => Promise<Task[]>> {
  await page.tracing.start({ categories: ['-*', 'disabled-by-default-devtools.timeline'] });
  return async () => {
    const trace = Buffer.from((await page.tracing.stop()) ?? []).toString();
    const { traceEvents } = JSON.parse(trace) as { traceEvents: TraceEvent[] };
    const begun = traceEvents.find(({ name }) => name === 'TracingStartedInBrowser');
    const process = begun?.args.data?.frames[0]?.processId;
    const main = traceEvents.find(({ pid, args }) => pid === process && args.name === 'CrRendererMain');
    return (
      traceEvents
        .filter(({ name, pid, tid }) => name === 'RunTask' && pid === process && tid === main?.tid)
        // Where the system counts CPU time in lumps, a task gets that of others, too: more than it lasted.
        .map(({ dur = 0, tdur = 0 }) => ({ duration: dur / 1000, cpu: Math.min(dur, tdur) / 1000 }))
    );
  };
}

/** One record of Chromium's trace. The times are in microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args: {
    readonly name?: string;
    readonly data?: { readonly frames: readonly { readonly processId: number }[] };
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

const require = createRequire(import.meta.url);

async function startServer(sijaxScript: string): Promise<Server> {
  const scripts: Record<string, string> = {
    '/jquery.js': readFileSync(require.resolve('jquery/dist/jquery.min.js'), 'utf8'),
    '/sijax.js': readFileSync(sijaxScript, 'utf8'),
    '/turbo.js': readFileSync(require.resolve('@hotwired/turbo/dist/turbo.es2017-umd.js'), 'utf8'),
    '/bench.js': await bundlePage(),
  };
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    // An isolated page has a clock of 5 µs in place of 100.
    response.setHeader('cross-origin-opener-policy', 'same-origin');
    response.setHeader('cross-origin-embedder-policy', 'require-corp');
    const script = scripts[pathname];
    response.setHeader('content-type', script === undefined ? 'text/html' : 'text/javascript');
    response.end(script ?? makePage(searchParams.get('client')));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

async function bundlePage(): Promise<string> {
  const bundle = await build({
    stdin: {
      contents: `import { makeCommandBench } from './commands-page.ts'; Object.assign(globalThis, { makeCommandBench });`,
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
      loader: 'ts',
    },
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
  });
  return bundle.outputFiles[0]?.text ?? '';
}

/** What a client needs beside the bench. */
const NEEDED: Partial<Record<string, readonly string[]>> = {
  'Sijax + jQuery': ['/jquery.js', '/sijax.js'],
  'Turbo Streams': ['/turbo.js'],
};

function makePage(client: string | null): string {
  const scripts = [...(NEEDED[client ?? ''] ?? []), '/bench.js'];
  const tags = scripts.map((path) => `<script src="${path}"></script>`).join('');
  return `<!doctype html><meta charset="utf-8"><title>bench</title><button>click</button><main></main>${tags}`;
}
