// How fast our event-stream decoder is beside others, on the same bytes. Runs in Node and in a page.

import type { EnckeError } from '../../src/ground/errors.ts';
import { eventStream } from '../../src/formats/event-stream.ts';
import { makeTexts, type Text } from './texts.ts';

/** The peers' entry points, given by whoever bundles this file (they are not in the main package). */
export interface Peers {
  /** eventsource-parser */
  createParser(callbacks: {
    onEvent(message: { data: string }): void;
    onId(id: string): void;
    onRetry(milliseconds: number): void;
  }): { feed(text: string): void };
  /** @microsoft/fetch-event-source */
  getLines(onLine: (line: Uint8Array, fieldLength: number) => void): (bytes: Uint8Array) => void;
  getMessages(
    onId: (id: string) => void,
    onRetry: (milliseconds: number) => void,
    onMessage: (message: { data: string }) => void,
  ): (line: Uint8Array, fieldLength: number) => void;
}

export type Contender = 'encke' | 'eventsource-parser' | 'fetch-event-source' | 'limit';

/** One text in one chunk size: the best time of each contender, in milliseconds. */
export interface Row {
  readonly text: string;
  readonly chunkSize: number;
  readonly bytes: number;
  readonly best: Record<Contender, number>;
}

export interface LongLine {
  readonly characters: number;
  readonly milliseconds: number;
}

/** One measurement, small enough to be taken in a process or page of its own. */
export interface Measurement extends ColdMeasurement {
  readonly rounds: number;
}

/** A round takes some milliseconds: long enough for a browser's coarse clock, short enough to find a quiet moment. */
const LARGE_CHUNKS = { chunkSize: 16_384, textSize: 16_000_000, rounds: 24 };
const SMALL_CHUNKS = { chunkSize: 7, textSize: 300_000, rounds: 24 };

export const MEASUREMENTS: readonly Measurement[] = [LARGE_CHUNKS, SMALL_CHUNKS].flatMap((size) =>
  [0, 1, 2, 3, 4].map((text) => ({ text, ...size })),
);

/** One short run in a page of its own, where nothing has been compiled yet: what a page has of a decoder as a rule. */
export interface ColdMeasurement {
  /** Index among the texts. */
  readonly text: number;
  readonly chunkSize: number;
  /** Least size of the text, in bytes. */
  readonly textSize: number;
}

export const COLD_MEASUREMENTS: readonly ColdMeasurement[] = [0, 1, 2, 3, 4].map((text) => ({
  text,
  chunkSize: 16_384,
  textSize: 500_000,
}));

/** How often each contender runs cold; the median counts. */
export const COLD_RUNS = 25;

/** A contender that takes most of the time runs in every n-th round only. */
const ROUNDS_BETWEEN: Partial<Record<Contender, number>> = { 'fetch-event-source': 6 };

/** What one run of a decoder has seen; keeps the work from being optimised away. */
interface Tally {
  messages: number;
  characters: number;
}

type Run = (chunks: readonly Uint8Array[], tally: Tally) => void;

export function measureDecoders(peers: Peers, measurement: Measurement): Row {
  const { chunkSize, rounds } = measurement;
  const text = makeText(measurement);
  const runs = makeRuns(peers);
  const chunks = cut(text.bytes, chunkSize);
  const best = {
    encke: Infinity,
    'eventsource-parser': Infinity,
    'fetch-event-source': Infinity,
    limit: Infinity,
  };
  for (let round = 0; round < rounds; round++) {
    for (const name of shuffled(Object.keys(runs) as Contender[])) {
      if (round % (ROUNDS_BETWEEN[name] ?? 1) !== 0) continue;
      best[name] = Math.min(best[name], timeRun(runs[name], chunks, name === 'limit' ? undefined : text));
    }
  }
  return { text: text.name, chunkSize, bytes: text.bytes.length, best };
}

