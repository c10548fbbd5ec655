// The contract between a format and what feeds it.

import type { EnckeError } from '../ground/errors.ts';
import type { Message } from '../ground/message.ts';

/**
 * Turns the text of one response into messages.
 *
 * Law 1: where the text is cut into chunks changes nothing but the moment of delivery.
 *        (The `text` format is the exception it exists for: there a chunk is the message.)
 * Law 2: a message that cannot be read is reported once through `problem` and costs only itself.
 * Law 3: a message longer than `maxMessageSize` is reported once and dropped; no more of it is kept in memory than that.
 * Law 4: `feed` and `end` never throw for anything the wire can say.
 * Law 5: an id is announced by `sink.id` before the message that carries it, and also where it comes without one.
 * Law 6: the cost per character does not grow with the number of chunks.
 */
export interface Decoder {
  /** Takes the next piece of text. */
  feed(chunk: string): void;
  /** The body ended as its server meant it to (never called after a cut): gives what is still due. */
  end(): void;
  /** Whether nothing is half read, so that a body that broke off here has lost no part of a message. Absent: not told. */
  isWhole?(): boolean;
}

/** Where a decoder's results go. */
export interface DecoderSink {
  /** A message is complete. */
  message(message: Message): void;
  /** The last event id is now this one; `''` clears it. Called only for ids the text itself states. */
  id(id: string): void;
  /** The server asks for this reconnection time, in milliseconds. */
  retry(milliseconds: number): void;
  /** Something in the text could not be read. The stream goes on. */
  problem(error: EnckeError): void;
  /** Nobody can read this response, whatever may follow: it is given up. */
  failed(error: EnckeError): void;
}

/** What a decoder is told. */
export interface DecoderOptions {
  /** Longest message, in characters (UTF-16 code units). */
  readonly maxMessageSize: number;
  /** The id that messages carry until the text states one. */
  readonly lastEventId: string;
  /**
   * Whether a clean end completes a message that lacks its terminator.
   * True for one exchange; false for a subscription, where an event stream drops it as the spec says.
   */
  readonly flush: boolean;
  /** How the last event id travels; where it says `plain`, what looks like an envelope is data. */
  readonly cursor?: string | { readonly plain?: boolean | undefined };
  /** The event of a message that names none; only event streams ask. @defaultValue `'message'` */
  readonly unnamed?: string;
}

/** How the text of a response becomes messages. */
export interface Format {
  readonly name: string;
  /** Media types that choose this format, lower case, without parameters. The first is asked for in `Accept`. */
  readonly mediaTypes: readonly string[];
  /**
   * Whether a response is read so only where the transport asks for just this type, or the caller names the format.
   * HTML is also what login and error pages are: whoever did not ask for it must not take one for a stream.
   */
  readonly onlyWhenAsked?: boolean;
  /** Makes a decoder for one response. */
  decoder(sink: DecoderSink, options: DecoderOptions): Decoder;
}
