// What the tests of transports share wherever they run: a server to script, requests, comparing and waiting.

import type { Transport, TransportRequest } from '../../src/transports/transport.ts';
import type { ConnectionRecord } from '../server/server.ts';
import type { Step } from '../server/script.ts';

/** The reference server, as the suite needs it. */
export interface ServerControl {
  /** Its origin. */
  readonly url: string;
  /** Whether this engine takes a connection closed between two chunks for the end of the body, as WebKitGTK does. */
  readonly trustsClosedSockets?: boolean;
  script(name: string, connections: Step[][]): Promise<void>;
  log(name: string): Promise<readonly ConnectionRecord[]>;
}

/**
 * Longest time until the server sees a connection closed, in milliseconds. It is a few as a rule; but Chromium (156)
 * reads on for up to five seconds, about once in a hundred times, to use the connection again.
 */
const CLOSED_WITHIN = 6_000;

let serial = 0; // so that each script has a name of its own

/** Scripts the connections to a name that nothing else uses, and gives the name. */
export async function scripted(server: ServerControl, ...connections: Step[][]): Promise<string> {
  const name = `s${++serial}-${Math.random().toString(36).slice(2)}`;
  await server.script(name, connections);
  return name;
}

export function plainRequest(url: string, { accept = '*/*' }: Transport): TransportRequest {
  return {
    url,
    method: 'GET',
    headers: new Headers({ accept }),
    body: null,
    credentials: 'same-origin',
    lastEventId: '',
    fetch: globalThis.fetch,
    callbacks: ['enckeReceive'],
    events: [],
  };
}

/** The server has no event for it that a page could hear, so it is asked again. */
export async function untilClosed(server: ServerControl, name: string): Promise<void> {
  const deadline = Date.now() + CLOSED_WITHIN;
  for (;;) {
    const log = await server.log(name);
    if (log.at(-1)?.closedByClient) return;
    if (Date.now() > deadline) {
      throw new Error(`Not closed within ${CLOSED_WITHIN} ms: ${JSON.stringify(log.map(brief))}`);
    }
    await pause(20);
  }
}

export function equal(actual: unknown, expected: unknown, what: string): void {
  const [is, shouldBe] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (is !== shouldBe) throw new Error(`${what}: ${is.slice(0, 400)} instead of ${shouldBe.slice(0, 400)}`);
}

/** Everything that is due now, microtasks and one turn of tasks. */
export function turn(): Promise<void> {
  return pause(0);
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function brief({ openedAt, endedAt, closedByClient }: ConnectionRecord): unknown {
  return { ranFor: endedAt === undefined ? 'still open' : endedAt - openedAt, closedByClient };
}
