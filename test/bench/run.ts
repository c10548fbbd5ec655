// Runs the benches: `npm run bench`, or `npm run bench decoder` for one of them.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import puppeteer, { type Browser } from 'puppeteer-core';
import {
  COLD_MEASUREMENTS,
  COLD_RUNS,
  MEASUREMENTS,
  type ColdMeasurement,
  type LongLine,
  type Row,
} from './decoder.ts';
import { measureCommands } from './commands.ts';
import { printCommands } from './commands-print.ts';
import { findBrowsers } from '../browsers/find-browsers.ts';
import { CHROMIUM_ARGUMENTS } from '../browsers/puppeteer-driver.ts';
import type { Burst } from './end-to-end-page.ts';
import { BURST, CLIENTS, COLD_PAGES, startBenchServer, TICKS, urlOf } from './end-to-end.ts';
import {
  CONTENDERS,
  percentile,
  printCold,
  printDecoders,
  printEndToEnd,
  printTable,
  type Cold,
} from './print.ts';
import { printReconnecting } from './reconnect-print.ts';
import { measureReconnecting } from './reconnect.ts';
import { measurePeers } from './sizes.ts';
import { findPython, sijaxPackage } from '../interop/python.ts';
import { measureSizes } from '../tools/sizes.ts';

const HERE = dirname(fileURLToPath(import.meta.url));
/** Each bench by its name. A new one is a file beside this one and a line here. */
const benches: Record<string, () => Promise<void>> = {
  decoder: benchDecoder,
  'end-to-end': benchEndToEnd,
  commands: benchCommands,
  reconnect: benchReconnecting,
  sizes: benchSizes,
};

const wanted = process.argv.slice(2);
for (const name of wanted.length > 0 ? wanted : Object.keys(benches)) {
  if (!Object.hasOwn(benches, name)) {
    throw new Error(`No bench is called ${name}. There are: ${Object.keys(benches).join(', ')}.`);
  }
  await benches[name]?.();
}

/** Runs a script that leaves a JSON text in `result`, and gives that. */
type RunScript = (script: string) => Promise<unknown>;

async function benchDecoder(): Promise<void> {
  installPeers();
  const script = await bundleDecoderBench();
  await measureIn(`Node ${process.version}`, script, runInNode);
  const browser = await puppeteer.launch({
    executablePath: chromium(),
    args: CHROMIUM_ARGUMENTS,
    protocolTimeout: 600_000,
  });
  try {
    await measureIn(await browser.version(), script, (piece) => runInPage(browser, piece));
  } finally {
    await browser.close();
  }
}

function chromium(): string {
  const [found] = findBrowsers();
  if (!found || 'missing' in found) throw new Error(found?.missing ?? 'No Chromium.');
  return found.programs.browser;
}

