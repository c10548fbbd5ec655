// The text that is evaluated in a page for one `run`, and the reading of its answer.

import type { PageFunction } from './browser.ts';

/**
 * An expression that gives a promise for the outcome, as JSON. The arguments become part of the text,
 * so that every driver needs no more than "evaluate this".
 */
export function pageCode(code: PageFunction | string, values: unknown[]): string {
  const list = values.map((value) => (value === undefined ? 'undefined' : JSON.stringify(value))).join(', ');
  // Compilers wrap functions in `__name(…)` calls to keep their names; the page has no such function.
  return `(async () => {
    try {
      const __name = (target) => target;
      const target = (${String(code)});
      const value = await (typeof target === 'function' ? target(${list}) : target);
      return JSON.stringify({ value });
    } catch (error) {
      const { name = 'Error', message = String(error), stack = '' } = Object(error);
      return JSON.stringify({ thrown: { name, message, stack } });
    }
  })()`;
}

interface Outcome {
  value?: unknown;
  thrown?: { name: string; message: string; stack: string };
}

/** The value a page answered, or the throw of what it threw. */
export function readOutcome(answer: unknown): unknown {
  const { value, thrown } = JSON.parse(String(answer)) as Outcome;
  if (thrown) throw pageError(thrown);
  return value;
}

function pageError({ name, message, stack }: { name: string; message: string; stack: string }): Error {
  const error = new Error(message);
  error.name = name;
  error.stack = `${name}: ${message}\n    in the page:\n${stack}`;
  return error;
}
