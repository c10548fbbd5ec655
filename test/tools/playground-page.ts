// A page of the playground in Chromium, for the tests of its pages.

import { launch, type Browser, type LaunchOptions, type Page } from 'puppeteer-core';
import { findBrowsers } from '../browsers/find-browsers.ts';
import { startPlayground, type Playground } from '../server/playground.ts';

export interface PlaygroundPage {
  readonly playground: Playground;
  readonly browser: Browser;
  readonly page: Page;
  /** What the page's console complained of. */
  readonly complaints: string[];
  close(): Promise<void>;
}

const chromium = findBrowsers().find(({ name }) => name === 'chromium');
const program = chromium && 'programs' in chromium ? chromium.programs.browser : undefined;

/** Whether there is no Chromium, which is printed. @throws Error where all that tests need is promised */
export function isWithoutChromium(what: string): boolean {
  if (program !== undefined) return false;
  const missing = `${what} is not tested: Chromium is not installed here.`;
  if (process.env['CI']) throw new Error(missing);
  console.warn(missing);
  return true;
}

/** @param path of the page, on the playground */
export async function openPlaygroundPage(path: string, options: LaunchOptions = {}): Promise<PlaygroundPage> {
  const playground = await startPlayground();
  const browser = await launch({
    executablePath: program ?? '',
    // What is out of sight is not drawn.
    defaultViewport: { width: 1280, height: 1200 },
    args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking'],
    ...options,
  });
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warn') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(playground.url + path);
  return {
    playground,
    browser,
    page,
    complaints,
    async close() {
      await browser.close();
      await playground.close();
    },
  };
}
