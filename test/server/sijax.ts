// POST /sijax: functions that a page calls by name, as those of a Sijax backend, and that answer with commands.
//
// Fields: sijax_rq (the function's name), sijax_args (its arguments, a JSON array), and those of a form.
// A function that returns a list of commands is answered with that list, a JSON array. One that yields lists is answered
// with a page of script tags, each list as soon as it is yielded; it ends when the client leaves.

import type { Endpoint, Exchange } from './exchange.ts';
import { answer } from './odd-pages.ts';
import { readForm } from './request-body.ts';
import { RENDER_THRESHOLD, scriptSafe } from './writers.ts';

export type Commands = readonly object[];

/** One call, as the function sees it. */
export interface ServerCall {
  readonly values: readonly unknown[];
  readonly form: FormData;
  /** Resolves after this many milliseconds, or earlier when the client leaves. */
  pause(milliseconds: number): Promise<void>;
}

export type ServerFunction = (call: ServerCall) => Commands | Promise<Commands> | AsyncIterable<Commands>;

/** @param functions looked up at each call */
export function createSijax(functions: ReadonlyMap<string, ServerFunction>): Endpoint {
  return async (exchange) => {
    const { request, wire } = exchange;
    const form = await readForm(request).catch(() => new FormData());
    const name = textIn(form, 'sijax_rq');
    const found = functions.get(name);
    if (!found) return answerWhole(exchange, unknownFunction(name));
    const result = found({ values: readValues(textIn(form, 'sijax_args')), form, pause: wire.pause });
    if (Symbol.asyncIterator in result) return stream(exchange, result);
    answerWhole(exchange, await result);
  };
}

async function stream({ wire }: Exchange, lists: AsyncIterable<Commands>): Promise<void> {
  wire.head(200, { 'Content-Type': HTML, 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
  void wire.write(`<!DOCTYPE html><meta charset="utf-8"><!--${' '.repeat(RENDER_THRESHOLD)}-->\n`);
  for await (const commands of lists) {
    // Leaving the loop ends the function, too.
    if (wire.closed) return;
    const call = `window.parent.Sijax.processCommands(${scriptSafe(JSON.stringify(commands))});`;
    await wire.write(`<script>${call}</script>\n`);
  }
  wire.end();
}

/** Named HTML, as Sijax does. */
const HTML = 'text/html; charset=utf-8';

function answerWhole({ wire }: Exchange, commands: Commands): void {
  answer(wire, 200, HTML, JSON.stringify(commands));
}

function textIn(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

function readValues(text: string): unknown[] {
  try {
    const values: unknown = JSON.parse(text);
    return Array.isArray(values) ? values : [];
  } catch {
    return []; // as Sijax has it: the function finds no arguments
  }
}

function unknownFunction(name: string): Commands {
  return [{ type: 'alert', alert: `The server has no function "${name}".` }];
}
