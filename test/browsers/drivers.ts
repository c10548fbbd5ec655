// Three real browser engines behind one interface: find them, launch them, run code in their pages.

import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Engine, Found, LaunchOptions } from './browser.ts';
import { endGroup } from './program.ts';
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

const kept = new Map<Engine, Promise<Browser>>();

/**
 * A browser as if newly started, by a driver that goes on: of each engine one is kept while this process runs.
 * For tests that need no more than pages. Its `close()` ends its pages, and nothing else.
 */
export async function borrow(found: Found): Promise<Browser> {
  // A runner of tests ends its processes by this signal; what else is to be done then waits for `exit`.
  if (kept.size === 0) process.once('SIGTERM', () => process.exit());
  const browser = kept.get(found.name) ?? launchToKeep(found);
  kept.set(found.name, browser);
  return (await browser).apart();
}

/** puppeteer (24.43) ends its browsers itself when the process ends, but for every second one. */
async function launchToKeep(found: Found): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), 'encke-profile-'));
  const browser = await launch(found, { profile });
  const [group = NaN] = browser.processes();
  process.once('exit', () => {
    endGroup(group, 'SIGKILL');
    // By another process: this one has half a second.
    spawn('rm', ['-rf', profile], { detached: true, stdio: 'ignore' }).unref();
  });
  return browser;
}
