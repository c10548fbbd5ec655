// Where the page is, and where URLs lead from there.

import { EnckeError } from './errors.ts';
import { CREDENTIALS } from './shown-url.ts';

/** The URL that relative ones are resolved against; `undefined` on a server. */
export function baseUrl(): string | undefined {
  // The document's base URL counts `<base href>`; a worker has only its location.
  const base = (globalThis as Place).document?.baseURI ?? (globalThis as Place).location?.href;
  // fetch refuses every URL with credentials, also those of a page that was opened by one (in every engine). The browser knows them.
  return base?.replace(CREDENTIALS, '$1');
}

/** @throws EnckeError `invalid-option` for what is no URL, or a relative one without a base */
export function resolveUrl(url: string | URL, base: string | undefined): URL {
  try {
    return new URL(url, base);
  } catch (cause) {
    throw new EnckeError('invalid-option', `"${String(url)}" is not a URL.`, { cause });
  }
}

/** Whether an absolute URL holds a user name or a password. */
export function hasCredentials(url: string): boolean {
  return CREDENTIALS.test(url);
}

/** The page's own origin, which decides what is cross-origin; `<base href>` does not. */
export function pageOrigin(): string | undefined {
  // The global is `'null'` in a sandboxed page, whatever its address says.
  return (globalThis as Place).origin ?? (globalThis as Place).location?.origin;
}

interface Place {
  readonly document?: Document;
  readonly location?: Location;
  readonly origin?: string;
}
