// The controls: how tests and pages steer the server over HTTP.
//
//   PUT    /scripts/NAME          JSON Step[][]: what each connection to /scripted/NAME sees; starts its log anew
//   GET    /scripts/NAME/log      JSON ConnectionRecord[]
//   DELETE /scripts/NAME
//   GET    /requests[?key=K]      JSON KeyReport of that key, or of all by key; DELETE forgets. A key is a path unless a
//                                 request carries `key=`
//   POST   /publish?channel=C     JSON {event?, data, id?}, or a form or text, which becomes the data; answers {id}
//   POST   /hurt?key=K            JSON {do, for?}: the wishes of hurting.ts, and after how many milliseconds it heals

import type { Channel } from './channels.ts';
import type { ReceivedRequest } from './exchange.ts';
import { isWish, type Hurting } from './hurting.ts';
import type { Ledger } from './ledger.ts';
import { readBody } from './request-body.ts';
import type { Scripts, Step } from './script.ts';

export interface Reply {
  readonly status: number;
  readonly json?: unknown;
}

export interface Controlled {
  readonly channels: (name: string) => Channel;
  readonly scripts: Scripts;
  readonly ledger: Ledger;
  readonly hurting: Hurting;
}

type Control = (request: ReceivedRequest, parts: Controlled) => Reply | Promise<Reply>;

const CONTROLS: Readonly<Record<string, Control>> = {
  'PUT scripts': setScript,
  'GET scripts': readLog,
  'DELETE scripts': removeScript,
  'GET requests': report,
  'DELETE requests': forget,
  'POST publish': publish,
  'POST hurt': hurt,
};

const NOTHING: Reply = { status: 204 };

/** Answers a control request; `undefined` when it is none. */
export async function control(request: ReceivedRequest, parts: Controlled): Promise<Reply | undefined> {
  const name = `${request.method} ${segment(request, 1)}`;
  return Object.hasOwn(CONTROLS, name) ? CONTROLS[name]?.(request, parts) : undefined;
}

/** The key under which the connections to a script are logged. */
export function scriptKey(name: string): string {
  return `/scripted/${name}`;
}

function setScript(request: ReceivedRequest, { scripts, ledger }: Controlled): Reply {
  const steps = parsed(request.body);
  if (!isScript(steps)) return refusal('PUT a JSON array with one array of steps per connection.');
  const name = segment(request, 2);
  scripts.set(name, steps);
  ledger.forget(scriptKey(name));
  return NOTHING;
}

function readLog(request: ReceivedRequest, { ledger }: Controlled): Reply {
  if (segment(request, 3) !== 'log') return refusal('The log of a script is at /scripts/NAME/log.');
  return { status: 200, json: ledger.report(scriptKey(segment(request, 2))).records };
}

function removeScript(request: ReceivedRequest, { scripts, ledger }: Controlled): Reply {
  scripts.remove(segment(request, 2));
  ledger.forget(scriptKey(segment(request, 2)));
  return NOTHING;
}

function report({ url }: ReceivedRequest, { ledger }: Controlled): Reply {
  const key = url.searchParams.get('key');
  const all = () => Object.fromEntries(ledger.keys().map((name) => [name, ledger.report(name)]));
  return { status: 200, json: key === null ? all() : ledger.report(key) };
}

function forget({ url }: ReceivedRequest, { ledger }: Controlled): Reply {
  const key = url.searchParams.get('key');
  for (const name of key === null ? ledger.keys() : [key]) ledger.forget(name);
  return NOTHING;
}

async function publish(request: ReceivedRequest, { channels }: Controlled): Promise<Reply> {
  const body = await readBody(request);
  const channel = channels(request.url.searchParams.get('channel') ?? 'default');
  const { id } = channel.publish(isMessage(body) ? body : { data: body });
  return { status: 200, json: { id } };
}

async function hurt(request: ReceivedRequest, { hurting }: Controlled): Promise<Reply> {
  const key = request.url.searchParams.get('key');
  const { do: wish, for: duration } = ((await readBody(request)) ?? {}) as { do?: unknown; for?: unknown };
  if (key === null || !isWish(wish))
    return refusal(
      'POST {"do": "drop" | "hang" | "hold" | "buffer" | "502" | "offline" | "mute" | "ok"} with ?key=.',
    );
  hurting.apply(key, wish, typeof duration === 'number' ? duration : undefined);
  return NOTHING;
}

function refusal(error: string): Reply {
  return { status: 400, json: { error } };
}

/** The n-th part of the path, counted from 1, decoded. */
function segment({ url }: ReceivedRequest, position: number): string {
  return decodeURIComponent(url.pathname.split('/')[position] ?? '');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined; // refused by the check that follows
  }
}

function isScript(value: unknown): value is Step[][] {
  return Array.isArray(value) && value.length > 0 && value.every((steps) => Array.isArray(steps));
}

function isMessage(value: unknown): value is { event?: string; data: unknown; id?: string } {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'data')) return false;
  const { event, id } = value as { event?: unknown; id?: unknown };
  return [event, id].every((field) => field === undefined || typeof field === 'string');
}