/** A single run of a single contender, as a row in which only that one has a time. */
export function measureCold(peers: Peers, measurement: ColdMeasurement, name: Contender): Row {
  const text = makeText(measurement);
  const chunks = cut(text.bytes, measurement.chunkSize);
  const best = { encke: NaN, 'eventsource-parser': NaN, 'fetch-event-source': NaN, limit: NaN };
  best[name] = timeRun(makeRuns(peers)[name], chunks, name === 'limit' ? undefined : text);
  return { text: text.name, chunkSize: measurement.chunkSize, bytes: text.bytes.length, best };
}

function makeText({ text: index, textSize }: ColdMeasurement): Text {
  const text = makeTexts(textSize)[index];
  if (!text) throw new Error(`There is no text ${index}.`);
  return text;
}

/** Interleaved in changing order, so that noise and what another leaves to the garbage collector meet all alike. */
function shuffled(names: Contender[]): Contender[] {
  for (let last = names.length - 1; last > 0; last--) {
    const other = Math.floor(Math.random() * (last + 1));
    [names[last], names[other]] = [names[other] as Contender, names[last] as Contender];
  }
  return names;
}

function timeRun(run: Run, chunks: readonly Uint8Array[], text: Text | undefined): number {
  const tally: Tally = { messages: 0, characters: 0 };
  const begin = performance.now();
  run(chunks, tally);
  const duration = performance.now() - begin;
  if (text && tally.messages !== text.messages) {
    throw new Error(`${text.name}: ${tally.messages} messages instead of ${text.messages}`);
  }
  return duration;
}

function cut(bytes: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
}

function makeRuns(peers: Peers): Record<Contender, Run> {
  return {
    encke(chunks, tally) {
      const decoder = eventStream.decoder(
        {
          message(message) {
            tally.messages++;
            tally.characters += (message.data as string).length;
          },
          id(id) {
            tally.characters += id.length;
          },
          retry(milliseconds) {
            tally.characters += milliseconds;
          },
          problem: raise,
          failed: raise,
        },
        { maxMessageSize: 1_048_576, lastEventId: '', flush: false },
      );
      decodeText(chunks, decoder.feed);
    },
    'eventsource-parser'(chunks, tally) {
      const parser = peers.createParser({
        onEvent(message) {
          tally.messages++;
          tally.characters += message.data.length;
        },
        onId(id) {
          tally.characters += id.length;
        },
        onRetry(milliseconds) {
          tally.characters += milliseconds;
        },
      });
      decodeText(chunks, parser.feed);
    },
    'fetch-event-source'(chunks, tally) {
      const onChunk = peers.getLines(
        peers.getMessages(
          (id) => {
            tally.characters += id.length;
          },
          (milliseconds) => {
            tally.characters += milliseconds;
          },
          (message) => {
            tally.messages++;
            tally.characters += message.data.length;
          },
        ),
      );
      for (const chunk of chunks) onChunk(chunk);
    },
    limit(chunks, tally) {
      decodeText(chunks, (text) => {
        for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) tally.characters++;
      });
    },
  };
}

function decodeText(chunks: readonly Uint8Array[], feed: (text: string) => void): void {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  for (const chunk of chunks) feed(decoder.decode(chunk, { stream: true }));
}

/** Time to decode one `data:` line of each length in 7-character chunks. */
export function measureLongLines(lengths: readonly number[]): LongLine[] {
  return lengths.map((characters) => ({
    characters,
    milliseconds: Math.min(...Array.from({ length: 5 }, () => timeLongLine(characters))),
  }));
}

function timeLongLine(characters: number): number {
  let received = 0;
  const decoder = eventStream.decoder(
    {
      message(message) {
        received += (message.data as string).length;
      },
      id: refuse,
      retry: refuse,
      problem: refuse,
      failed: refuse,
    },
    { maxMessageSize: characters, lastEventId: '', flush: false },
  );
  const begin = performance.now();
  decoder.feed('data: ');
  for (let sent = 0; sent < characters; sent += 7) decoder.feed('1234567'.slice(0, characters - sent));
  decoder.feed('\n\n');
  const duration = performance.now() - begin;
  if (received !== characters) throw new Error(`${received} characters came out of ${characters}`);
  return duration;
}

function raise(error: EnckeError): never {
  throw error;
}

function refuse(): never {
  throw new Error('A long line gives one message and nothing else.');
}
