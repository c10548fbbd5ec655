// The script file `encke.min.js`: the public face, and the tag `<encke-stream>`, which needs no code of the page's.

import { nativeSanitizer, subscribe } from '../index-script.ts';
import { ladder } from '../transports/index.ts';
import { wordsOf } from './attributes.ts';
import { defineEnckeStream } from './element.ts';

export * from '../index-script.ts';

const { document } = globalThis as Partial<typeof globalThis>;

/** What the tag was made with. A page may add functions, verbs, sanitizers and origins. */
export const streamOptions = {
  subscribe,
  transports: ladder,
  functions: {},
  sanitizers: { native: nativeSanitizer },
  // Of the script's own tag.
  origins: wordsOf(document?.currentScript?.dataset['origins'] ?? ''),
};

defineEnckeStream(streamOptions);
