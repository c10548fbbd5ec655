// Small apps, as people write them, in a folder of their own with the packed package installed.

import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));

/** Follows `/events` until the first message, by the client that the app has. */
export const FOLLOW = `
  globalThis.follow = (options) =>
    new Promise((resolve) => {
      const transports = [];
      const { close } = subscribe('/events', {
        onTransport: ({ to }) => transports.push(to),
        onMessage({ data }) {
          close();
          resolve({ data, transports });
        },
        ...options,
      });
    });
`;

/** What each app imports. */
export const APPS = {
  default: `import { subscribe } from 'encke';${FOLLOW}`,
  smallest: `
    import { composeClient, eventStream, fetchStream, replays, watchdog } from 'encke';
    const { subscribe } = composeClient({
      transports: [fetchStream],
      formats: [eventStream],
      parts: [replays, watchdog],
    });${FOLLOW}`,
} as const;

export type AppName = keyof typeof APPS;

export interface Project {
  /** Holds `NAME/app.js` and `NAME/index.html` of each app, and node_modules. */
  readonly folder: string;
  remove(): void;
}

/** A project that has installed what `npm pack` makes of this checkout. */
export async function createProject(): Promise<Project> {
  const folder = mkdtempSync(join(tmpdir(), 'encke-apps-'));
  const installed = join(folder, 'node_modules/encke');
  mkdirSync(installed, { recursive: true });
  const pack = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  const { stdout } = await run('npm', pack, { cwd: root, maxBuffer: 10_000_000 });
  const [{ filename = '' } = {}] = JSON.parse(stdout) as { filename?: string }[];
  await run('tar', ['xzf', join(folder, filename), '--strip-components=1', '-C', installed]);
  // Parcel (2.16) reads "exports" only where it is told to.
  const manifest = { private: true, type: 'module', '@parcel/resolver-default': { packageExports: true } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  for (const [name, code] of Object.entries(APPS)) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'app.js'), code);
    writeFileSync(join(folder, name, 'index.html'), pageOf('./app.js'));
  }
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}

export function pageOf(script: string): string {
  return `<!DOCTYPE html>\n<html lang="en">\n<title>app</title>\n<script type="module" src="${script}"></script>\n</html>\n`;
}
