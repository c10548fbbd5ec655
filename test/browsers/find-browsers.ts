// Which engines this machine has, and how to install those it lacks.

import { accessSync, constants, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Engine, Found, Programs } from './browser.ts';

const MINIBROWSER_PLACES = [
  '/usr/libexec/webkit2gtk-4.1',
  '/usr/lib/webkit2gtk-4.1',
  ...multiarchPlaces('webkit2gtk-4.1'),
  '/usr/libexec/webkitgtk-6.0',
  ...multiarchPlaces('webkitgtk-6.0'),
];

const INSTALL: Record<Engine, string> = {
  chromium: 'apt-get install chromium',
  firefox: 'apt-get install firefox-esr',
  webkit: 'apt-get install webkit2gtk-driver xvfb',
};

/** Chromium, Firefox and WebKit, each with its programs, or with the sentence that says how to get it. */
export function findBrowsers(): Found[] {
  return [
    found('chromium', findSingle('ENCKE_CHROMIUM', ['chromium', 'chromium-browser', 'google-chrome'])),
    found('firefox', findSingle('ENCKE_FIREFOX', ['firefox-esr', 'firefox'])),
    found('webkit', findWebKit()),
  ];
}

function found(name: Engine, programs: Programs | undefined): Found {
  if (!programs) return { name, missing: `${name} is not installed here; try: ${INSTALL[name]}` };
  return { name, programs };
}

function findSingle(variable: string, names: string[]): Programs | undefined {
  const browser = process.env[variable] ?? which(names);
  return browser === undefined ? undefined : { browser };
}

function findWebKit(): Programs | undefined {
  const browser = process.env['ENCKE_MINIBROWSER'] ?? which(['MiniBrowser'], MINIBROWSER_PLACES);
  const driver = process.env['ENCKE_WEBKIT_DRIVER'] ?? which(['WebKitWebDriver']);
  if (browser === undefined || driver === undefined) return undefined;
  if (process.env['DISPLAY']) return { browser, driver };
  const xvfb = which(['Xvfb']);
  return xvfb === undefined ? undefined : { browser, driver, xvfb };
}

function which(names: string[], places: string[] = []): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...places];
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function multiarchPlaces(folder: string): string[] {
  return readdirSync('/usr/lib', { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name.includes('-linux-'))
    .map((entry) => join('/usr/lib', entry.name, folder));
}
