// The playground in Chromium: every technique shows its events, every button hurts and heals, nobody is left out.

import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFaintText, findMisfits, markReachable, readFocus } from './tools/page-checks.ts';
import { isWithoutChromium, openPlaygroundPage, type PlaygroundPage } from './tools/playground-page.ts';

const TECHNIQUES = ['fetch-stream', 'xhr-stream', 'event-source', 'htmlfile', 'iframe', 'long-poll', 'poll'];
const CARDS = [...TECHNIQUES, 'automatic'];
const POLLS = ['long-poll', 'poll'];
const PATIENCE = 30_000; // milliseconds

const isAbsent = isWithoutChromium('The playground');

interface CardFigures {
  readonly state: string;
  readonly transport: string;
  readonly requests: number;
  readonly events: number;
  readonly lost: number;
  readonly doubled: number;
  readonly note: string;
}

let opened: PlaygroundPage;
let playground: PlaygroundPage['playground'];
let browser: Browser;
let page: Page;
let complaints: string[]; // of the page's console

describe.skipIf(isAbsent)('the playground', { timeout: 60_000 }, () => {
  beforeAll(async () => {
    opened = await openPlaygroundPage('/', {
      // Watching the network makes a native EventSource in Chromium five times slower.
      networkEnabled: false,
    });
    ({ playground, browser, page, complaints } = opened);
  }, 60_000);

  afterAll(async () => {
    await opened.close();
  });

  it('shows events by every technique, in order, and complains of nothing', async () => {
    await untilCards((figures) => Object.values(figures).every(({ events }) => events >= 10));
    const figures = await readCards();
    expect(Object.keys(figures)).toEqual(CARDS);
    for (const name of CARDS) {
      const expected = name === 'automatic' ? 'fetch-stream' : name;
      expect(figures[name]).toMatchObject({ state: 'open', transport: expected, lost: 0, doubled: 0 });
    }
    for (const name of ['fetch-stream', 'event-source', 'iframe']) expect(figures[name]?.requests).toBe(1);
    expect(figures['long-poll']?.requests).toBeGreaterThan(5);
    const newest = await page.$eval('[data-technique=iframe] .latest li', (row) => row.textContent);
    expect(newest).toMatch(/^#\d+\d\d:\d\d:\d\d\.\d{3}(< 1|\d+) ms$/);
    expect(complaints).toEqual([]);
  });

  it('draws latencies and states', async () => {
    const inks = await page.$eval('[data-technique=fetch-stream] canvas', (canvas) => {
      const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {
        data: [],
      };
      const colours = new Set<string>();
      for (let at = 0; at < data.length; at += 4) {
        if (data[at + 3] === 255) colours.add(`${data[at]}, ${data[at + 1]}, ${data[at + 2]}`);
      }
      const wanted = ['ink', 'open'].map((name) => {
        const probe = document.body.appendChild(document.createElement('i'));
        probe.style.color = `var(--chart-${name})`;
        const colour = getComputedStyle(probe).color;
        probe.remove();
        return colour;
      });
      return wanted.map((colour) => colours.has(/\d+, \d+, \d+/.exec(colour)?.[0] ?? ''));
    });
    expect(inks).toEqual([true, true]);
  });

  it.each([360, 400, 1280, 1600])('fits a window %i wide', async (width) => {
    await page.setViewport({ width, height: 900 });
    const misfits = await page.evaluate(findMisfits);
    expect(misfits).toEqual({ scrolls: false, clipped: [] });
  });

  it.each(['light', 'dark'])('can be read in the %s theme', async (value) => {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }]);
    expect(await page.evaluate(findFaintText)).toEqual([]);
  });

  it('follows the theme chosen, and the system again', async () => {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'light' }]);
    const choose = async (theme: string) => {
      await page.$eval(`#theme [value=${theme}]`, (radio) => (radio as HTMLInputElement).click());
      return page.evaluate(() => getComputedStyle(document.body.parentElement ?? document.body).colorScheme);
    };
    expect(await choose('dark')).toBe('dark');
    expect(await page.evaluate(() => localStorage.getItem('encke-theme'))).toBe('dark');
    expect(await choose('system')).toBe('light dark');
  });

  it('is reached by the keyboard everywhere, and shows where', async () => {
    await page.$eval('.help', (help) => help.setAttribute('open', ''));
    const wanted = await page.evaluate(markReachable);
    const reached = new Set<string>();
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    for (let press = 0; press < wanted.length + 10; press += 1) {
      await page.keyboard.press('Tab');
      const [mark, visible] = await page.evaluate(readFocus);
      if (mark === '') continue;
      expect([mark, visible]).toEqual([mark, true]);
      reached.add(mark);
    }
    expect(wanted.filter((mark) => !reached.has(mark))).toEqual([]);
  });

  it.each([
    // The browser itself may repeat a poll that was cut before it was answered.
    { wish: 'drop', victims: CARDS.filter((name) => !POLLS.includes(name)) },
    { wish: '502', victims: CARDS },
    { wish: 'offline', victims: CARDS },
  ])('hurts all by $wish, and all come back without loss', async ({ wish, victims }) => {
    const are = (state: (figures: CardFigures) => boolean) => (figures: Record<string, CardFigures>) =>
      victims.every((name) => figures[name] !== undefined && state(figures[name]));
    await hurtAll(wish);
    // A drop is over so fast that only its end may be seen.
    await untilCards(are(({ state, note }) => state.startsWith('waiting') || note.startsWith('Back after')));
    await hurtAll('ok');
    await untilCards(are(({ note }) => note.startsWith('Back after')));
    await expectNothingLost();
    // So that the next button starts from a page without a past.
    await pauseAndGoOn();
  });

  it('shows the silence of a server that hangs, and what comes after it', async () => {
    await hurtAll('hang');
    await untilCards((figures) => Object.values(figures).every(({ note }) => note.startsWith('Silent for')));
    await expectRecovery();
  });

  it('shows that a proxy holds streams back, but not polls', async () => {
    await hurtAll('hold');
    const silent = ({ note }: CardFigures) => note.startsWith('Silent for');
    const streams = CARDS.filter((name) => !POLLS.includes(name));
    await untilCards((figures) =>
      streams.every((name) => figures[name] !== undefined && silent(figures[name])),
    );
    const figures = await readCards();
    for (const name of POLLS) expect(figures[name]?.note).not.toMatch(/^Silent/);
    await expectRecovery();
  });

  it('hurts one card alone', async () => {
    const before = await readCards();
    await click('[data-technique=xhr-stream] [data-wish=drop]');
    await untilCards((figures) => (figures['xhr-stream']?.note ?? '').startsWith('Back after'));
    const after = await readCards();
    expect(after['xhr-stream']?.requests).toBe((before['xhr-stream']?.requests ?? 0) + 1);
    expect(after['fetch-stream']?.requests).toBe(before['fetch-stream']?.requests);
  });

  it('pauses all, and goes on after the last event', async () => {
    await click('#pause');
    await untilCards((figures) => Object.values(figures).every(({ state }) => state === 'closed'));
    const before = await readCards();
    await click('#pause');
    await untilCards((figures) =>
      CARDS.every((name) => (figures[name]?.events ?? 0) > (before[name]?.events ?? 0)),
    );
    await expectNothingLost();
  });

  it('changes the speed', async () => {
    await click('#speed [value="100"]');
    const before = await readCards();
    await untilCards((figures) =>
      CARDS.every((name) => (figures[name]?.events ?? 0) > (before[name]?.events ?? 0) + 300),
    );
    await expectNothingLost();
    await click('#speed [value="10"]');
  });

  it('takes the next rung when one is switched off, and names the reason', async () => {
    await click('[data-technique=automatic] .rungs li:first-child input');
    await untilCards((figures) => figures['automatic']?.transport === 'xhr-stream');
    const standings = await page.$$eval('.standing', (all) => all.map(({ textContent }) => textContent));
    expect(standings.slice(0, 3)).toEqual(['is switched off', 'in use', 'ready']);
    await click('[data-technique=automatic] .rungs li:first-child input');
    await untilCards((figures) => figures['automatic']?.transport === 'fetch-stream');
  });

  it('goes down the ladder to long polling behind a middlebox, and back to the top without it', async () => {
    await click('[data-technique=automatic] .more button:first-child');
    await untilCards((figures) => figures['automatic']?.transport === 'long-poll', 2 * PATIENCE);
    expect(await readGrounds()).toMatchObject({
      headline: 'long-poll took over: fetch-stream does not get through.',
      Seen: 'mute fetch-stream opened 3 times and brought nothing.',
    });
    await expectNothingLost();
    await healAndChooseAgain();
    expect(await readGrounds()).toEqual({
      headline: 'fetch-stream was chosen: the first that can carry this here.',
    });
  });

  it('gets around a proxy that begins to hold every stream back, and says what was seen and what to set', async () => {
    const before = await readCards();
    await click('[data-technique=automatic] [data-wish=buffer]');
    await untilCards(
      ({ automatic }) =>
        automatic?.transport === 'long-poll' && automatic.events > (before['automatic']?.events ?? 0) + 30,
      // The way was proved before, so the head is awaited for its whole time before it is doubted.
      60_000,
    );
    const lasting = await page.$$eval('[data-lasting]', (all) => all.map(({ textContent }) => textContent));
    expect(lasting).toEqual(['Holding proxy']);
    const { headline, Seen, ...rest } = await readGrounds();
    expect([headline, Seen]).toEqual([
      'long-poll took over: fetch-stream is held back.',
      'held fetch-stream stayed mute while long-poll brought a message.',
    ]);
    expect(rest['To set']).toContain('X-Accel-Buffering: no');
    expect(rest['Later']).toContain('5 minutes');
    const standings = await page.$$eval('.standing', (all) => all.map(({ textContent }) => textContent));
    expect(standings.slice(1, 6)).toEqual([
      ...Array<string>(3).fill('is a stream like fetch-stream'),
      'in use',
      'ready',
    ]);
    for (const value of ['dark', 'light']) {
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }]);
      expect(await page.evaluate(findFaintText)).toEqual([]);
    }
    await expectNothingLost();
    await healAndChooseAgain();
  });

  it('tells what happened to a connection, the newest first, and what comes while it is read', async () => {
    await click('[data-technique=xhr-stream] .trace summary');
    const before = await untilTrace('xhr-stream', (lines) => lines.length > 0);
    expect(before.at(-1)).toBe('0.00 s transport xhr-stream');
    await click('[data-technique=xhr-stream] [data-wish=drop]');
    const after = await untilTrace(
      'xhr-stream',
      ([, second = '']) => second.endsWith('head 200 /events'),
      before,
    );
    expect(after.slice(after.length - before.length)).toEqual(before);
    expect(after[after.length - before.length - 1]).toMatch(
      /^\d+\.\d\d s error network: .* \/events broke off\.$/,
    );
    // A new connection has a trace of its own.
    await pauseAndGoOn();
    await untilTrace('xhr-stream', (lines) => lines.length === before.length);
  });

  it('copies what happened, whole and with addresses, for a bug report', async () => {
    for (const name of ['clipboard-read', 'clipboard-write']) {
      const granted = { permission: { name }, state: 'granted' } as const;
      await page.browserContext().setPermission(playground.url, granted);
    }
    await click('[data-technique=automatic] .trace .copy');
    await page.waitForFunction(
      () => document.querySelector('[data-technique=automatic] .trace .copy')?.textContent === 'Copied',
    );
    const report = await page.evaluate(() => navigator.clipboard.readText());
    expect(report).toMatch(/^encke, The default ladder: fetch-stream\nhttp:\S+&key=\S+-automatic\nMozilla/);
    expect(report).toMatch(
      /\n\n\+0 ms transport: fetch-stream\n\+\d+ ms head: 200 http:\S+\n\+\d+ ms state: open: .+\n$/,
    );
  });

  it('streams the answer to one request to its end, and stops another on the server', async () => {
    await click('#model-card [type=submit]');
    await untilModelSays('Done: 24 words.');
    const answer = await page.$eval('.answer', ({ textContent }) => textContent);
    expect(answer).toBe(
      'In one sentence: A comet is a small body of ice and dust that warms as it nears the sun and grows a long bright tail',
    );
    await click('#model-card [type=submit]');
    await page.waitForFunction(() => document.querySelector('.answer')?.textContent.includes('comet'));
    await click('#model-card .stop');
    await untilModelSays('The server noticed');
  });

  it('shows code that runs as it stands', async () => {
    const results = await page.evaluate(runAllCode, `${playground.url}/dist/index.js`);
    expect(results).toEqual([...CARDS, 'model'].map((name) => [name, 'spoke']));
  });

  it('connects anew, without loss, where a connection fell silent: after 30 s, in a page whose clock runs five times as fast', async () => {
    // With connections of its own, of which a browser gives each origin six.
    const context = await browser.createBrowserContext();
    const main = page;
    page = await context.newPage();
    try {
      await page.evaluateOnNewDocument(hurryTime, 5);
      await page.goto(playground.url);
      await untilCards((figures) => Object.values(figures).every(({ events }) => events >= 5));
      await hurtAll('hang');
      const deaf = ['event-source', 'long-poll'];
      await untilCards((figures) =>
        CARDS.every((name) => deaf.includes(name) || figures[name]?.note.startsWith('Back after')),
      );
      const figures = await readCards();
      expect(figures['event-source']?.note).toMatch(/^Silent for/);
      // Its own time limit of 60 s may have passed meanwhile.
      expect(figures['long-poll']?.note).toMatch(/^(Silent for|No answer within|Back after)/);
      await expectNothingLost();
      await click('[data-technique=htmlfile] .trace summary');
      const isAlarm = (line: string) => line.includes('error timeout: Nothing has come for ');
      await untilTrace('htmlfile', (lines) => lines.some(isAlarm));
    } finally {
      page = main;
      await context.close();
      await page.bringToFront();
    }
  });

  it('says why a technique cannot work', async () => {
    const other = await browser.newPage();
    await other.evaluateOnNewDocument('delete window.EventSource');
    await other.goto(playground.url);
    await other.waitForFunction(
      () =>
        document.querySelector('[data-technique=event-source] .state')?.textContent === 'cannot work here',
    );
    const note = await other.$eval('[data-technique=event-source] .note', ({ textContent }) => textContent);
    expect(note).toContain('needs EventSource');
    await other.close();
    await page.bringToFront();
  });

  it('has a page without code, whose one tag lets the server change it', async () => {
    const tagged = await browser.newPage();
    const complained: string[] = [];
    tagged.on('console', (message) => complained.push(message.text()));
    tagged.on('pageerror', (error) => complained.push(String(error)));
    await tagged.goto(`${playground.url}/tag.html`);
    await tagged.waitForSelector('#news li', { timeout: PATIENCE });
    const { time, load, state, scripts, shown } = await tagged.evaluate(() => ({
      time: document.querySelector('#time')?.textContent,
      load: Number(document.querySelector('#bar')?.getAttribute('aria-valuenow')),
      state: document.querySelector('encke-stream')?.getAttribute('state'),
      scripts: [...document.scripts].map((script) => script.getAttribute('src')),
      shown: [...document.querySelectorAll('.notice')].filter((notice) => notice.checkVisibility()).length,
    }));
    expect(time).toMatch(/^\d\d:\d\d:\d\d$/);
    expect(load).toBeGreaterThan(0);
    expect({ state, scripts, shown }).toEqual({ state: 'open', scripts: ['../dist/encke.min.js'], shown: 0 });
    expect(complained).toEqual([]);
    await tagged.close();
  });
});

