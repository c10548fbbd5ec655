// The headers of each request, under the names that the caller has written.

import { EventStreamContentType } from './init.ts';

export interface RequestHeaders {
  readonly record: Readonly<Record<string, string>>;
  /** Sets it, however the caller has written its name; without a value it takes it away. */
  set(name: string, value?: string): void;
}

/** A plain object, for a caller's own `fetch` may spread it. The later of the sources wins. */
export function createHeaders(...sources: readonly (HeadersInit | undefined)[]): RequestHeaders {
  const record: Record<string, string> = {};
  const set = (name: string, value?: string): void => {
    for (const key of Object.keys(record)) if (isSame(key, name)) Reflect.deleteProperty(record, key);
    if (value !== undefined) record[name] = value;
  };
  for (const source of sources) {
    const pairs = source && Symbol.iterator in source ? source : Object.entries(source ?? {});
    for (const [name = '', value] of pairs) set(name, value);
  }
  if (!Object.keys(record).some((key) => isSame(key, 'accept'))) set('accept', EventStreamContentType);
  // A name or value that no request can have is told at once, not tried again and again.
  new Headers(record);
  return { record, set };
}

function isSame(name: string, other: string): boolean {
  return name.toLowerCase() === other.toLowerCase();
}
