// A page that follows a channel or a list, and what its server knows of that.

import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { SubscribeOptions } from '../../src/options.ts';
import type { KeyReport } from '../server/ledger.ts';
import { startServer } from '../server/server.ts';
import { servePage } from './bundle.ts';
import type { Browser, Page } from './drivers.ts';
import { areConsecutive } from './followed.ts';
import type { Life } from './page/life.ts';

/** Options that a page can be told of as JSON, and the one transport to use. */
export type LifeOptions = Omit<SubscribeOptions, 'transports'> & { readonly transport?: string };

export interface Follower {
  readonly page: Page;
  /** Loads the page anew, which follows as before. */
  again(): Promise<void>;
  life(): Promise<Life>;
  /** Requests so far, the oldest first. */
  requests(): Promise<KeyReport['records']>;
  /** Connections open now, as the server sees it. */
  live(): Promise<number>;
  /** Has the server do something to all connections, as `POST /hurt` says. */
  hurt(wish: string): Promise<void>;
  /** Resolves when the request of this number, from 1, has come; gives when, in milliseconds since the epoch. */
  asked(number: number, timeout?: number): Promise<number>;
  /** Publishes one message. */
  publish(): void;
  /** Publishes one every so many milliseconds, until the function it gives is called. */
  publishEvery(milliseconds: number): () => void;
  /** Resolves when everything published has come; fails where something is lost or doubled. */
  expectAll(): Promise<Life>;
}

export interface Followers {
  /** Another page. */
  readonly elsewhere: string;
  /** In a page of its own, which follows a channel of its own where no other path is named. */
  follow(browser: Browser, options: LifeOptions, path?: string): Promise<Follower>;
  close(): Promise<void>;
}

/** Milliseconds within which whatever is awaited must have happened. */
const PATIENCE = { timeout: 10_000, interval: 20 };

export async function openFollowers(): Promise<Followers> {
  const server = await startServer();
  const address = await servePage(server, 'life');
  return { elsewhere: `${server.url}/html`, follow, close: () => server.close() };

  async function follow(browser: Browser, options: LifeOptions, path?: string): Promise<Follower> {
    const key = randomUUID();
    const url = path === undefined ? `/events?heartbeat=0&channel=${key}&key=${key}` : `${path}&key=${key}`;
    const { transport, ...rest } = options;
    const page = await browser.newPage();
    let published = 0;
    await again();

    const life = (): Promise<Life> => page.run<Life>('life.seen');
    const requests = async (): Promise<KeyReport['records']> => (await report()).records;
    const publish = (): void => {
      server.publish(key, { data: String(++published) });
    };

    return {
      page,
      again,
      life,
      requests,
      live: async () => (await report()).live,
      async hurt(wish) {
        const headers = { 'Content-Type': 'application/json' };
        const body = JSON.stringify({ do: wish });
        const { ok } = await fetch(`${server.url}/hurt?key=${key}`, { method: 'POST', headers, body });
        if (!ok) throw new Error(`The server knows no ${wish}.`);
      },
      async asked(number, timeout = PATIENCE.timeout) {
        const openedAt = async (): Promise<number> => (await requests())[number - 1]?.openedAt ?? 0;
        await expect
          .poll(openedAt, { ...PATIENCE, timeout, message: `request ${number}` })
          .toBeGreaterThan(0);
        return openedAt();
      },
      publish,
      publishEvery(milliseconds) {
        const timer = setInterval(publish, milliseconds);
        return () => clearInterval(timer);
      },
      async expectAll() {
        const newest = async (): Promise<string | undefined> => (await life()).ids.at(-1);
        await expect.poll(newest, { ...PATIENCE, message: 'the newest message' }).toBe(String(published));
        const seen = await life();
        expect(seen.ids[0]).toBe('1');
        expect(areConsecutive(seen.ids), `each once, in order: ${seen.ids.join(' ')}`).toBe(true);
        return seen;
      },
    };

    async function again(): Promise<void> {
      await page.goto(address);
      await page.run('life.follow', url, rest, transport);
    }

    async function report(): Promise<KeyReport> {
      return (await fetch(`${server.url}/requests?key=${key}`)).json() as Promise<KeyReport>;
    }
  }
}