function readCards(): Promise<Record<string, CardFigures>> {
  return page.$$eval('[data-technique]', (cards) =>
    Object.fromEntries(
      cards.map((card) => {
        const text = (name: string) => card.querySelector(`.${name}`)?.textContent ?? '';
        const number = (name: string) => Number(text(name).replaceAll(',', ''));
        const figures = {
          state: text('state'),
          transport: text('transport'),
          requests: number('requests'),
          events: number('events'),
          lost: number('lost'),
          doubled: number('doubled'),
          note: text('note'),
        };
        return [(card as HTMLElement).dataset['technique'] ?? '', figures];
      }),
    ),
  );
}

async function untilCards(
  condition: (figures: Record<string, CardFigures>) => boolean,
  patience = PATIENCE,
): Promise<void> {
  const deadline = Date.now() + patience;
  let figures = await readCards();
  // A page that has no cards yet meets every condition on all of them.
  while (!CARDS.every((name) => name in figures) || !condition(figures)) {
    if (Date.now() > deadline)
      throw new Error(`Still not: ${String(condition)}\n${JSON.stringify(figures, null, 1)}`);
    // The cards write what they show once per frame.
    await page.evaluate(() => new Promise(requestAnimationFrame));
    figures = await readCards();
  }
}

/** Once it is there. Not by the mouse, for the cards move while the page is scrolled there. */
async function click(selector: string): Promise<void> {
  await page.waitForSelector(selector, { timeout: PATIENCE });
  await page.$eval(selector, (element) => (element as HTMLElement).click());
}

