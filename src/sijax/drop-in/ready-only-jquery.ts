// Stands in for jQuery in pages without one: servers write `jQuery(function)` into them, to run at DOM ready.

import { EnckeError } from '../../ground/errors.ts';

interface Place {
  jQuery?: unknown;
  $?: unknown;
}

/** A real jQuery that is loaded later takes its place. */
export function installReady(place: Place = globalThis as Place): void {
  if (place.jQuery) return;
  place.jQuery = new Proxy(ready, { get: readMember });
  place.$ ??= place.jQuery;
}

function ready(start: unknown): void {
  if (!isFunction(start)) refuse();
  else if (document.readyState === 'loading') addEventListener('DOMContentLoaded', () => start());
  else setTimeout(start);
}

/** By `fn` others find out whether there is a jQuery; the rest they would use. */
function readMember(_: object, name: string | symbol): undefined {
  if (name !== 'fn') refuse();
}

function isFunction(value: unknown): value is () => void {
  return typeof value === 'function';
}

function refuse(): never {
  throw new EnckeError(
    'unusable',
    'This page has no jQuery, only jQuery(function) for DOM ready. Load jQuery.',
  );
}
