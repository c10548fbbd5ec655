// The code of docs/llm.md reads what the services send, wherever it is cut; and stops where the user stops it.

import { readFileSync } from 'node:fs';
import { compileFunction } from 'node:vm';
import fc from 'fast-check';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { createClient } from '../../src/all-parts.ts';
import { json } from '../../src/formats/json.ts';
import { eventStream } from '../../src/formats/event-stream.ts';
import { jsonLines } from '../../src/formats/json-lines.ts';
import { virtualEnvironment } from '../../src/testing.ts';
import { fetchStream } from '../../src/transports/fetch-stream.ts';
import { cutAtRandom, cuts } from '../formats/cut-at-random.ts';
import { llmTranscripts } from '../wire/llm/transcripts.ts';

const page = readFileSync(new URL('../../docs/llm.md', import.meta.url), 'utf8');

/** The first block of code under each heading, as JavaScript without its imports. */
const programs = new Map(
  page
    .split(/^## /m)
    .slice(1)
    .map((part) => [part.split('\n', 1)[0] ?? '', programOf(/^```ts\n([^]*?)^```$/m.exec(part)?.[1] ?? '')]),
);

interface Run {
  /** What the code has told so far. */
  readonly tells: readonly string[];
  readonly requests: readonly RequestInit[];
  /** As the button of the page does. */
  stop(): void;
  readonly done: Promise<void>;
}

describe('the code of docs/llm.md', () => {
  it('is there for every transcript, and the other way round', () => {
    expect([...programs.keys()].sort()).toEqual(
      [...new Set(llmTranscripts.map(({ section }) => section))].sort(),
    );
  });

  it.each(llmTranscripts)('$section: reads $name', async ({ section, contentType, text, tells }) => {
    const whole = await told(section, contentType, [text]);
    expect(whole).toEqual(tells);
    expect(await told(section, contentType, text.split(''))).toEqual(tells);
    await fc.assert(
      fc.asyncProperty(cuts, async (at) => {
        expect(await told(section, contentType, cutAtRandom(text, at))).toEqual(tells);
      }),
      { numRuns: 20 },
    );
  });

  it.each(firstOfEach())(
    '$section: tells each piece when it has come',
    async ({ section, contentType, text, tells }) => {
      // Only the end of the last message is missing.
      const { controller, tells: soFar } = open(section, contentType);
      controller.enqueue(new TextEncoder().encode(text.trimEnd().slice(0, -1)));
      await turns();
      expect(soFar).toContain(tells[0]);
      expect(tells.slice(0, soFar.length)).toEqual(soFar);
    },
  );

  it('tells an element of the array of Gemini before the comma behind it has come', async () => {
    const { controller, tells } = open('Gemini', 'application/json');
    const element = '{"candidates":[{"content":{"parts":[{"text":"Ice "}]}}]}';
    controller.enqueue(new TextEncoder().encode(`[${element}`));
    await turns();
    expect(tells).toEqual(['print: Ice ']);
  });

  it.each(firstOfEach())(
    '$section: ends quietly where the user stops it, and the connection with it',
    async (first) => {
      const { controller, tells, requests, stop, done, cancelled } = open(first.section, first.contentType);
      const half = first.text.slice(0, Math.floor(first.text.length / 2));
      controller.enqueue(new TextEncoder().encode(half));
      await turns();
      const before = [...tells];
      stop();
      await done;
      expect(tells).toEqual(before);
      expect(requests.map(({ signal }) => signal?.aborted)).toEqual([true]);
      expect(cancelled()).toBe(true);
    },
  );

  it.each(firstOfEach())(
    '$section: fails where the connection breaks, and sends nothing again',
    async (first) => {
      const { controller, tells, requests, done } = open(first.section, first.contentType);
      controller.enqueue(new TextEncoder().encode(first.text.slice(0, 40)));
      await turns();
      controller.error(new TypeError('network error'));
      await done;
      expect(tells.at(-1)).toMatch(/^error: .*broke off/);
      expect(requests).toHaveLength(1);
    },
  );

  it.each([...programs.keys()])('%s: tells what the service says where it refuses', async (section) => {
    const body = '{"error":{"message":"Invalid key"}}';
    const response = new Response(body, { status: 401, headers: { 'content-type': 'application/json' } });
    const { tells, done } = run(section, () => Promise.resolve(response));
    await done;
    expect(tells).toEqual(['error: The server answered 401.', `body: ${body}`]);
  });
});

/** The first transcript of each section. */
function firstOfEach(): typeof llmTranscripts {
  return [...programs.keys()].flatMap((name) => llmTranscripts.find(({ section }) => section === name) ?? []);
}

/** What the code tells of an answer that comes in these chunks and ends. */
async function told(
  section: string,
  contentType: string,
  chunks: readonly string[],
): Promise<readonly string[]> {
  // Cut between bytes would be the transports' business; characters are the format's.
  const { controller, tells, done } = open(section, contentType);
  for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
  controller.close();
  await done;
  return tells;
}

interface OpenRun extends Run {
  readonly controller: ReadableStreamDefaultController<Uint8Array>;
  cancelled(): boolean;
}

/** Runs the code on an answer that the test writes. */
function open(section: string, contentType: string): OpenRun {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let isCancelled = false;
  const body = new ReadableStream<Uint8Array>({
    start(given) {
      controller = given;
    },
    cancel() {
      isCancelled = true;
    },
  });
  const response = new Response(body, { headers: { 'content-type': contentType } });
  const running = run(section, () => Promise.resolve(response));
  if (!controller) throw new Error('A stream starts when it is made.');
  return { ...running, controller, cancelled: () => isCancelled };
}

function run(section: string, respond: () => Promise<Response>): Run {
  const tells: string[] = [];
  const requests: RequestInit[] = [];
  const environment = virtualEnvironment({
    fetch(_, init = {}) {
      requests.push(init);
      return respond();
    },
  });
  const { request } = createClient({
    transports: [fetchStream],
    formats: [eventStream, jsonLines, json],
    environment,
  });
  const stopButton: { onclick?: () => void } = {};
  const own = {
    request,
    stopButton,
    model: 'some-model',
    messages: [{ role: 'user', content: 'What is a comet?' }],
    tools: [],
    session: 'some-session',
    print: (text: string) => tells.push(`print: ${text}`),
    show: (value: unknown) => tells.push(`show: ${String(value)}`),
    runTool: (name: string, input: unknown) => tells.push(`tool: ${name} ${JSON.stringify(input)}`),
  };
  const program = programs.get(section);
  if (!program) throw new Error(`No code stands under ${section}.`);
  const done = program(own).catch((error: unknown) => {
    const { message, body } = error as { message: string; body?: string };
    tells.push(`error: ${message}`);
    if (body !== undefined) tells.push(`body: ${body}`);
  });
  return { tells, requests, done, stop: () => stopButton.onclick?.() };
}

function programOf(code: string): (own: object) => Promise<void> {
  const { outputText } = ts.transpileModule(code.replace(/^import .*$/gm, ''), {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  const names = 'request, stopButton, model, messages, tools, session, print, show, runTool';
  const text = `const { ${names} } = own; return (async () => { ${outputText} })();`;
  return compileFunction(text, ['own']) as (own: object) => Promise<void>;
}

/** Long enough for what has come to be read. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}
