// A transport of one's own.

import {
  allParts,
  createClient,
  eventStream,
  EnckeError,
  type Demand,
  type Sink,
  type Stop,
  type Transport,
  type TransportRequest,
} from 'encke';

declare function openChannel(url: string, heard: (text: string) => void): { close(): void };

const channel: Transport = {
  name: 'channel',
  rhythm: 'stream',
  sendsHeaders: false,
  namesItself: false,
  tellsCuts: false,
  showsLife: true,
  refuses({ method }: Demand): string | undefined {
    return method === 'GET' ? undefined : 'A channel can only listen.';
  },
  open({ url }: TransportRequest, sink: Sink): Stop {
    try {
      const opened = openChannel(url, (text) => sink.text(text));
      sink.opened({ status: 200, url, headers: new Headers({ 'content-type': 'text/event-stream' }) });
      return () => opened.close();
    } catch (cause) {
      sink.ended({
        how: 'unusable',
        sent: false,
        error: new EnckeError('unusable', 'No channel here.', { cause }),
      });
      return () => undefined;
    }
  },
};

export const { subscribe, request } = createClient({
  transports: [channel],
  formats: [eventStream],
});
