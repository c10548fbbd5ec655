// The `script-tags` format: messages as the arguments of calls, in the script blocks of streamed HTML.

import type { Format } from './format.ts';
import { createScriptCallDecoder } from './script-calls.ts';
import { createGiveValue } from './value-message.ts';

/** The function our own server calls. As it is the default, it names no event. */
const DEFAULT_CALLBACK = 'enckeReceive';

/** HTML with scripts that call a function: each call is a message. */
export const scriptTags: Format = {
  name: 'script-tags',
  mediaTypes: ['text/html', 'application/xhtml+xml'],
  onlyWhenAsked: true,
  decoder(sink, options) {
    const give = createGiveValue(sink, options);
    return createScriptCallDecoder(sink, options, (name, values) => {
      give(values.length > 1 ? values : values[0], name === DEFAULT_CALLBACK ? 'message' : name);
    });
  },
};
