// A burst leaves the page alive: the reader of a body gives way after some milliseconds of work.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fetchStream } from '../../src/transports/fetch-stream.ts';
import { longPoll } from '../../src/transports/long-poll.ts';
import { plainRequest } from '../contracts/bench.ts';
import { record, type Call, type Recording } from '../contracts/recording.ts';

/** One chunk of 640 kB, of characters of three bytes each: no piece of a round size ends between two. */
const TEXT = '彗'.repeat(213_333);

/** What the work with one piece takes, in milliseconds. */
const WORK = 3;

/** Pieces after which 8 ms have passed. */
const PIECES_IN_A_TASK = 3;

let time = 0;

beforeEach(() => {
  time = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => time);
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** Reads the chunk; each piece takes its time. */
function readBurst(
  onPiece: (call: Call, stop: () => void) => void = () => undefined,
  transport = fetchStream,
): Recording {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(TEXT));
      controller.close();
    },
  });
  const fetch = (): Promise<Response> => Promise.resolve(new Response(body));
  const request = { ...plainRequest('https://app.test/burst', transport), fetch };
  return record(transport, request, (call, stop) => {
    if (call.name !== 'text') return;
    time += WORK;
    onPiece(call, stop);
  });
}

function pieces(recording: Recording): string[] {
  return recording.calls.flatMap((call) => (call.name === 'text' && call.text ? [call.text] : []));
}

describe.each([fetchStream, longPoll])('$name', (transport) => {
  it('asks the scheduler for a turn after 8 ms of work, and loses nothing', async () => {
    const heldAt: number[] = [];
    let given = 0;
    vi.stubGlobal('scheduler', { yield: () => Promise.resolve(heldAt.push(given)) });
    const recording = readBurst(() => given++, transport);
    expect(await recording.ended()).toEqual({ how: 'complete' });
    expect(recording.text).toBe(TEXT);
    expect(heldAt.slice(0, 3)).toEqual([1, 2, 3].map((turn) => turn * PIECES_IN_A_TASK));
    expect(pieces(recording).every((piece) => !piece.includes('\uFFFD'))).toBe(true);
  });
});

describe('without a scheduler', () => {
  beforeEach(() => vi.stubGlobal('scheduler', undefined));

  it('gives way to other tasks in the midst of a chunk', async () => {
    const recording = readBurst();
    let most = 0; // pieces in one task
    let before = 0;
    while (!recording.end) {
      await new Promise((resolve) => setImmediate(resolve));
      const { length } = pieces(recording);
      most = Math.max(most, length - before);
      before = length;
    }
    expect(recording.text).toBe(TEXT);
    expect(most).toBeLessThan(pieces(recording).length / 2);
  });

  it('reads on where the page knows no messages between ports either', async () => {
    vi.stubGlobal('MessageChannel', undefined);
    const recording = readBurst();
    await recording.ended();
    expect(recording.text).toBe(TEXT);
  });
});

describe('while the page has its turn', () => {
  it('nothing is given, and a stop counts', async () => {
    let resume = (): void => undefined;
    const turn = new Promise<void>((resolve) => (resume = resolve));
    vi.stubGlobal('scheduler', { yield: () => turn });
    const recording = readBurst();
    await recording.until('the turn', () => pieces(recording).length === PIECES_IN_A_TASK);
    await new Promise((resolve) => setImmediate(resolve));
    const heard = recording.calls.length;
    recording.stop();
    resume();
    await new Promise((resolve) => setImmediate(resolve));
    expect(recording.calls.length).toBe(heard);
  });
});

it('asks for no turn where the work is short', async () => {
  const yields = vi.fn(() => Promise.resolve());
  vi.stubGlobal('scheduler', { yield: yields });
  const recording = readBurst(() => (time -= WORK));
  await recording.ended();
  expect(recording.text).toBe(TEXT);
  expect(yields).not.toHaveBeenCalled();
});