async function healAndChooseAgain(): Promise<void> {
  await click('[data-technique=automatic] [data-wish=ok]');
  await click('[data-technique=automatic] .more button:last-child');
  await untilCards(({ automatic }) => automatic?.transport === 'fetch-stream' && automatic.state === 'open');
}

/** What the automatic card says of the choice: its headline, and the rows below by their terms. */
function readGrounds(): Promise<Record<string, string>> {
  return page.$eval('.grounds', (grounds) => ({
    headline: grounds.querySelector('p')?.textContent ?? '',
    ...Object.fromEntries(
      [...grounds.querySelectorAll('dt')].map((term) => [
        term.textContent,
        term.nextElementSibling?.textContent ?? '',
      ]),
    ),
  }));
}

/** The lines of "What happened", once they are as wanted; `known` ones at the end count for nothing. */
async function untilTrace(
  name: string,
  condition: (lines: readonly string[]) => boolean,
  known: readonly string[] = [],
): Promise<readonly string[]> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const lines = await page.$$eval(`[data-technique=${name}] .entries li`, (rows) =>
      rows.map((row) => [...row.childNodes].map(({ textContent }) => textContent).join(' ')),
    );
    if (lines.length > known.length && condition(lines)) return lines;
    if (Date.now() > deadline) throw new Error(`Still not: ${String(condition)}\n${lines.join('\n')}`);
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
}

