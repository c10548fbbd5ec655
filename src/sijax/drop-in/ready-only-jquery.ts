// Stands in for jQuery in pages without one: servers write `jQuery(function)` into them, to run at DOM ready.

import { EnckeError } from '../../ground/errors.ts';

interface Place {
  jQuery?: unknown;
  $?: unknown;
}

/** A real jQuery that is loaded later takes its place. */
export function installReady(place: Place = globalThis as Place): void {
  if (place.jQuery) return;
  // Others look there for what they could use, or put their plugins there.
  place.jQuery = Object.assign(ready, { fn: {} });
  place.$ ??= place.jQuery;
}

function ready(start: unknown): void {
  if (!isFunction(start))
    throw new EnckeError(
      'unusable',
      'This page has no jQuery, only jQuery(function) for DOM ready. Load jQuery.',
    );
  if (document.readyState === 'loading') addEventListener('DOMContentLoaded', () => start());
  else setTimeout(start);
}

function isFunction(value: unknown): value is () => void {
  return typeof value === 'function';
}