function installPeers(): void {
  const { dependencies } = JSON.parse(readFileSync(join(HERE, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  if (Object.keys(dependencies).every((name) => existsSync(join(HERE, 'node_modules', name)))) return;
  // eventsource-parser asks for a newer Node than we do and works in ours: the warning may be ignored.
  execFileSync('npm', ['ci', '--prefix', HERE, '--no-audit', '--no-fund'], { stdio: 'inherit' });
}

/** One script for both places, so that Node and the browser run the same code. */
async function bundleDecoderBench(): Promise<string> {
  const entry = `
    import { createParser } from 'eventsource-parser';
    import { getLines, getMessages } from '@microsoft/fetch-event-source/lib/esm/parse.js';
    import { measureCold, measureDecoders, measureLongLines } from './decoder.ts';
    const peers = { createParser, getLines, getMessages };
    globalThis.measure = (measurement) => measureDecoders(peers, measurement);
    globalThis.measureCold = (measurement, name) => measureCold(peers, measurement, name);
    globalThis.measureLongLines = measureLongLines;
  `;
  const bundle = await build({
    stdin: { contents: entry, resolveDir: HERE, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
  });
  return bundle.outputFiles[0]?.text ?? '';
}

/** Each measurement starts afresh: what an engine learns from one text must not help or hurt with the next. */
async function measureIn(place: string, script: string, run: RunScript): Promise<void> {
  const rows: Row[] = [];
  for (const measurement of MEASUREMENTS) {
    const call = `globalThis.result = JSON.stringify(measure(${JSON.stringify(measurement)}))`;
    rows.push((await run(`${script}\n${call};`)) as Row);
  }
  const call = `globalThis.result = JSON.stringify(measureLongLines([1_000_000, 5_000_000, 10_000_000, 20_000_000]))`;
  const longLines = (await run(`${script}\n${call};`)) as LongLine[];
  const coldRows: Row[] = [];
  for (const measurement of COLD_MEASUREMENTS) coldRows.push(await measureColdly(measurement, script, run));
  printDecoders(place, rows, coldRows, longLines);
}

/** The contenders take turns, so that noise meets all alike. */
async function measureColdly(measurement: ColdMeasurement, script: string, run: RunScript): Promise<Row> {
  const rows: Row[] = [];
  for (let round = 0; round < COLD_RUNS; round++) {
    for (const name of CONTENDERS) {
      const call = `measureCold(${JSON.stringify(measurement)}, ${JSON.stringify(name)})`;
      rows.push((await run(`${script}\nglobalThis.result = JSON.stringify(${call});`)) as Row);
    }
  }
  const [first] = rows;
  if (!first) throw new Error('COLD_RUNS is 0.');
  const best = { ...first.best };
  for (const name of CONTENDERS) {
    // Of each run one contender has a time, and JSON has made null of the others.
    const times = rows.map((row) => row.best[name] as number | null).filter((time) => time !== null);
    best[name] = percentile(times, 50);
  }
  return { ...first, best };
}

async function runInNode(script: string): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'encke-bench-'));
  const file = join(folder, 'bench.cjs');
  try {
    writeFileSync(file, `${script}\nprocess.stdout.write(globalThis.result);`);
    return JSON.parse(execFileSync(process.execPath, [file], { encoding: 'utf8' })) as unknown;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function runInPage(browser: Browser, script: string): Promise<unknown> {
  const page = await browser.newPage();
  try {
    return JSON.parse(String(await page.evaluate(`${script}\nglobalThis.result`))) as unknown;
  } finally {
    await page.close();
  }
}

async function benchEndToEnd(): Promise<void> {
  installPeers();
  const bundle = await build({
    stdin: {
      contents: `
        import { createParser } from 'eventsource-parser';
        import { makeBench } from './end-to-end-page.ts';
        globalThis.bench = makeBench(createParser);
      `,
      resolveDir: HERE,
      loader: 'ts',
    },
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
  });
  const server = await startBenchServer(bundle.outputFiles[0]?.text ?? '');
  const browser = await puppeteer.launch({
    executablePath: chromium(),
    args: CHROMIUM_ARGUMENTS,
    // The protocol's network events make native EventSource five times slower.
    networkEnabled: false,
    protocolTimeout: 600_000,
  });
  try {
    const bursts = new Map<string, Burst[]>();
    const latencies = new Map<string, number[]>();
    // Each client in a page of its own: one client's garbage must not be cleared away in another's time.
    // The pages take turns, and each round begins with another client, so that noise meets all alike.
    for (let round = 0; round < BURST.rounds; round++) {
      for (let turn = 0; turn < CLIENTS.length; turn++) {
        const name = CLIENTS[(round + turn) % CLIENTS.length] ?? CLIENTS[0];
        const page = await browser.newPage();
        await page.goto(urlOf(server));
        const run = async <Result>(call: string): Promise<Result> => (await page.evaluate(call)) as Result;
        const call = `bench.measureBursts(${JSON.stringify(name)}, ${JSON.stringify(BURST)})`;
        bursts.set(name, [...(bursts.get(name) ?? []), ...(await run<Burst[]>(call))]);
        if (round === 0) {
          latencies.set(name, await run(`bench.measureLatency(${JSON.stringify(name)}, ${TICKS.events})`));
        }
        await page.close();
      }
    }
    const cold = await measureCold(browser, urlOf(server));
    printEndToEnd(await browser.version(), bursts, latencies);
    printCold(cold, bursts);
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
}

/** One burst in each fresh page, as a user meets it: how long its main thread is busy, and in how long a task. */
async function measureCold(browser: Browser, url: string): Promise<Map<string, Cold[]>> {
  const cold = new Map<string, Cold[]>();
  for (let round = 0; round < COLD_PAGES; round++) {
    for (let turn = 0; turn < CLIENTS.length; turn++) {
      const name = CLIENTS[(round + turn) % CLIENTS.length] ?? CLIENTS[0];
      const page = await browser.newPage();
      await page.goto(url);
      const session = await page.createCDPSession();
      await session.send('Performance.enable');
      const busy = async (): Promise<Map<string, number>> => {
        const { metrics } = await session.send('Performance.getMetrics');
        return new Map(metrics.map((metric) => [metric.name, 1000 * metric.value]));
      };
      const before = await busy();
      const call = `bench.measureFirst(${JSON.stringify(name)}, ${BURST.events})`;
      const burst = (await page.evaluate(call)) as Burst;
      const after = await busy();
      const spent = (metric: string): number => (after.get(metric) ?? NaN) - (before.get(metric) ?? NaN);
      const measured = { ...burst, tasks: spent('TaskDuration'), script: spent('ScriptDuration') };
      cold.set(name, [...(cold.get(name) ?? []), measured]);
      await page.close();
    }
  }
  return cold;
}

async function benchCommands(): Promise<void> {
  installPeers();
  const python = findPython('Python 3.11 or later');
  if ('missing' in python) throw new Error(python.missing);
  const { scripts } = await sijaxPackage(python);
  const browser = await puppeteer.launch({
    executablePath: chromium(),
    args: CHROMIUM_ARGUMENTS,
    networkEnabled: false,
    protocolTimeout: 600_000,
  });
  try {
    printCommands(await browser.version(), await measureCommands(browser, scripts.core));
  } finally {
    await browser.close();
  }
}

async function benchReconnecting(): Promise<void> {
  installPeers();
  const browser = await puppeteer.launch({
    executablePath: chromium(),
    args: CHROMIUM_ARGUMENTS,
    networkEnabled: false,
    protocolTimeout: 600_000,
  });
  try {
    printReconnecting(await browser.version(), await measureReconnecting(browser));
  } finally {
    await browser.close();
  }
}

/** Records what the others weigh: `npm run build` then writes it into the README. */
async function benchSizes(): Promise<void> {
  installPeers();
  const { measured, peers } = await measurePeers();
  const others = peers.map(({ name, version, size }) => [`${name} ${version}`, size] as const);
  const ours = measureSizes().map(({ name, size }) => [`encke: ${name}`, size] as const);
  const rows = [...others, ...ours].map(([name, size]) => [name, size.toLocaleString('en')]);
  printTable([[`minified + Brotli, ${measured}`, 'bytes'], ...rows]);
}
