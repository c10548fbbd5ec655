// Where calls may go: what a page's markup says must not lead them to strangers.

import { EnckeError } from '../../ground/errors.ts';
import { baseUrl, pageOrigin, resolveUrl } from '../../ground/page-address.ts';

/** The URL of the backend. A `<base href>` of another origin does not lead a relative one there. */
export function ownUrl(url: string | URL): string | URL {
  const { location } = globalThis as { location?: Location };
  const own = resolve(url, location?.href);
  const based = resolve(url, baseUrl());
  return own && based && own.origin !== based.origin ? own : url;
}

/** @throws EnckeError `invalid-option` for what is no URL. */
export function absoluteUrl(url: string | URL): URL {
  // On a server, where nothing is requested, any will do.
  return resolveUrl(url, baseUrl() ?? 'https://localhost');
}

/**
 * Whether a URL that the markup says, as the `action` of a form, is the page's own or of one of these.
 *
 * @throws EnckeError `invalid-option` for what is no URL.
 */
export function isTrusted(url: string | URL, backend: string | URL, origins: readonly string[]): boolean {
  const { protocol, origin } = absoluteUrl(url);
  const trusted = [pageOrigin(), absoluteUrl(backend).origin, ...origins];
  return /^https?:/.test(protocol) && trusted.includes(origin);
}

/** @throws EnckeError `invalid-option` for what is not an origin */
export function checkOrigins(origins: unknown): readonly string[] {
  if (Array.isArray(origins) && origins.every(isOrigin)) return origins;
  throw new EnckeError(
    'invalid-option',
    "trustedOrigins must be a list of origins: ['https://example.com'].",
  );
}

function isOrigin(value: unknown): value is string {
  return resolve(value as string)?.origin === value;
}

function resolve(url: string | URL, base?: string): URL | undefined {
  try {
    return new URL(url, base);
  } catch {
    return undefined;
  }
}
