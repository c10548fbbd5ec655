// Takes docs/playground.png: the playground after half a minute of life, in which three techniques were hurt and came back.
//
//   npm run screenshot -- [--dark] [--width 1600] [--height 1584] [--whole] [--out FILE]

import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { launch, type Page } from 'puppeteer-core';
import { findBrowsers } from '../browsers/find-browsers.ts';
import { startPlayground } from '../server/playground.ts';

const { values } = parseArgs({
  options: {
    dark: { type: 'boolean', default: false },
    width: { type: 'string', default: '1600' },
    height: { type: 'string', default: '1584' },
    whole: { type: 'boolean', default: false },
    out: { type: 'string', default: fileURLToPath(new URL('../../docs/playground.png', import.meta.url)) },
  },
});

/** Not the one of `npm start`, which may be running; named, because the picture shows it. */
const PORT = 9000;

/** The life before the picture, in milliseconds: when each button is pressed, and on which card. */
const LIFE = [
  { after: 6_000, technique: 'xhr-stream', wish: '502' },
  { after: 3_000, technique: 'event-source', wish: 'drop' },
  { after: 2_000, technique: 'htmlfile', wish: 'hang' },
  // Long enough for the medians to forget what was caught up, short enough for the charts to show it.
  { after: 22_000 },
];

const [chromium] = findBrowsers();
if (!chromium || 'missing' in chromium) throw new Error(chromium?.missing ?? 'No Chromium.');

const playground = await startPlayground(PORT);
const browser = await launch({
  executablePath: chromium.programs.browser,
  args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--hide-scrollbars'],
});
try {
  const page = await browser.newPage();
  await page.setViewport({ width: Number(values.width), height: Number(values.height) });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: values.dark ? 'dark' : 'light' }]);
  await page.goto(playground.url);
  await live(page);
  await page.screenshot({ path: values.out, fullPage: values.whole });
  console.log(`Wrote ${values.out}`);
} finally {
  await browser.close();
  await playground.close();
}

async function live(page: Page): Promise<void> {
  for (const { after, technique, wish } of LIFE) {
    await new Promise((resolve) => setTimeout(resolve, after));
    if (technique !== undefined) await press(page, `[data-technique=${technique}] [data-wish="${wish}"]`);
  }
}

/** By script: a click would scroll there. */
function press(page: Page, selector: string): Promise<void> {
  return page.$eval(selector, (button) => (button as HTMLElement).click());
}
