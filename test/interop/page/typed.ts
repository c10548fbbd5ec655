// The typed client in a page of its own, as the global `typed`.

import { commandQueue } from '../../../src/commands/command-queue.ts';
import { sijax } from '../../../src/sijax/client/sijax.ts';
import type { CallOptions, SijaxCall } from '../../../src/sijax/client/sijax-options.ts';
import { fetchStream, htmlFile, iframe, xhrStream } from '../../../src/transports/index.ts';
import type { Transport } from '../../../src/transports/transport.ts';
import { lastEnd, pause, until, untilEnded } from './waiting.ts';
import { errors } from './watch.ts';

const TRANSPORTS = { fetchStream, xhrStream, htmlFile, iframe } satisfies Record<string, Transport>;
export type TransportName = keyof typeof TRANSPORTS;

/** How a call ended. */
export interface EndFacts {
  readonly reason: string;
  readonly truncated: boolean;
  readonly error: string;
}

export interface HelloFacts {
  readonly alerts: readonly string[];
  readonly color: string;
}

export async function hello(): Promise<HelloFacts> {
  const alerts: string[] = [];
  const app = sijax('/sijax', { commands: { alert: (text) => void alerts.push(text) } });
  await app.request('say_hello', ['John', 'Greg']);
  const link = document.querySelector('a');
  return { alerts, color: link ? getComputedStyle(link).color : '' };
}

export interface CometFacts {
  /** The widths of the progress bar, as the call gave them. */
  readonly widths: readonly unknown[];
  /** What the progress bar shows in the end. */
  readonly shown: string;
  /** What the server said of its function when the first came. */
  readonly endAtFirst: string;
  readonly end: EndFacts;
}

/** Loops over the lists of commands, which are carried out as well. */
export async function comet(name: TransportName, pause: number): Promise<CometFacts> {
  const app = sijax('/');
  const call = app.comet('do_work', [pause], over(name));
  const widths: unknown[] = [];
  let endAtFirst: Promise<string> | undefined;
  for await (const { data } of call) {
    widths.push(data.find(({ type }) => type === 'css')?.['value']);
    endAtFirst ??= lastEnd();
  }
  const end = await endOf(call);
  await app.commands.done;
  return { widths, shown: text('progress'), endAtFirst: (await endAtFirst) ?? '', end };
}

export interface AbortFacts {
  /** Whether anything came before. */
  readonly began: boolean;
  /** How many commands were carried out afterwards. */
  readonly after: number;
  readonly end: EndFacts;
  /** Milliseconds until the server's function was ended. */
  readonly serverEnded: number;
}

/** Closes a call of what never ends. */
export async function abort(name: TransportName): Promise<AbortFacts> {
  const call = sijax('/').comet('beat', [0.05], over(name));
  const before = text('beats').length;
  await until(() => text('beats').length > before + 2);
  call.close();
  const closed = performance.now();
  const beats = text('beats').length;
  const end = await endOf(call);
  await untilEnded();
  const serverEnded = performance.now() - closed;
  await pause(100);
  return { began: beats > before, after: text('beats').length - beats, end, serverEnded };
}

export interface OverlapFacts {
  readonly first: string;
  readonly second: string;
  /** Whether they came in turns. */
  readonly inTurns: boolean;
}

/** Two calls at the same time. */
export async function overlap(name: TransportName): Promise<OverlapFacts> {
  const order: string[] = [];
  const commands = commandQueue({ afterApply: ({ selector }) => void order.push(String(selector)) });
  const app = sijax('/', { commands });
  for (const id of ['first', 'second']) element(id).textContent = '';
  const calls = ['first', 'second'].map((id) => app.comet('count', [id, 5, 0.1], over(name)));
  await Promise.all(calls.map(endOf));
  const inTurns = order.indexOf('#second') < order.lastIndexOf('#first');
  return { first: text('first').trim(), second: text('second').trim(), inTurns };
}

/** What a server may say, and what comes of it. */
export async function say(words: string): Promise<string> {
  await sijax('/').comet('say', [words]);
  return text('said');
}

export interface UploadFacts {
  readonly response: string;
  readonly progress: readonly number[];
  readonly end: EndFacts;
}

/** Sends the form with a file of so many bytes. */
export async function upload(size: number): Promise<UploadFacts> {
  const form = element('formOne') as HTMLFormElement;
  const transfer = new DataTransfer();
  transfer.items.add(new File([new Uint8Array(size)], 'zeros.bin', { type: 'application/octet-stream' }));
  (form.elements.namedItem('file') as HTMLInputElement).files = transfer.files;
  const progress: number[] = [];
  const onUploadProgress = ({ loaded }: { loaded: number }): void => void progress.push(loaded);
  const call = sijax('/').upload(form, { transports: [xhrStream], onUploadProgress });
  const end = await endOf(call);
  return { response: text('formOneResponse'), progress, end };
}

/** What went wrong in the page without anybody catching it. */
export function uncaught(): readonly string[] {
  return errors;
}

function over(name: TransportName): CallOptions {
  return { transports: [TRANSPORTS[name]] };
}

async function endOf(call: SijaxCall): Promise<EndFacts> {
  const { reason, truncated = false, error } = await call.closed;
  return { reason, truncated, error: error ? String(error) : '' };
}

function text(id: string): string {
  return element(id).textContent;
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`No #${id} here`);
  return found;
}
