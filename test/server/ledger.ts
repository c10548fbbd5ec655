// Who connected, when, and how it ended; kept per key so that a page can ask for its own part.

import type { ReceivedRequest } from './exchange.ts';
import type { Wire } from './wire.ts';

/** Times are milliseconds since the epoch. */
export interface ConnectionRecord {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Empty where it was too long to be kept. */
  readonly body: string;
  readonly openedAt: number;
  status?: number;
  endedAt?: number;
  /** True when the client closed before the server had finished or cut. */
  closedByClient: boolean;
}

export interface KeyReport {
  readonly key: string;
  readonly connections: number;
  readonly live: number;
  readonly maxLive: number;
  readonly preflights: number;
  /** The newest ones. */
  readonly records: readonly ConnectionRecord[];
}

export interface Ledger {
  readonly live: number;
  /** How many connections of this key have been counted so far. */
  count(key: string): number;
  /** Counts a connection in; it counts itself out when its wire closes. */
  enter(key: string, request: ReceivedRequest, wire: Wire): ConnectionRecord;
  preflight(key: string): void;
  wires(key: string): readonly Wire[];
  report(key: string): KeyReport;
  keys(): readonly string[];
  forget(key: string): void;
}

/** Records kept per key: a page that polls a hundred times a second may stay open for days. */
const KEPT = 10_000;

/** Longest body kept in a record, in characters: an upload is not worth its memory. */
const KEPT_BODY = 1_000_000;

interface Page {
  connections: number; // counted so far
  records: ConnectionRecord[];
  wires: Set<Wire>;
  maxLive: number;
  preflights: number;
}

/** The key of a request: what its query says, else its path. */
export function keyOf(url: URL): string {
  return url.searchParams.get('key') ?? decodeURIComponent(url.pathname);
}

export function createLedger(): Ledger {
  const pages = new Map<string, Page>();
  let live = 0; // over all keys

  return {
    get live() {
      return live;
    },
    count: (key) => page(key).connections,
    enter(key, request, wire) {
      const { method, url, headers, body } = request;
      const path = url.pathname + url.search;
      const record: ConnectionRecord = {
        method,
        url: path,
        headers,
        body: body.length > KEPT_BODY ? '' : body,
        openedAt: Date.now(),
        closedByClient: false,
      };
      const entered = page(key);
      live += 1;
      entered.connections += 1;
      entered.records.push(record);
      if (entered.records.length > KEPT) entered.records.shift();
      entered.wires.add(wire);
      entered.maxLive = Math.max(entered.maxLive, entered.wires.size);
      wire.whenClosed(() => {
        live -= 1;
        entered.wires.delete(wire);
        record.endedAt = Date.now();
        record.closedByClient = wire.closedByClient;
        if (wire.status !== undefined) record.status = wire.status;
      });
      return record;
    },
    preflight(key) {
      page(key).preflights += 1;
    },
    wires: (key) => [...page(key).wires],
    report(key) {
      const { connections, records, wires, maxLive, preflights } = page(key);
      return {
        key,
        connections,
        live: wires.size,
        maxLive,
        preflights,
        records: [...records],
      };
    },
    keys: () => [...pages.keys()],
    forget(key) {
      const old = page(key);
      // Connections still open belong to the new page too, so that `live` stays true.
      pages.set(key, {
        connections: 0,
        records: [],
        wires: old.wires,
        maxLive: old.wires.size,
        preflights: 0,
      });
    },
  };

  function page(key: string): Page {
    const found = pages.get(key);
    if (found) return found;
    const fresh: Page = { connections: 0, records: [], wires: new Set(), maxLive: 0, preflights: 0 };
    pages.set(key, fresh);
    return fresh;
  }
}
