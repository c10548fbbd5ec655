// Scripted connections: a test says what each connection sees, byte for byte.

import type { Exchange } from './exchange.ts';
import type { CutKind } from './wire.ts';

/**
 * One step of a connection. The head goes out with the first `head` step, or by itself before the first `send`
 * or the end: a connection that begins with `hang` or `cut` never gets one.
 */
export type Step =
  | { head: { status?: number; headers?: Record<string, string> } } // default 200 text/event-stream, no-store
  | { send: string } // UTF-8 text
  | { sendBase64: string } // raw bytes
  | { wait: number } // milliseconds
  | { hang: true } // nothing more, socket stays open
  | { end: true } // clean end (implied at the end of the list)
  | { cut: true | CutKind }; // destroy the socket; true means 'fin'

const DEFAULT_HEADERS = { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' };

export interface Scripts {
  set(name: string, connections: Step[][]): void;
  remove(name: string): void;
  /** The steps of the connection with this number (from 0), or `undefined` when there is no such script. */
  steps(name: string, connection: number): Step[] | undefined;
}

export function createScripts(): Scripts {
  const scripts = new Map<string, Step[][]>();
  return {
    set: (name, connections) => void scripts.set(name, connections),
    remove: (name) => void scripts.delete(name),
    steps(name, connection) {
      const connections = scripts.get(name);
      return connections && (connections[Math.min(connection, connections.length - 1)] ?? []);
    },
  };
}

export async function play(steps: readonly Step[], { wire }: Exchange): Promise<void> {
  for (const step of steps) {
    if (wire.closed || 'hang' in step) return;
    if ('wait' in step) await wire.pause(step.wait);
    else if ('cut' in step) return wire.cut(step.cut === true ? 'fin' : step.cut);
    else if ('head' in step) sendHead(step.head);
    else if ('end' in step) break;
    else await send('send' in step ? step.send : Buffer.from(step.sendBase64, 'base64'));
  }
  if (wire.status === undefined) sendHead({});
  wire.end();

  function sendHead(head: { status?: number; headers?: Record<string, string> }): void {
    wire.head(head.status ?? 200, { ...DEFAULT_HEADERS, ...canonical(head.headers ?? {}) });
  }

  async function send(chunk: string | Uint8Array): Promise<void> {
    if (wire.status === undefined) sendHead({});
    await wire.write(chunk);
  }
}

/** `content-type` must replace `Content-Type`, not stand beside it. */
function canonical(headers: Record<string, string>): Record<string, string> {
  const upper = (name: string) => name.toLowerCase().replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [upper(name), value]));
}
