// What a test does about a browser that is not there.

import type { TestContext } from 'vitest';
import type { Found } from './drivers.ts';

/** On a developer's machine a missing browser is worth a line; where all three are promised it is a failure. */
export function skipIfMissing(found: Found, context: TestContext): void {
  if (!('missing' in found)) return;
  if (process.env['CI']) throw new Error(found.missing);
  context.skip(found.missing);
}
