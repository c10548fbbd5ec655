// Streams by `fetchEventSource`, by name, and what each is told; in a page or in a worker.

import {
  fetchEventSource,
  type FetchEventSourceInit,
} from '../../../src/compat/fetch-event-source/fetch-event-source.ts';

export interface Told {
  /** `event|data|id` of each message. */
  readonly messages: readonly string[];
  /** Of the promise. */
  readonly outcome: string;
}

const streams = new Map<string, Told>();

export function follow(name: string, url: string, init: FetchEventSourceInit = {}): void {
  const messages: string[] = [];
  const tell = (outcome: string): void => void streams.set(name, { messages, outcome });
  tell('pending');
  fetchEventSource(url, {
    ...init,
    onmessage: ({ event, data, id }) => void messages.push(`${event}|${data}|${id}`),
  }).then(
    () => tell('resolved'),
    (reason: unknown) => tell(String(reason)),
  );
}

export function told(name: string): Told | undefined {
  return streams.get(name);
}

/** The first message of a stream that is read in a worker by the script at this address. */
export function inWorker(script: string, url: string): Promise<string> {
  const code = `
    importScripts(${JSON.stringify(script)});
    fetching.follow('worker', ${JSON.stringify(url)});
    setInterval(() => {
      const [message] = fetching.told('worker').messages;
      if (message) postMessage(message + ' ' + typeof document);
    }, 10);`;
  const worker = new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
  return new Promise((resolve, reject) => {
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.onmessage = ({ data }: MessageEvent<string>) => {
      worker.terminate();
      resolve(data);
    };
  });
}
