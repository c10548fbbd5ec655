// How Orbited's server can be listened to: five addresses of a session, each with a grammar of its own.

import { EnckeError } from '../../ground/errors.ts';
import { nothing } from '../../ground/nothing.ts';
import { eventStream } from '../../formats/event-stream.ts';
import type { Decoder, DecoderOptions, DecoderSink } from '../../formats/format.ts';
import { createScriptCallDecoder } from '../../formats/script-calls.ts';
import { fetchStream } from '../../transports/fetch-stream.ts';
import { longPoll } from '../../transports/long-poll.ts';
import { poll as polling } from '../../transports/poll.ts';
import type { Transport } from '../../transports/transport.ts';
import { malformedPacket, readPackets, type PacketReader, type PacketSink } from './packets.ts';

/** One of the ways in which an Orbited server tells a page what has come. */
export interface OrbitedTransport {
  /** As the address of the session has it. */
  readonly name: 'xhrstream' | 'htmlfile' | 'sse' | 'longpoll' | 'poll';
  /** How its bytes travel, and what the end of a response means. */
  readonly carrier: Transport;
  /** Whether the server says something at once, so that silence at the beginning says that something holds it back. */
  readonly beginsAtOnce: boolean;
  /** The longest silence in which nothing is wrong, in milliseconds; absent: the option `heartbeatTimeout`. */
  readonly patience?: number;
  readonly read: PacketReader;
}

/** A stream of packets: the fastest. The server sends 256 spaces at once, and a heartbeat every 5 seconds. */
export const xhrstream: OrbitedTransport = {
  name: 'xhrstream',
  carrier: fetchStream,
  beginsAtOnce: true,
  read: readPackets,
};

/** A stream of scripts, which are read and never run: it passes where only a page may be streamed. */
export const htmlfile: OrbitedTransport = {
  name: 'htmlfile',
  carrier: fetchStream,
  beginsAtOnce: true,
  read: readScripts,
};

/** A page is told by a page that the server does not know its session, and not by a status. */
const GONE = 'HTMLFileClose.js';

/** Where that stands at the latest, in characters. */
const HEAD = 256;

const readCalls = /* @__PURE__ */ readLists((sink, options) =>
  createScriptCallDecoder(sink, options, (name, [list]) => {
    if (name === 'e') sink.message({ event: name, data: list, id: '' });
  }),
);

function readScripts(sink: PacketSink, maxPacketSize: number): (chunk: string) => void {
  const feed = readCalls(sink, maxPacketSize);
  let head = '';
  return (chunk) => {
    head += chunk.slice(0, HEAD - head.length);
    if (head.includes(GONE)) sink.broken(new EnckeError('status', 'The session is gone.', { status: 404 }));
    feed(chunk);
  };
}

/** A stream of events. Its heartbeats are 30 seconds apart, so a stream that is held back is noticed late. */
export const sse: OrbitedTransport = {
  name: 'sse',
  carrier: fetchStream,
  beginsAtOnce: false,
  patience: 40_000,
  read: /* @__PURE__ */ readLists((sink, options) =>
    eventStream.decoder({ ...sink, message: ({ data }) => sink.message(jsonMessage(data)) }, options),
  ),
};

/** Each request is answered when there is something to say, at the latest after 30 seconds. */
export const longpoll: OrbitedTransport = {
  name: 'longpoll',
  carrier: longPoll,
  beginsAtOnce: false,
  patience: 40_000,
  read: readPackets,
};

/** The server is asked again and again, every `pollInterval`. */
export const poll: OrbitedTransport = {
  name: 'poll',
  carrier: polling,
  beginsAtOnce: false,
  patience: 15_000,
  read: readPackets,
};

/** Reads what carries packets as lists of lists: `[["3", "data", "MQ=="]]`. */
function readLists(decoder: (sink: DecoderSink, options: DecoderOptions) => Decoder): PacketReader {
  return ({ packet, broken }: PacketSink, maxPacketSize) => {
    const inner = decoder(
      {
        message({ data }) {
          if (Array.isArray(data) && data.every(Array.isArray)) data.forEach(give);
          else
            broken(
              malformedPacket("Something stands where a list of Orbited's packets should.", String(data)),
            );
        },
        problem: broken,
        failed: broken,
        // Packets carry their ids themselves.
        id: nothing,
        retry: nothing,
      },
      // Behind a link that broke, a list has all that was not confirmed.
      { maxMessageSize: Infinity, lastEventId: '', flush: false },
    );
    return (chunk) => inner.feed(chunk);

    function give(values: readonly unknown[]): void {
      const text = values.join();
      if (text.length > maxPacketSize) broken(malformedPacket('A packet is too long.', text));
      else packet(values);
    }
  };
}

function jsonMessage(data: unknown): { event: string; data: unknown; id: string } {
  const message = { event: '', data, id: '' };
  try {
    return { ...message, data: JSON.parse(String(data)) as unknown };
  } catch {
    // As text it is no list, and that is said.
    return message;
  }
}
