// Whether something on the way collects the stream before it passes it on: what the figures prove, and what they do not.

import { findTextFault } from './text-fault.ts';
import type { Buffered, Heard, ProbeChunk, ProbeFacts } from './report.ts';
import { count, size, time } from './words.ts';

/** Bytes of the smallest buffer that is common among proxies: what is below has passed none. */
const SMALLEST_BUFFER = 4_096;

/** Chunks that came within this time came at once. Milliseconds. */
const AT_ONCE = 100;

/** A silence that no network explains. Milliseconds. */
const PAUSE = 500;

/** What comes later than this after its request may have been waited for. Milliseconds. */
const LATE = 1_000;

/** What comes within this time of one another has been a tie. Milliseconds. */
const TIE = 250;

/** So many messages at once are a batch. */
const BATCH = 4;

/** Chunks that came at once. */
interface Burst {
  readonly start: number;
  readonly end: number;
  readonly bytes: number;
  readonly messages: number;
  readonly whole: boolean;
}

type Rule = (facts: ProbeFacts, bursts: readonly Burst[]) => Buffered | undefined;

/** The first that has something to say decides. */
const RULES: readonly Rule[] = [
  overtaken,
  nothingToJudge,
  cutInside,
  knownLength,
  heldToTheEnd,
  heldAtFirst,
  inBatches,
  mute,
  inOneGo,
];

export function judgeBuffering(facts: ProbeFacts): Buffered {
  const bursts = burstsOf(facts.chunks);
  for (const rule of RULES) {
    const judgement = rule(facts, bursts);
    if (judgement) return judgement;
  }
  const [first] = facts.chunks;
  const span = (facts.chunks.at(-1)?.at ?? 0) - (first?.at ?? 0);
  return no(`${count(facts.chunks.length, 'chunk')} came one by one over ${time(span)}.`);
}

/** When a long poll beside it brought its first message, in milliseconds after the request of the stream. */
export function besideBrought({ beside }: ProbeFacts): number | undefined {
  const first = beside?.said.firstMessageAfter;
  if (!beside || first === undefined) return undefined;
  // A server that does not know long polling has opened a second stream.
  const answered = beside.ending === 'complete' || beside.said.format === 'json';
  return answered ? beside.asked + first : undefined;
}

function overtaken(facts: ProbeFacts): Buffered | undefined {
  const { beside, firstByteAfter = Infinity, listened } = facts;
  const brought = besideBrought(facts);
  if (!beside || brought === undefined || firstByteAfter < brought + TIE) return undefined;
  const mute = Math.min(firstByteAfter, listened);
  return yes(
    `A long poll beside it brought a message after ${time(brought - beside.asked)}; the stream had brought nothing in ${time(mute)}.`,
  );
}

function nothingToJudge(facts: ProbeFacts): Buffered | undefined {
  const { head, said } = facts;
  if (!head) return notSeen('There was no response to judge by.');
  if (head.status < 200 || head.status > 299) return notSeen('A refusal is no stream.');
  if (facts.chunks.length > 0 && !isStream(facts)) {
    return notSeen(said.format === 'json' ? 'A whole answer is no stream.' : 'What came is no stream.');
  }
  if (findTextFault(said)) return notSeen('What came is no message.');
  return undefined;
}

/** A server writes whole messages: who stops inside one waits for a buffer to be full. */
function cutInside({ ending, listened }: ProbeFacts, bursts: readonly Burst[]): Buffered | undefined {
  let bytes = 0;
  for (const [index, burst] of bursts.entries()) {
    bytes += burst.bytes;
    const next = bursts[index + 1]?.start ?? (ending === 'open' ? listened : 0);
    if (burst.whole || next - burst.end < PAUSE) continue;
    const because = `After ${size(bytes)} it paused for ${time(next - burst.end)} inside a line.`;
    const blocks = bytes % SMALLEST_BUFFER === 0;
    return blocks ? yes(`${because} That is a multiple of 4,096 bytes, as buffers are.`) : likely(because);
  }
  return undefined;
}

