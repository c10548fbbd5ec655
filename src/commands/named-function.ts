// The `call` command: a function of the page by its name.

import { EnckeError } from '../ground/errors.ts';
import type { Verb } from './command.ts';
import { nameOf } from './complaint.ts';

/** A dotted name leads from object to object; the last one before the function is its `this`. */
export const call: Verb = ({ call: value, params }, { functions }) => {
  const name = nameOf(value, 'call');
  let owner: unknown;
  let found: unknown = functions;
  for (const key of name.split('.')) {
    owner = found;
    // Of its own: what every object inherits was registered by nobody.
    found = Object.hasOwn(Object(owner) as object, key) ? (owner as Record<string, unknown>)[key] : undefined;
  }
  if (typeof found === 'function')
    return Reflect.apply(found, owner, Array.isArray(params) ? params : []) as Promise<void>;
  throw new EnckeError('refused', `The option "functions" has no function ${name}.`);
};
