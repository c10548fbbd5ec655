// Tokens against request forgery, read from the page at the moment of each call.

/** Gives the token, or `undefined` where the page has none: then the field or header is left out. */
export type ReadToken = () => string | undefined;

/**
 * Reads a cookie at each call. For a header, where the page is on the backend's own origin:
 *
 * - Django: `{ 'X-CSRFToken': cookie('csrftoken') }`
 * - Laravel: `{ 'X-XSRF-TOKEN': cookie('XSRF-TOKEN') }`
 */
export function cookie(name: string): ReadToken {
  return () => {
    if (typeof document === 'undefined') return undefined;
    const start = `${name}=`;
    const pair = document.cookie.split('; ').find((candidate) => candidate.startsWith(start));
    return pair && decode(pair.slice(start.length));
  };
}

/**
 * Reads the content of a `<meta name="…">` at each call. For a header, or for a field of `params`:
 *
 * - Flask-WTF: header `{ 'X-CSRFToken': metaTag('csrf-token') }`, or field `{ csrf_token: metaTag('csrf-token') }`
 * - Laravel: header `{ 'X-CSRF-TOKEN': metaTag('csrf-token') }`, or field `{ _token: metaTag('csrf-token') }`
 */
export function metaTag(name: string): ReadToken {
  return () => {
    if (typeof document === 'undefined') return undefined;
    const tags = [...document.getElementsByTagName('meta')];
    return tags.find((tag) => tag.name === name)?.content;
  };
}

/** Laravel encodes its token, and expects it back as it was. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A percent sign that stands for itself.
    return text;
  }
}