function knownLength({ head, chunks }: ProbeFacts): Buffered | undefined {
  const length = head?.headers['content-length'];
  if (length === undefined || chunks.length === 0) return undefined;
  return yes(`Its length was known before it began (Content-Length: ${length}): it was collected whole.`);
}

function heldToTheEnd(
  { ending, said, firstByteAfter = 0 }: ProbeFacts,
  bursts: readonly Burst[],
): Buffered | undefined {
  if (ending === 'open' || !atOnce(bursts)) return undefined;
  if (said.messages < 2 || firstByteAfter < LATE) {
    return notSeen(`All of it came at once, after ${time(firstByteAfter)}.`);
  }
  return likely(
    `All ${count(said.messages, 'message')} and the end came at once, after ${time(firstByteAfter)}.`,
  );
}

function heldAtFirst(
  { head, firstByteAfter = 0 }: ProbeFacts,
  [first]: readonly Burst[],
): Buffered | undefined {
  const waited = firstByteAfter - (head?.after ?? 0);
  if (!first || waited < LATE || first.messages < BATCH) return undefined;
  return likely(
    `The first ${count(first.messages, 'message')} came at once, ${time(waited)} after the head.`,
  );
}

function inBatches({ head }: ProbeFacts, [, ...later]: readonly Burst[]): Buffered | undefined {
  if (later.length < 2 || !later.every(({ messages }) => messages >= BATCH)) return undefined;
  const because = `Messages come in batches of ${Math.min(...later.map(({ messages }) => messages))} or more.`;
  return encodingOf(head)
    ? likely(`${because} A compressor (${encodingOf(head) ?? ''}) collects text before it passes it on.`)
    : notSeen(`${because} The server may well write them so.`);
}

function mute({ chunks, head, listened, beside }: ProbeFacts): Buffered | undefined {
  if (chunks.length > 0) return undefined;
  const encoding = encodingOf(head);
  if (encoding)
    return likely(
      `Nothing came in ${time(listened)}, and a compressor (${encoding}) collects text before it passes it on.`,
    );
  const compared = beside ? ', nor by a long poll beside it' : '';
  return notSeen(`Nothing came in ${time(listened)}${compared}: the server may have had nothing to say.`);
}

function inOneGo({ head }: ProbeFacts, bursts: readonly Burst[]): Buffered | undefined {
  const first = atOnce(bursts);
  if (!first) return undefined;
  if (first.bytes < SMALLEST_BUFFER && !encodingOf(head)) {
    return no(`${size(first.bytes)} came through while the response was open: nothing waits for more.`);
  }
  return notSeen(`${size(first.bytes)} came at once, and nothing after that.`);
}

function burstsOf(chunks: readonly ProbeChunk[]): Burst[] {
  const bursts: Burst[] = [];
  for (const { at, bytes, messages, whole } of chunks) {
    const last = bursts.at(-1);
    const joins = last && at - last.end < AT_ONCE;
    if (joins) bursts.pop();
    const before = joins ? last : { start: at, bytes: 0, messages: 0 };
    bursts.push({
      start: before.start,
      end: at,
      bytes: before.bytes + bytes,
      messages: before.messages + messages,
      whole,
    });
  }
  return bursts;
}

/** All that came, where it came at once. */
function atOnce(bursts: readonly Burst[]): Burst | undefined {
  const [first, second] = bursts;
  return first && !second && first.end - first.start <= AT_ONCE ? first : undefined;
}

/** Whether what came is in a format that streams. */
export function isStream({ said }: Heard): boolean {
  return (
    said.looksLike === 'event-stream' ||
    (said.format !== undefined && said.format !== 'json' && !said.looksLike)
  );
}

/** How it is compressed; `undefined` where it is not. */
export function encodingOf(head: ProbeFacts['head']): string | undefined {
  const encoding = head?.headers['content-encoding'];
  return encoding === 'identity' ? undefined : encoding;
}

function yes(because: string): Buffered {
  return { answer: 'yes', because };
}

function likely(because: string): Buffered {
  return { answer: 'likely', because };
}

function no(because: string): Buffered {
  return { answer: 'no', because };
}

function notSeen(because: string): Buffered {
  return { answer: 'not-seen', because };
}
