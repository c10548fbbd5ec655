// What a session with an Orbited server is to whoever holds it, and what it tells.

import type { EnckeError } from '../../ground/errors.ts';

export interface SessionListener {
  opened(): void;
  /** Each character is one byte. */
  data(bytes: string): void;
  /** Something went wrong; the session goes on, or is told to be closed. */
  problem(error: EnckeError): void;
  closed(code: number): void;
}

export interface Session {
  /** The name of the technique in use. */
  readonly transport: string;
  /** Characters that the server has not confirmed, as they travel. */
  readonly buffered: number;
  /** Each character is one byte. */
  send(bytes: string): void;
  /** What was sent before goes first. Nothing is told any more. */
  close(): void;
  /** The same, but what was sent before is dropped where it has not left yet. */
  reset(): void;
  /** Leaves everything as it is: the server has closed it. */
  stop(): void;
}
