// Addresses that are code.

/**
 * Whether a browser takes it for a `javascript:` URL, passing over spaces and control characters.
 * Animations have lists of addresses.
 */
export function isScriptUrl(url: unknown): boolean {
  return /(?:^|;)javascript:/i.test(String(url).replace(/[\0- ]+/g, ''));
}
