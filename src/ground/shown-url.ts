// A URL as it may be shown: in errors, traces and logs, where tokens do not belong.

/** A user's name or password, and what is before it. */
export const CREDENTIALS = /^([^/]*\/\/)[^/]*@/;

/** Without the values of its query, its credentials and its fragment; their names stay, for whoever looks for a fault. */
export function shownUrl(url: string): string {
  const [place = '', query] = url.replace(/#.*/s, '').split(/\?(.*)/s);
  const names = query ? `?${query.replace(/=[^&]*/g, '=…')}` : '';
  return place.replace(CREDENTIALS, '$1') + names;
}
