// Takes the pictures of the playground's pages, each after a while of life, and one of the quiz over Orbited.
//
//   npm run screenshot -- [--only playground|comet|quiz] [--dark] [--width 1600] [--height 1584] [--whole] [--out FOLDER]

import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { launch, type Browser, type Page } from 'puppeteer-core';
import { findBrowsers } from '../browsers/find-browsers.ts';
import { signIn, startQuiz } from '../interop/orbited-quiz.ts';
import { findOrbited } from '../interop/orbited.ts';
import { findPython } from '../interop/python.ts';
import { startPlayground } from '../server/playground.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    dark: { type: 'boolean', default: false },
    width: { type: 'string', default: '1600' },
    height: { type: 'string', default: '1584' },
    whole: { type: 'boolean', default: false },
    out: { type: 'string', default: fileURLToPath(new URL('../../docs', import.meta.url)) },
  },
});

/** Not the one of `npm start`, which may be running; named, because the picture shows it. */
const PORT = 9000;

interface Picture {
  /** Of the page and, with another ending, of the file. */
  readonly name: string;
  readonly path: string;
  readonly live: (page: Page) => Promise<void>;
}

const PICTURES: readonly Picture[] = [
  { name: 'playground', path: '/', live: hurtThree },
  { name: 'comet', path: '/comet.html', live: useEverything },
];

const [chromium] = findBrowsers();
if (!chromium || 'missing' in chromium) throw new Error(chromium?.missing ?? 'No Chromium.');

const playground = await startPlayground(PORT);
const browser = await launch({
  executablePath: chromium.programs.browser,
  args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--hide-scrollbars'],
});
try {
  for (const picture of PICTURES) {
    if (values.only === undefined || values.only === picture.name) await take(browser, picture);
  }
  if (values.only === undefined || values.only === 'quiz') await takeQuiz(browser);
} finally {
  await browser.close();
  await playground.close();
}

async function take(inBrowser: Browser, { name, path, live }: Picture): Promise<void> {
  const page = await inBrowser.newPage();
  await page.setViewport({ width: Number(values.width), height: Number(values.height) });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: values.dark ? 'dark' : 'light' }]);
  await page.goto(playground.url + path);
  await live(page);
  const file = `${values.out}/${name}.png` as const;
  await page.screenshot({ path: file, fullPage: values.whole });
  await page.close();
  console.log(`Wrote ${file}`);
}

/** In the middle of a game. */
async function takeQuiz(inBrowser: Browser): Promise<void> {
  const [orbited, python] = [await findOrbited(), findPython('Python 3.11 or later')];
  if ('missing' in orbited) throw new Error(orbited.missing);
  if ('missing' in python) throw new Error(python.missing);
  const quiz = await startQuiz(python, ['--orbited', orbited.path]);
  try {
    const page = await inBrowser.newPage();
    await page.setViewport({ width: 640, height: 520, deviceScaleFactor: 1.5 });
    await page.goto(`${quiz.origin}/login`);
    await page.type('[name=username]', 'ada');
    await page.type('[name=password]', 'ada');
    await Promise.all([page.waitForNavigation(), page.click('main button')]);
    await page.goto(`${quiz.origin}/games/1`);
    await pause(3_000);
    await press(page, '[data-post$=join]');
    const ben = await signIn(quiz.origin, 'ben');
    await ben.post('/games/1/join');
    await press(page, '[data-post$=start]');
    await pause(500);
    await ben.post('/games/1/answer', { number: 0, choice: 1 });
    await pause(1_000);
    const file = fileURLToPath(new URL('../../docs/backends/orbited/quiz.png', import.meta.url));
    await page.screenshot({ path: file });
    await page.close();
    console.log(`Wrote ${file}`);
  } finally {
    await quiz.stop();
  }
}

/** Three quarters of a minute, in which three techniques are hurt and come back. */
async function hurtThree(page: Page): Promise<void> {
  const hurt = (technique: string, wish: string): Promise<void> =>
    press(page, `[data-technique=${technique}] [data-wish="${wish}"]`);
  await pause(3_000);
  await hurt('htmlfile', 'hang');
  await pause(17_000);
  await hurt('xhr-stream', '502');
  await pause(3_000);
  await hurt('event-source', 'drop');
  // Long enough for the watchdog, and for the medians to forget what was caught up; short enough for the charts to show it.
  await pause(25_000);
}

/** A talk between two tabs, then all cards at work. */
async function useEverything(page: Page): Promise<void> {
  const other = await page.browser().newPage();
  await other.goto(page.url());
  await pause(1_000);
  await say(other, 'Halley', 'Back again, after 75 years.');
  await say(page, 'Encke', 'I have been here 23 times since.');
  await say(other, 'Halley', 'Show-off. <b>Bold</b> words.');
  await page.bringToFront();
  await press(page, '[data-hostile=all]');
  await press(page, '.paint');
  await pause(3_000);
  await press(page, '#search .start');
  await pause(4_200);
  await press(page, '#plates [type=submit]');
  await pause(700);
  await press(page, '[data-hostile=selector]');
  await press(page, '[data-hostile=missing]');
  await pause(300);
  await other.close();
}

async function say(page: Page, name: string, text: string): Promise<void> {
  await page.$eval('#name', setValue, name);
  await page.$eval('#text', setValue, text);
  await press(page, '.talk button');
  await pause(400);
}

function setValue(field: Element, value: string): void {
  (field as HTMLInputElement).value = value;
}

/** By script: a click would scroll there. */
function press(page: Page, selector: string): Promise<void> {
  return page.$eval(selector, (button) => (button as HTMLElement).click());
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
