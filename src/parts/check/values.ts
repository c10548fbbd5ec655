// The values that options may have.

import { inWords } from '../../ground/errors.ts';
import { DEFAULTS, resolveOptions, type ResolvedOptions } from '../../options.ts';
import { refuse } from './refuse.ts';

/** What a call in a script of a frame may name. */
const DOTTED_NAME = /^[\w$][\w$.]{0,99}$/;

/** Shortest time between two polls, in milliseconds. */
export const MIN_POLL_INTERVAL = 1_000;

/** What is called: handlers, and these. */
const FUNCTION = /^(?:on[A-Z].*|fetch|parse|retry|until)$/;

/** What is compared or sent as it stands. */
const TEXT = /^(?:method|endOn|lastEventId|lastEventIdParam|transportParam)$/;

/** What has this method or field, and how the caller knows it. */
const MADE: Readonly<Record<string, readonly [member: string, what: string]>> = {
  commands: ['push', 'a command queue'],
  format: ['decoder', 'a format such as eventStream'],
  signal: ['aborted', 'an AbortSignal'],
};

/** @throws EnckeError `invalid-option` */
export function refuseValues(options: object): void {
  refuseTypes(options);
  const resolved = resolveOptions(options);
  if (/^(GET|HEAD)$/.test(resolved.method) && resolved.body !== undefined) {
    refuse(`A ${resolved.method} request has no body. Use POST.`);
  }
  refuseUnsendable(resolved);
  const names = [resolved.callback].flat();
  if (!names.every((name) => DOTTED_NAME.test(name)) || /[\0\r\n]/.test(resolved.lastEventId)) {
    refuse('callback must be a dotted name, lastEventId a single line.');
  }
  const { share, resume, transports = [] } = resolved;
  const isNamed = (value: unknown, by: string): boolean =>
    typeof (value as Record<string, unknown> | null | undefined)?.[by] === 'string';
  if (!isNamed(share, 'tabs') && ![false, 'start', 'page', 'tabs'].includes(share as string)) {
    refuse("share must be 'start', 'page', 'tabs', { tabs: NAME } or false.");
  }
  if (!isNamed(resume, 'session') && ![undefined, 'session'].includes(resume as string)) {
    refuse("resume must be 'session' or { session: NAME }.");
  }
  if (!['drop', 'deliver'].includes(resolved.replays)) {
    refuse("replays must be 'drop' or 'deliver'.");
  }
  refuseList('transports', transports, 'open', 'longPoll');
  for (const [name, value] of Object.entries(DEFAULTS)) {
    const least = name === 'pollInterval' ? MIN_POLL_INTERVAL : 0;
    const wanted: unknown = resolved[name as keyof typeof DEFAULTS];
    // Written so that NaN and text fail, too.
    if (typeof value !== 'number' || (typeof wanted === 'number' && wanted >= least)) continue;
    refuse(`${name} must be a number, at least ${least}.`);
  }
}

/** @param member what each of the list has */
export function refuseList(name: string, list: unknown, member: string, one: string): void {
  if (Array.isArray(list) && list.every((item) => member in (Object(item) as object))) return;
  refuse(`${name} must be a list of ${name}, [${one}] for one.`);
}

/** A page has no compiler: what is of another type would fail at each message or attempt, or do nothing. */
function refuseTypes(options: object): void {
  for (const [name, value] of Object.entries(options) as [string, unknown][]) {
    const [member, what = ''] = MADE[name] ?? [];
    // As in `fetch`, a signal of `null` is none.
    if (value === undefined || (value === null && name === 'signal')) continue;
    if (FUNCTION.test(name)) need(name, typeof value === 'function', 'a function');
    if (TEXT.test(name)) need(name, typeof value === 'string', 'a string');
    if (name === 'on') need(name, hasFunctions(value), 'an object of functions');
    if (member) need(name, member in (Object(value) as object), what);
  }
}

function hasFunctions(value: unknown): boolean {
  const handlers: unknown[] = Object.values(value ?? {});
  return typeof value === 'object' && handlers.every((one) => one === undefined || typeof one === 'function');
}

function need(name: string, isRight: boolean, what: string): void {
  if (!isRight) refuse(`${name} must be ${what}.`);
}

/** What the browser would refuse to send: it says so as it does of a server that is down. Headers of a function are not known yet. */
function refuseUnsendable({ method, headers, credentials }: ResolvedOptions): void {
  // The jsdom of Jest has none.
  if (typeof Request !== 'function') return;
  try {
    new Request('https://localhost', {
      method,
      credentials,
      headers: typeof headers === 'function' || headers === undefined ? [] : headers,
    });
  } catch (cause) {
    refuse(inWords(cause), cause);
  }
}
