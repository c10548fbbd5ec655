// The same as a script file, which is one file: what `index.ts` loads when it is needed is there from the beginning.

import { allParts, composeClient, eventStream, json, jsonLines, scriptTags, text } from './index.ts';
import { ladder } from './transports/index.ts';

// In the place of the two that come from there.
export const { subscribe, request } = composeClient({
  transports: ladder,
  formats: [eventStream, jsonLines, json, scriptTags, text],
  parts: allParts,
});

export * from './index.ts';
