// Three real browser engines behind one interface: find them, launch them, run code in their pages.

import type { Browser, Found, LaunchOptions } from './browser.ts';
import { launchPuppeteer } from './puppeteer-driver.ts';
import { launchWebKit } from './webkit-driver.ts';

export type { Browser, Engine, Found, Page } from './browser.ts';
export { findBrowsers } from './find-browsers.ts';

/** Starts a browser without a window to look at. It is ended by its `close()`. */
export async function launch(found: Found, options: LaunchOptions = {}): Promise<Browser> {
  if ('missing' in found) throw new Error(found.missing);
  if (found.name === 'webkit') return launchWebKit(found.programs, options);
  return launchPuppeteer(found.name, found.programs, options);
}
