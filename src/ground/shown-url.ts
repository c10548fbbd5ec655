// A URL as it may be shown: in errors, traces and logs, where tokens do not belong.

/** Without the values of its query, its credentials and its fragment; their names stay, for whoever looks for a fault. */
export function shownUrl(url: string): string {
  const [, start = '', query = ''] = /^([^?#]*)(?:\?([^#]*))?/.exec(url) ?? [];
  const names = query.split('&').map((pair) => pair.replace(/=.*/s, '=…'));
  const place = start.replace(/^([^/]*\/\/)[^/]*@/, '$1');
  return query ? `${place}?${names.join('&')}` : place;
}
