// The one error class, and the closed set of codes it carries.

import { shownUrl } from './shown-url.ts';

/**
 * What went wrong, for programs. The sentence for people is the error's `message`.
 *
 * - `invalid-option`: a caller's mistake, thrown at once by the call that made it; or a function among the options failed.
 * - `no-transport`: no transport of the ladder can carry what was asked here.
 * - `unusable`: a transport cannot work in this page (a policy forbids it, a feature is missing).
 * - `network`: the connection could not be made, or broke.
 * - `timeout`: the server accepted the connection and never answered.
 * - `status`: the server answered with an HTTP status that carries no messages.
 * - `content-type`: the server answered 200 with something no format reads, an HTML page for example.
 * - `malformed`: one message could not be read. It is skipped, the stream goes on.
 * - `too-large`: one message is longer than `maxMessageSize`. It is skipped, the stream goes on.
 * - `encoding`: the stream holds bytes that are not UTF-8. They become U+FFFD, the stream goes on.
 * - `retries`: `maxAttempts` attempts in a row brought nothing.
 * - `unknown-command`: no verb has the name of a command's type.
 * - `no-target`: nothing matches a command's selector.
 * - `selector`: a command's selector cannot be parsed.
 * - `refused`: a command asks for what the page does not allow, a script under the default policy for example.
 * - `command`: a command threw while it was carried out.
 * - `queue-full`: a paused command queue holds `maxQueue` commands; further ones are dropped.
 * - `not-a-sijax-response`: a Sijax call was answered with something else, a page for example.
 */
export type ErrorCode =
  | 'invalid-option'
  | 'no-transport'
  | 'unusable'
  | 'network'
  | 'timeout'
  | 'status'
  | 'content-type'
  | 'malformed'
  | 'too-large'
  | 'encoding'
  | 'retries'
  | 'unknown-command'
  | 'no-target'
  | 'selector'
  | 'refused'
  | 'command'
  | 'queue-full'
  | 'not-a-sijax-response';

/** What is known about an error beyond its code and sentence; every field is absent when unknown. */
export interface ErrorDetails {
  /** HTTP status of the response. */
  status?: number | undefined;
  /** Response headers. */
  headers?: Headers | undefined;
  /** URL of the response after redirects, or of the request where there was no response. Without the values of its query, which may be secret. */
  url?: string | undefined;
  /** The first 4,096 characters of the body of a response that is not 2xx. */
  body?: string | undefined;
  /** The offending text of a message that could not be read, cut to 200 characters. */
  payload?: string | undefined;
  /** The command that could not be carried out. */
  command?: { readonly type: string; readonly [key: string]: unknown } | undefined;
  /** Name of the transport in use. */
  transport?: string | undefined;
  /** Number of the attempt, counted from 1. */
  attempt?: number | undefined;
  /** Milliseconds until the next attempt; absent when there is none. */
  retryIn?: number | undefined;
  /** The error underneath. */
  cause?: unknown;
}

/** What was thrown, as text. Never throws: anything can be thrown, and not everything can be made a text. */
export function inWords(cause: unknown): string {
  try {
    return String(cause);
  } catch {
    return typeof cause;
  }
}

/** The URLs in a sentence, without what ends the sentence. */
const URLS = /https?:\/\/[^\s"]+?(?=[.,:;]?(?:[\s"]|$))/g;

/** Every error encke reports or throws. */
export class EnckeError extends Error {
  override readonly name = 'EnckeError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message.replace(URLS, shownUrl));
    this.code = code;
    Object.assign(this, details);
    this.url &&= shownUrl(this.url);
  }
}

export interface EnckeError extends ErrorDetails {}
