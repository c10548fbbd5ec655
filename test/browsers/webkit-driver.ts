// WebKitGTK's MiniBrowser, driven by selenium through WebKitWebDriver, on a display of its own where there is none.

import { writeFile } from 'node:fs/promises';
import { Builder, type WebDriver } from 'selenium-webdriver';
import type { Browser, LaunchOptions, Page, Programs } from './browser.ts';
import { freePort } from './free-port.ts';
import { pageCode, readOutcome } from './page-code.ts';
import { processesUnder } from './processes.ts';
import { startProgram, type Program } from './program.ts';

const SCREEN = ['-screen', '0', '1280x900x24', '-nolisten', 'tcp'];
const BLANK = 'about:blank';

/**
 * A limit for scripts would be a timer in the page, even for those that answer at once.
 * `null` is what the protocol and selenium call none; selenium's types know only numbers.
 */
const NO_LIMIT = null as unknown as number;

/** Milliseconds between two looks at a page's pending answer: the first, and the longest. */
const FIRST_PAUSE = 1;
const LONGEST_PAUSE = 25;

export async function launchWebKit(programs: Programs, options: LaunchOptions): Promise<Browser> {
  const started: Program[] = [];
  const stop = async (): Promise<void> => {
    for (const program of started.reverse()) await program.stop();
  };
  try {
    const display = programs.xvfb === undefined ? {} : await startDisplay(programs.xvfb, started);
    const { driver, root } = await startSession({ ...programs, ...options }, display, started);
    return await browserOf(driver, root, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Xvfb picks a free display itself and writes its number to the file descriptor named. */
async function startDisplay(xvfb: string, started: Program[]): Promise<NodeJS.ProcessEnv> {
  const program = startProgram(xvfb, ['-displayfd', '3', ...SCREEN], {});
  started.push(program);
  const line = await program.firstLine;
  return { DISPLAY: `:${line.trim()}` };
}

async function startSession(
  { browser, driver, acceptInsecureCerts = false }: Programs & LaunchOptions,
  display: NodeJS.ProcessEnv,
  started: Program[],
): Promise<{ driver: WebDriver; root: Program }> {
  const port = await freePort();
  const root = startProgram(String(driver), [`--port=${port}`], display);
  started.push(root);
  const server = `http://127.0.0.1:${port}`;
  await answering(`${server}/status`);
  const session = await new Builder()
    .usingServer(server)
    .withCapabilities({
      browserName: 'MiniBrowser',
      acceptInsecureCerts,
      'webkitgtk:browserOptions': { binary: browser, args: ['--automation'] },
    })
    .build();
  return { driver: session, root };
}

async function browserOf(driver: WebDriver, root: Program, stop: () => Promise<void>): Promise<Browser> {
  const capabilities = await driver.getCapabilities();
  await driver.manage().setTimeouts({ pageLoad: 60_000, script: NO_LIMIT });
  const inTurn = queue();
  const idle = [await driver.getWindowHandle()];

  const webkit: Browser = {
    name: 'webkit',
    version: String(capabilities.get('browserVersion')),
    async newPage(url) {
      const handle = idle.pop() ?? (await inTurn(() => newWindow(driver)));
      const page = pageOf(driver, handle, inTurn, idle);
      if (url !== undefined) await page.goto(url);
      return page;
    },
    apart: () => Promise.resolve(apartFrom(webkit)),
    processes: () => processesUnder(root.pid ?? NaN),
    async close() {
      // The driver may be gone already; its processes are ended either way.
      await driver.quit().catch(() => undefined);
      await stop();
    },
  };
  return webkit;
}

/** A session has one storage. Every server has an origin of its own in it, but for cookies, to which ports make no difference. */
function apartFrom(webkit: Browser): Browser {
  const open = new Set<Page>();
  return {
    ...webkit,
    async newPage(url) {
      const page = await webkit.newPage();
      const own = {
        ...page,
        close() {
          open.delete(own);
          return page.close();
        },
      };
      open.add(own);
      if (url !== undefined) await page.goto(url);
      return own;
    },
    async close() {
      for (const page of open) await page.close();
    },
  };
}

async function newWindow(driver: WebDriver): Promise<string> {
  await driver.switchTo().newWindow('tab');
  return driver.getWindowHandle();
}

/** Closes the window, and leaves the session with another: without any it opens none. */
async function closeFor(driver: WebDriver, other: string): Promise<void> {
  await driver.close();
  await driver.switchTo().window(other);
}

/**
 * A session speaks to one window at a time, so every command waits for its turn and switches first.
 *
 * Evaluations are started and then looked at, rather than run as the protocol's async scripts: those would hold up
 * the other pages, and leave timers in the page, where a journey counts them.
 */
function pageOf(driver: WebDriver, handle: string, inTurn: Queue, idle: string[]): Page {
  const here = <Result>(task: () => Promise<Result>): Promise<Result> =>
    inTurn(async () => {
      await driver.switchTo().window(handle);
      return task();
    });

  return {
    goto: (url) => here(() => driver.get(url)),
    async run<Result>(code: Parameters<Page['run']>[0], ...values: unknown[]) {
      const slot = await here(() => driver.executeScript<number>(START, pageCode(code, values)));
      const look = (): Promise<string | null> => here(() => driver.executeScript<string | null>(LOOK, slot));
      let answer = await look();
      for (let wait = FIRST_PAUSE; answer === null; wait = Math.min(2 * wait, LONGEST_PAUSE)) {
        await pause(wait);
        answer = await look();
      }
      return readOutcome(answer) as Result;
    },
    async screenshot(path) {
      await writeFile(path, await here(() => driver.takeScreenshot()), 'base64');
    },
    // Of the whole window: this driver brings no tab to the front.
    hide: () => here(() => driver.manage().window().minimize()),
    show: () => here(() => driver.manage().window().maximize()),
    async close() {
      const handles = await inTurn(() => driver.getAllWindowHandles());
      const other = handles.find((each) => each !== handle);
      if (other !== undefined) return here(() => closeFor(driver, other));
      // The session would end with its last window.
      await here(() => driver.get(BLANK));
      idle.push(handle);
    },
  };
}

/** Starts the evaluation, and keeps its answer under a name that nobody enumerates. */
const START = `
  const key = Symbol.for('encke.runs');
  const runs = (window[key] ??= []);
  const slot = runs.push(null) - 1;
  (0, eval)(arguments[0]).then((answer) => { runs[slot] = answer; });
  return slot;
`;

/** The answer, or null while there is none. */
const LOOK = `return window[Symbol.for('encke.runs')][arguments[0]];`;

type Queue = <Result>(task: () => Promise<Result>) => Promise<Result>;

/** One task at a time, in the order of asking. */
function queue(): Queue {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const result = last.then(task);
    // The asker gets the failure; the next in line does not care.
    last = result.catch(() => undefined);
    return result;
  };
}

async function answering(url: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return;
    if (Date.now() > deadline) throw new Error(`Nothing answers at ${url}`);
    await pause(50);
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
