// Addresses that are code.

/** Whether a browser takes it for a `javascript:` URL: it passes over spaces and control characters. */
export function isScriptUrl(url: unknown): boolean {
  return /^javascript:/i.test(String(url).replace(/[\0- ]+/g, ''));
}
