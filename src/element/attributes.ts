// The attributes of `<encke-stream>`, as options of `subscribe`.

import { DEFAULTS, type SubscribeOptions } from '../options.ts';
import { refuse } from '../parts/check/refuse.ts';
import type { Transport } from '../transports/transport.ts';

/** Options that are attributes: those with a value for their default, and these. */
const optionNames = (): string[] => [...Object.keys(DEFAULTS), 'endOn', 'resume'];

/** Every attribute that a stream is made of. */
export function attributeNames(): string[] {
  return [...optionNames().map(hyphened), 'events', 'sanitize', 'src', 'transports', 'with-credentials'];
}

/** @throws EnckeError `invalid-option` */
export function optionsOf(element: Element, known: readonly Transport[]): SubscribeOptions {
  const options: Record<string, unknown> = {};
  for (const option of optionNames()) {
    const text = element.getAttribute(hyphened(option));
    if (text !== null) options[option] = valueOf(text, option);
  }
  const transports = element.getAttribute('transports');
  if (transports !== null) {
    options['transports'] = wordsOf(transports).map(
      (word) => known.find(({ name }) => name === word) ?? refuse(`There is no transport ${word}.`),
    );
  }
  if (element.hasAttribute('with-credentials')) options['credentials'] = 'include';
  return options;
}

/** A list as HTML writes it, for example in `class`. */
export function wordsOf(text: string): string[] {
  return text.match(/\S+/g) ?? [];
}

/** An option's name as HTML writes names. */
function hyphened(option: string): string {
  return option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function valueOf(text: string, option: string): unknown {
  if (typeof DEFAULTS[option as keyof typeof DEFAULTS] !== 'number') return text !== 'false' && text;
  const number = parseFloat(text);
  return number >= 0 ? number : refuse(`${option} must be a number, at least 0.`);
}
