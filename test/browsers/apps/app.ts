// What the apps of all frameworks have in common: what they show, how they are steered, and what is tried with them.

import { fresh, pause, report, reported } from '../page/server.ts';

/** What an app shows. */
export interface Shown {
  /** One component with a subscription for each of these URLs. */
  readonly feeds: readonly string[];
  /** A component with a request to this URL, which starts as soon as it is mounted. */
  readonly ask: string | null;
}

/** How an entry of a framework is steered. */
export interface App {
  /** Takes over what the server has rendered of this. */
  hydrate(root: Element, shown: Shown): void;
  show(shown: Shown): void;
}

declare global {
  var shown: Shown; // what the server has rendered
  var complaints: string[]; // what the framework wrote to the console, or nobody caught
  var app: Scenes;
  var renders: number; // of the component with a subscription
}

/** Milliseconds within which the server must see the connections close. */
const SEEN_WITHIN = 1_000;

const NOTHING: Shown = { feeds: [], ask: null };

export interface Scenes {
  hydrates(): Promise<{ before: string; after: string; isSame: boolean; connections: number; live: number }>;
  mounts(times: number): Promise<{ connections: number; live: number; nodes: number }>;
  bursts(count: number, rate: number): Promise<{ text: string; renders: number; frames: number }>;
  follows(): Promise<{ texts: string[]; live: [number, number] }>;
  stops(): Promise<{ text: string; closedByClient: boolean[] }>;
  complaints(): string[];
}

/** Puts the scenes where a test finds them. */
export function stage({ hydrate, show }: App): void {
  globalThis.app = {
    async hydrates() {
      const feed = find('.feed');
      const before = feed.textContent;
      hydrate(find('#root'), globalThis.shown);
      await until(() => find('.feed').textContent.startsWith('3 messages'));
      const [url = ''] = globalThis.shown.feeds;
      const { connections, live } = await report(keyOf(url));
      return { before, after: find('.feed').textContent, isSame: find('.feed') === feed, connections, live };
    },
    async mounts(times) {
      const key = fresh('mounts');
      for (let mount = 0; mount < times; mount++) {
        show({ feeds: [`/numbered?count=1&stay=1&key=${key}`], ask: null });
        // In its own task, or behind its first message. Not at any time between: where a fetch is aborted in the moment
        // its response begins, Chromium (156) keeps the connection now and then, for a plain `fetch` as well.
        show(NOTHING);
        show({ feeds: [`/numbered?count=1&stay=1&key=${key}`], ask: null });
        await until(() => document.querySelector('.feed')?.textContent.startsWith('1') === true);
        show(NOTHING);
        await pause(0);
      }
      await reported(key, SEEN_WITHIN, ({ live }) => live === 0);
      const { connections, live } = await report(key);
      return { connections, live, nodes: document.querySelectorAll('.feed').length };
    },
    async bursts(count, rate) {
      let frames = 0;
      let isOver = false;
      const frame = (): void => {
        frames++;
        if (!isOver) requestAnimationFrame(frame);
      };
      show({
        feeds: [`/numbered?count=${count}&rate=${rate}&batch=50&stay=1&key=${fresh('burst')}`],
        ask: null,
      });
      await until(() => document.querySelector('.feed') !== null);
      globalThis.renders = 0;
      requestAnimationFrame(frame);
      await until(() => find('.feed').textContent.startsWith(`${count} `));
      const { renders } = globalThis;
      isOver = true;
      const text = find('.feed').textContent;
      show(NOTHING);
      return { text, renders, frames };
    },
    async follows() {
      const [one, other] = [fresh('one'), fresh('other')];
      const texts: string[] = [];
      show({ feeds: [`/numbered?count=2&stay=1&key=${one}`], ask: null });
      await until(() => document.querySelector('.feed')?.textContent.startsWith('2 ') === true);
      const observer = new MutationObserver(() => texts.push(find('.feed').textContent));
      observer.observe(document.body, { subtree: true, childList: true, characterData: true });
      show({ feeds: [`/numbered?count=5&stay=1&key=${other}`], ask: null });
      await until(() => find('.feed').textContent.startsWith('5 '));
      observer.disconnect();
      await reported(one, SEEN_WITHIN, ({ live }) => live === 0);
      const live: [number, number] = [(await report(one)).live, (await report(other)).live];
      show(NOTHING);
      return { texts, live };
    },
    async stops() {
      const key = fresh('ask');
      show({ feeds: [], ask: `/llm?rate=50&tokens=1000&key=${key}` });
      await until(() => (document.querySelector('.answer')?.textContent.length ?? 0) > 20);
      const text = find('.answer').textContent;
      show(NOTHING);
      await reported(key, SEEN_WITHIN, ({ live }) => live === 0);
      const { records } = await report(key);
      return { text, closedByClient: records.map(({ closedByClient }) => closedByClient) };
    },
    complaints: () => globalThis.complaints,
  };
}

function keyOf(url: string): string {
  return new URL(url, location.href).searchParams.get('key') ?? '';
}

function find(selector: string): Element & { textContent: string } {
  const found = document.querySelector(selector);
  if (!found) throw new Error(`nothing is ${selector}`);
  return found;
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await pause(5);
}
