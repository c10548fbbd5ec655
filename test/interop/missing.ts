// What a test does about a Python that is not there.

import type { TestContext } from 'vitest';
import type { FoundPython, Python } from './python.ts';

/** The current Python is promised where all is promised; one as old as 3.6 is a matter of luck anywhere. */
export function pythonOrSkip(found: FoundPython, context: TestContext): Python {
  if (!('missing' in found)) return found;
  if (process.env['CI'] && found.name === 'Python 3.11 or later') throw new Error(found.missing);
  context.skip(found.missing);
}
