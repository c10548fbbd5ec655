// The arguments of a call in a script, read as JSON.

import { parseJson } from './parse-json.ts';

/** Words that JavaScript has and JSON has not; the first alternative passes over strings, where they are text. */
const NOT_IN_JSON = /"[^"\\]*(?:\\[^][^"\\]*)*"|-?\b(?:NaN|Infinity|undefined)\b/g;

/** A literal begins like this. What begins otherwise is a variable, a function, the head of a loop. */
const LITERAL = /^\s*(?:["'[{\d-]|(?:true|false|null|undefined|NaN|Infinity)\b)/;

/** `undefined` when they are not JSON. `NaN`, `Infinity` and `undefined`, which some servers write, become `null`. */
export function parseArguments(text: string): unknown[] | undefined {
  const list = `[${text}]`;
  const values = parseJson(list) ?? parseJson(list.replace(NOT_IN_JSON, nullForWord));
  return Array.isArray(values) ? values : undefined;
}

/** Tells a call that was meant as a message from the other code of a page. */
export function areMeantAsJson(text: string): boolean {
  return LITERAL.test(text);
}

function nullForWord(match: string): string {
  return match.startsWith('"') ? match : 'null';
}
