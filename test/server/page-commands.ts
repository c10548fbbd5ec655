// The commands that our functions send, by a short name each.

export type Command = Readonly<Record<string, unknown>>;

export const html = (selector: string, markup: string): Command => ({
  type: 'html',
  selector,
  html: markup,
  setType: 'replace',
});

export const append = (selector: string, markup: string): Command => ({
  ...html(selector, markup),
  setType: 'append',
});

export const attr = (selector: string, key: string, value: unknown): Command => ({
  type: 'attr',
  selector,
  key,
  value,
  setType: 'replace',
});

export const css = (selector: string, key: string, value: string | number): Command => ({
  type: 'css',
  selector,
  key,
  value,
});

export const call = (name: string, ...params: unknown[]): Command => ({ type: 'call', call: name, params });

export const alert = (text: string): Command => ({ type: 'alert', alert: text });

/** Text as HTML, so that what someone typed is never read as markup. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
