// Chromium and Firefox, driven by puppeteer.

import {
  launch,
  TargetType,
  type Browser as Puppeteer,
  type BrowserContext,
  type Page as PuppeteerPage,
} from 'puppeteer-core';
import type { Browser, Engine, LaunchOptions, Page, Programs } from './browser.ts';
import { devtoolsOf } from './devtools.ts';
import { pageCode, readOutcome } from './page-code.ts';
import { processesUnder } from './processes.ts';

export const CHROMIUM_ARGUMENTS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function launchPuppeteer(
  name: Exclude<Engine, 'webkit'>,
  programs: Programs,
  { acceptInsecureCerts = false, profile }: LaunchOptions,
): Promise<Browser> {
  const puppeteer = await launch({
    browser: name === 'firefox' ? 'firefox' : 'chrome',
    executablePath: programs.browser,
    headless: true,
    defaultViewport: { width: 1280, height: 800 },
    args: name === 'chromium' ? CHROMIUM_ARGUMENTS : [],
    acceptInsecureCerts,
    ...(profile !== undefined && { userDataDir: profile }),
    // Watching the network makes a native EventSource in Chromium five times slower.
    networkEnabled: false,
    // A journey may run for minutes inside one evaluation.
    protocolTimeout: 0,
  });
  return browserOf(name, puppeteer, await puppeteer.version());
}

/** @param context where its pages are kept apart from those of others */
function browserOf(name: Engine, puppeteer: Puppeteer, version: string, context?: BrowserContext): Browser {
  return {
    name,
    version: /\d+(\.\d+)+/.exec(version)?.[0] ?? version,
    async newPage(url) {
      const place = context ?? puppeteer;
      const page = pageOf(place, name, await place.newPage());
      if (url !== undefined) await page.goto(url);
      return page;
    },
    apart: async () => browserOf(name, puppeteer, version, await puppeteer.createBrowserContext()),
    processes: () => processesUnder(puppeteer.process()?.pid ?? NaN),
    ...(name === 'chromium' && { stopServiceWorkers: () => stopServiceWorkers(puppeteer) }),
    close: () => (context ?? puppeteer).close(),
  };
}

async function stopServiceWorkers(puppeteer: Puppeteer): Promise<void> {
  const workers = puppeteer.targets().filter((target) => target.type() === TargetType.SERVICE_WORKER);
  for (const target of workers) await (await target.worker())?.close();
}

function pageOf(place: Puppeteer | BrowserContext, engine: Engine, page: PuppeteerPage): Page {
  let cover: PuppeteerPage | undefined; // the tab before it, while it is hidden

  return {
    async goto(url) {
      await page.goto(url, { waitUntil: 'load' });
    },
    async run<Result>(code: Parameters<Page['run']>[0], ...values: unknown[]) {
      return readOutcome(await page.evaluate(pageCode(code, values))) as Result;
    },
    async screenshot(path) {
      // A page in the background is never painted, and its picture never comes.
      await page.bringToFront();
      await page.screenshot({ path: path });
    },
    async hide() {
      cover ??= await place.newPage();
      await cover.bringToFront();
    },
    async show() {
      await page.bringToFront();
      await cover?.close();
      cover = undefined;
    },
    ...(engine === 'chromium' ? devtoolsOf(page) : { setOffline: (offline) => page.setOfflineMode(offline) }),
    close: () => page.close(),
  };
}
