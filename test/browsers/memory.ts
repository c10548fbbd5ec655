// A long list through one carrier, and what of it the browser still holds while the connection is open.

import type { KeyReport } from '../server/ledger.ts';
import { startServer } from '../server/server.ts';
import { servePage } from './bundle.ts';
import type { Browser } from './drivers.ts';
import type { FlowFacts, FlowPlan } from './page/memory.ts';
import { residentMemory } from './processes.ts';

export interface Measured extends FlowFacts {
  /** Messages sent. */
  readonly count: number;
  /** Bytes by which the heap has grown, garbage aside; `undefined` where the engine does not tell. */
  readonly heap: number | undefined;
  /** Bytes by which the memory of all processes of the browser has grown, garbage included. */
  readonly resident: number;
  /** The last event id that each request asked for, 0 where there was none. */
  readonly cursors: readonly number[];
}

export interface Flow {
  readonly megabytes: number;
  /** Megabytes a second, which a busy machine takes as well: what comes faster than it is read is kept until then, and would be measured. */
  readonly speed: number;
}

export interface Course {
  /** In a page of its own. */
  measure(browser: Browser, technique: string, flow: Flow): Promise<Measured>;
  close(): Promise<void>;
}

/** Messages of `/numbered?kind=large` in a megabyte, and in one write, or one answer to a poll. */
const IN_A_MEGABYTE = 64;
const BATCH = 16;

/** Megabytes that go first, so that code is compiled and buffers have their size. */
const WARM_UP = 4;

/** Milliseconds in which a browser that is not asked clears away what it has the time for. */
const REST = 1_000;

export async function openCourse(): Promise<Course> {
  const server = await startServer();
  const address = await servePage(server, 'memory');
  let flows = 0;

  return { measure, close: () => server.close() };

  async function measure(browser: Browser, technique: string, wish: Flow): Promise<Measured> {
    const page = await browser.newPage(address);
    try {
      await flow({ ...wish, megabytes: WARM_UP });
      await page.run('memory.stop');
      const before = await held();
      const { facts, key, count } = await flow(wish);
      const after = await held();
      const { heap } = after;
      return {
        ...facts,
        count,
        heap: heap === undefined ? undefined : heap - (before.heap ?? NaN),
        resident: after.resident - before.resident,
        cursors: (await report(key)).records.map(cursorOf),
      };
    } finally {
      await page.close();
    }

    async function flow({
      megabytes,
      speed,
    }: Flow): Promise<{ facts: FlowFacts; key: string; count: number }> {
      const key = `flow-${flows++}`;
      const count = megabytes * IN_A_MEGABYTE;
      const query = { key, batch: String(BATCH), rate: String(speed * IN_A_MEGABYTE) };
      const plan: FlowPlan = { technique, query, count };
      return { facts: await page.run<FlowFacts>('memory.flow', plan), key, count };
    }

    async function held(): Promise<{ heap: number | undefined; resident: number }> {
      await new Promise((resolve) => setTimeout(resolve, REST));
      const heap = await page.heap?.();
      return { heap, resident: residentMemory(browser.processes()) };
    }
  }

  async function report(key: string): Promise<KeyReport> {
    return (await fetch(`${server.url}/requests?key=${key}`)).json() as Promise<KeyReport>;
  }
}

function cursorOf({ url, headers }: KeyReport['records'][number]): number {
  const inQuery = new URL(url, 'http://localhost').searchParams.get('lastEventId');
  return Number(headers['last-event-id'] ?? inQuery ?? 0);
}