function hurtAll(wish: string): Promise<void> {
  return click(`#hurt-all-buttons [data-wish="${wish}"]`);
}

async function expectNothingLost(): Promise<void> {
  const figures = await readCards();
  const losses = CARDS.map((name) => [name, figures[name]?.lost, figures[name]?.doubled]);
  expect(losses).toEqual(CARDS.map((name) => [name, 0, 0]));
}

async function expectRecovery(): Promise<void> {
  const before = await readCards();
  await hurtAll('ok');
  await untilCards((figures) =>
    CARDS.every((name) => {
      const { events = 0, note = '' } = figures[name] ?? {};
      return events > (before[name]?.events ?? 0) && !note.startsWith('Silent');
    }),
  );
  await expectNothingLost();
}

async function pauseAndGoOn(): Promise<void> {
  await click('#pause');
  await click('#pause');
  await untilCards((figures) => Object.values(figures).every(({ note }) => note.startsWith('Connected')));
}

async function untilModelSays(text: string): Promise<void> {
  await page.waitForFunction(
    (wanted: string) => document.querySelector('#model-card .note')?.textContent.includes(wanted),
    { timeout: PATIENCE },
    text,
  );
}

/** Lets the page's clock run so many times as fast. Runs in the page, before its scripts. */
function hurryTime(times: number): void {
  const { setTimeout: wait } = globalThis;
  const hurry = (clock: { now(): number }) => {
    const now = clock.now.bind(clock);
    const start = now();
    clock.now = () => start + (now() - start) * times;
  };
  hurry(Date);
  hurry(performance);
  globalThis.setTimeout = ((callback: () => void, milliseconds = 0, ...values: []) =>
    wait(callback, milliseconds / times, ...values)) as typeof setTimeout;
}

/** Runs the code of each card until it logs something. Runs in the page. */
async function runAllCode(library: string): Promise<[name: string, result: string][]> {
  const results: [string, string][] = [];
  const { log } = console;
  for (const code of document.querySelectorAll('.code code')) {
    const card = code.closest<HTMLElement>('.card');
    const name = card?.dataset['technique'] ?? 'model';
    const spoke = new Promise<string>((resolve) => {
      console.log = (first: unknown) => {
        // A number is an event's, a text of the model an event, too; the others tell states and transports.
        if (typeof first === 'number' || name === 'model') resolve('spoke');
      };
      setTimeout(resolve, 10_000, 'was silent');
    });
    const variable = name === 'model' ? 'answer' : 'feed';
    // A script in the page exports nothing; a global is found.
    const text = code.textContent
      .replace("'encke'", JSON.stringify(library))
      .replace(`const ${variable} =`, `const ${variable} = globalThis.exampleRun =`);
    const script = document.createElement('script');
    script.type = 'module';
    script.textContent = text;
    document.head.append(script);
    results.push([name, await spoke]);
    (globalThis as unknown as { exampleRun: { close(): void } }).exampleRun.close();
    script.remove();
  }
  console.log = log;
  return results;
}
