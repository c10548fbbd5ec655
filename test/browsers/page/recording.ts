// One subscription over one technique, and everything it says, in order.

import type { Closed, EnckeError, Message, SubscribeOptions, Subscription } from '../../../src/index.ts';
import { encke, transportNamed } from './encke.ts';

/** Milliseconds a journey waits for anything before it gives up and tells what it has seen. */
const PATIENCE = 15_000;

/** Names a native EventSource must be told of to hear them. */
const NAMED_EVENTS = { done: heard, echo: heard };

/** An error as it leaves the page. */
export interface ErrorFacts {
  readonly code: string;
  readonly message: string;
  readonly status?: number;
  /** Code of the error underneath. */
  readonly cause?: string;
}

export interface Recording {
  readonly connection: Subscription;
  readonly messages: readonly Message[];
  readonly errors: readonly ErrorFacts[];
  /** `from > to` for every change of transport. */
  readonly changes: readonly string[];
  /** How many times any handler has been called. */
  readonly calls: number;
  /** Resolves when the condition holds, asked after every handler call. */
  until(what: string, holds: () => boolean): Promise<void>;
  closed(): Promise<Closed>;
}

export function record(url: string, technique: string, options: SubscribeOptions = {}): Recording {
  const messages: Message[] = [];
  const errors: ErrorFacts[] = [];
  const changes: string[] = [];
  const waiting = new Set<() => void>(); // who looks again after every call
  let calls = 0;

  const connection = encke.subscribe(url, {
    transports: [transportNamed(technique)],
    retryDelay: 0,
    pollInterval: 1_000,
    on: NAMED_EVENTS,
    ...options,
    onMessage(message) {
      messages.push(message);
      options.onMessage?.(message);
      called();
    },
    onError(error) {
      errors.push(factsOf(error));
      called();
    },
    onState: called,
    onTransport({ from, to }) {
      if (from !== undefined) changes.push(`${from} > ${to}`);
      called();
    },
  });

  return {
    connection,
    messages,
    errors,
    changes,
    get calls() {
      return calls;
    },
    until,
    closed: () => patiently('the end', connection.closed),
  };

  function called(): void {
    calls += 1;
    for (const look of waiting) look();
  }

  function until(what: string, holds: () => boolean): Promise<void> {
    const held = new Promise<void>((resolve) => {
      const look = (): void => {
        if (!holds()) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
    return patiently(what, held);
  }

  async function patiently<Value>(what: string, promise: Promise<Value>): Promise<Value> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new Error(`No ${what} in ${PATIENCE} ms. ${JSON.stringify(progress())}`));
        connection.close();
      }, PATIENCE);
    });
    try {
      return await Promise.race([promise, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  function progress(): unknown {
    const { state } = connection;
    return {
      technique,
      url,
      state,
      messages: messages.length,
      last: messages.at(-1)?.id,
      errors: errors.slice(-5),
    };
  }
}

/** Codes, in the order they came. */
export function codes(recording: Recording): string[] {
  return recording.errors.map(({ code }) => code);
}

function factsOf({ code, message, status, cause }: EnckeError): ErrorFacts {
  return {
    code,
    message,
    ...(status !== undefined && { status }),
    ...(cause instanceof encke.EnckeError && { cause: cause.code }),
  };
}

function heard(): void {
  // onMessage takes them all.
}
