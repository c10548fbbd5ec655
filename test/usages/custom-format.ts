// A format of one's own.

import {
  allParts,
  createClient,
  fetchStream,
  type Decoder,
  type DecoderOptions,
  type DecoderSink,
  type Format,
} from 'encke';

const lines: Format = {
  name: 'lines',
  mediaTypes: ['text/x-lines'],
  decoder(sink: DecoderSink, { maxMessageSize }: DecoderOptions): Decoder {
    let rest = '';
    return {
      feed(text) {
        const parts = (rest + text).split('\n');
        rest = parts.pop() ?? '';
        for (const data of parts)
          if (data.length <= maxMessageSize) sink.message({ event: 'message', data, id: '' });
      },
      end: () => undefined,
    };
  },
};

const client = createClient({ transports: [fetchStream], formats: [lines] });
client.subscribe<{ message: string }>('/lines', { onMessage: ({ data }) => data.trim() });
client.subscribe('/lines', { format: lines });
