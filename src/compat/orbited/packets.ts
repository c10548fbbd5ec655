// What Orbited sends and is sent: packets, each a list of arguments that say their lengths.

import type { EnckeError } from '../../ground/errors.ts';
import { unreadable } from '../../ground/unreadable.ts';

/** Takes what a response brings. */
export interface PacketSink {
  /** A whole packet: its id, its name, and mostly one argument more. */
  packet(values: readonly unknown[]): void;
  /** What comes now is no packet, and it cannot be told where the next one begins. Nothing follows. */
  broken(error: EnckeError): void;
}

/** Makes what reads one response, in any cut. @param maxPacketSize in characters */
export type PacketReader = (sink: PacketSink, maxPacketSize: number) => (chunk: string) => void;

/** Whether another argument follows, the length of this one, a comma. */
const ARGUMENT = /([01])(\d{1,9}),/y;

/** The beginning of that. */
const HALF_ARGUMENT = /^(?:[01]\d{0,9})?$/;

/** The longest `ARGUMENT`, in characters. */
const LONGEST = 11;

/** Heartbeats and the padding of the beginning stand between packets. */
const FILLING = /[ x]*/y;

export const readPackets: PacketReader = (sink, maxPacketSize) => {
  let text = ''; // what has not been read
  let missing = 0; // so many characters are needed before the next argument is whole
  let values: string[] = []; // of the packet that is arriving
  let size = 0; // of that packet, in characters
  let isBroken = false;

  return (chunk) => {
    text += chunk;
    if (isBroken || text.length < missing) return;
    let at = 0;
    while ((at = readArgument(at)) >= 0);
  };

  /** Gives where the next one begins, or a negative number where there is none yet. */
  function readArgument(from: number): number {
    FILLING.lastIndex = ARGUMENT.lastIndex = from;
    if (values.length === 0 && FILLING.test(text)) ARGUMENT.lastIndex = FILLING.lastIndex;
    const begin = ARGUMENT.lastIndex;
    const [head, more, length] = ARGUMENT.exec(text) ?? [];
    if (head === undefined) {
      if (!HALF_ARGUMENT.test(text.slice(begin, begin + LONGEST))) return fail('Junk stands', begin);
      return keep(begin, 0);
    }
    const start = begin + head.length;
    const end = start + Number(length);
    if (size + end - begin > maxPacketSize) return fail('A packet that is too long begins', begin);
    if (text.length < end) return keep(begin, end - begin);
    size += end - begin;
    values.push(text.slice(start, end));
    if (more === '0') {
      const whole = values;
      values = [];
      size = 0;
      sink.packet(whole);
    }
    return end;
  }

  function keep(from: number, needed: number): number {
    text = text.slice(from);
    missing = needed;
    return -1;
  }

  function fail(what: string, at: number): number {
    isBroken = true;
    const rest = text.slice(at);
    text = '';
    sink.broken(malformedPacket(`${what} where a packet of Orbited's should.`, rest));
    return -1;
  }
};

/** A packet as text, or the packets of the client. */
export function packetText(...values: readonly (string | number)[]): string {
  const last = values.length - 1;
  return values
    .map(String)
    .map((value, place) => `${place === last ? '0' : '1'}${String(value.length)},${value}`)
    .join('');
}

export function malformedPacket(sentence: string, text: string): EnckeError {
  return unreadable('malformed', sentence, text);
}
