// Tabs that come, go, crash, freeze and are put away in any order: nobody loses or hears twice what has an id.
//
// `ENCKE_SEED=… ENCKE_RUNS=…` repeats a run, or makes a longer one.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Subscription } from '../../src/client.ts';
import type { MemoryConnection } from '../../src/testing.ts';
import { seedOfRun } from '../tools/random.ts';
import { memoryBrowser, type MemoryBrowser, type Tab } from './tabs.ts';

const ACTS = [
  'publish',
  'burst',
  'cut',
  'open',
  'close',
  'crash',
  'freeze',
  'thaw',
  'stored',
  'restored',
  'visible',
  'reconnect',
  'wait',
  'long wait',
] as const;

interface Step {
  readonly act: (typeof ACTS)[number];
  readonly who: number;
  /** Whether what follows from it happens before the next step. */
  readonly settles: boolean;
}

const step: fc.Arbitrary<Step> = fc.record({
  act: fc.constantFrom(...ACTS),
  who: fc.nat(9),
  settles: fc.boolean(),
});
const life = fc.record({
  slowness: fc.constantFrom(0, 1, 5, 20),
  inclusive: fc.boolean(),
  hasIds: fc.boolean(),
  lastEventId: fc.constantFrom(undefined, '0'),
  steps: fc.array(step, { maxLength: 40 }),
});

const { ENCKE_SEED, ENCKE_RUNS = '150' } = process.env;

interface Member {
  readonly tab: Tab;
  readonly connection: Subscription;
  /** Numbers of messages, and `gap` where one was told. */
  readonly heard: (number | 'gap')[];
  isStored: boolean;
}

it('each tab hears every message once and in order, or of a gap', { timeout: 300_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(life, async ({ slowness, inclusive, hasIds, lastEventId, steps }) => {
      const browser = memoryBrowser(slowness);
      const server = numberedServer(browser, hasIds, inclusive);
      let members: Member[] = [];
      for (let number = 0; number < 3; number++) open();
      await server.serve(0);
      for (const { act, who, settles } of steps) {
        const member = members[who % members.length];
        await play(act, member, settles);
        if (settles) await server.serve(0);
      }

      for (const { tab } of members) await tab.thaw();
      for (const member of members) if (member.isStored) await member.tab.tell('restored');
      await server.serve(3_000);
      await server.serve(60_000);
      server.publish();
      await server.serve(0);
      expect(browser.live).toHaveLength(members.length > 0 ? 1 : 0);
      for (const { heard, connection } of members) {
        expect(connection.state).toBe('open');
        expect(heard.at(-1)).toBe(server.last);
        expectOrder(heard);
      }
      for (const { connection } of members) connection.close();
      await browser.settle();
      expect([browser.live, browser.left]).toEqual([[], { locks: 0, channels: 0, timers: 0 }]);

      function open(): void {
        const tab = browser.open();
        const heard: Member['heard'] = [];
        const connection = tab.subscribe({
          lastEventId: hasIds ? lastEventId : undefined,
          onMessage: ({ data }) => heard.push(Number(data)),
          onResync: () => heard.push('gap'),
        });
        members.push({ tab, connection, heard, isStored: false });
      }

      async function play(act: Step['act'], member: Member | undefined, settles: boolean): Promise<void> {
        if (act === 'publish') return server.publish();
        if (act === 'burst') return [1, 2, 3].forEach(() => server.publish());
        if (act === 'cut') return server.cut();
        if (act === 'open') return open();
        if (act === 'wait') return server.serve(500);
        if (act === 'long wait') return server.serve(2_500);
        if (!member) return;
        const { tab, connection } = member;
        // A page that is frozen does nothing.
        if (tab.isFrozen && act !== 'thaw' && act !== 'crash') return;
        if (act === 'freeze') tab.freeze();
        if (act === 'thaw') {
          const thawed = tab.thaw();
          if (settles) await thawed;
        }
        if (act === 'reconnect') connection.reconnect();
        if (act === 'visible') await tab.tell('visible');
        if (act === 'stored' || act === 'restored') {
          if (member.isStored !== (act === 'stored')) await tab.tell(act);
          member.isStored = act === 'stored';
        }
        if (act === 'crash') await tab.crash();
        if (act === 'close') connection.close();
        if (act === 'crash' || act === 'close') {
          expectOrder(member.heard);
          members = members.filter((other) => other !== member);
        }
      }
    }),
    { seed: seedOfRun(ENCKE_SEED), numRuns: Number(ENCKE_RUNS) },
  );
});

function expectOrder(heard: Member['heard']): void {
  let last: number | undefined; // undefined: any may be next
  let highest = 0;
  for (const entry of heard) {
    if (entry === 'gap') last = undefined;
    else {
      expect(entry, `in ${heard.join()}`).toBeGreaterThan(highest);
      if (last !== undefined) expect(entry, `in ${heard.join()}`).toBe(last + 1);
      highest = last = entry;
    }
  }
}

interface NumberedServer {
  readonly last: number;
  publish(): void;
  cut(): void;
  /** Lets time pass, and answers who asks meanwhile. */
  serve(milliseconds: number): Promise<void>;
}

/** @param hasIds whether messages have ids, and it resumes
 *  @param inclusive whether it resumes with the last event id, rather than after it */
function numberedServer(browser: MemoryBrowser, hasIds: boolean, inclusive: boolean): NumberedServer {
  const served = new Map<MemoryConnection, number>();
  let last = 0;

  return {
    get last() {
      return last;
    },
    publish() {
      last++;
      pump();
    },
    cut() {
      for (const connection of browser.awake) connection.cut();
    },
    async serve(milliseconds) {
      await browser.settle();
      for (let time = 0; time < milliseconds; time += 100) {
        pump();
        await browser.advance(100);
      }
      pump();
      await browser.settle();
      pump();
      await browser.settle();
    },
  };

  /** What comes to a page that is frozen waits with the network. */
  function pump(): void {
    for (const connection of browser.awake) {
      const after = served.get(connection) ?? begin(connection);
      for (let number = after + 1; number <= last && connection.live; number++) {
        connection.send(`${hasIds ? `id: ${number}\n` : ''}data: ${number}\n\n`);
        served.set(connection, number);
      }
    }
  }

  function begin(connection: MemoryConnection): number {
    const id = connection.request.headers.get('last-event-id');
    const after = id === null ? last : Math.max(0, Number(id) - (inclusive ? 1 : 0));
    connection.open();
    // Else nobody could go on from here before the first message.
    if (hasIds && id === null) connection.send(`id: ${after}\n\n`);
    served.set(connection, after);
    return after;
  }
}
