// POST /llm with {"prompt": "…"}: an answer word by word, as language model services stream it.
//
// An event stream of {"token": "…"} ended by `data: [DONE]`. Query: rate (tokens per second, default 50), tokens (how many, default 24),
// unterminated=1 (the last event, [DONE] left out, lacks its blank line), format=json-lines (lines instead, no [DONE]).
// Whether the client left early is in the log: closedByClient.

import { queryNumber, type Endpoint } from './exchange.ts';
import { readBody } from './request-body.ts';
import { answer } from './odd-pages.ts';

const DEFAULT_RATE = 50;
const DEFAULT_TOKENS = 24;

const WORDS =
  'A comet is a small body of ice and dust that warms as it nears the sun and grows a long bright tail'.split(
    ' ',
  );

export const languageModel: Endpoint = async ({ request, wire }) => {
  const prompt = promptIn(await readBody(request));
  if (prompt === undefined) {
    return answer(
      wire,
      400,
      'application/json',
      JSON.stringify({ error: 'POST a JSON object with a prompt.' }),
    );
  }
  const { searchParams } = request.url;
  const lines = searchParams.get('format') === 'json-lines';
  const unterminated = searchParams.has('unterminated');
  const gap = 1000 / (queryNumber(request.url, 'rate') || DEFAULT_RATE);
  const tokens = tokensFor(prompt, queryNumber(request.url, 'tokens') ?? DEFAULT_TOKENS);
  const contentType = lines ? 'application/x-ndjson' : 'text/event-stream';
  wire.head(200, { 'Content-Type': contentType, 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
  for (const [index, token] of tokens.entries()) {
    if (wire.closed) return;
    const terminated = !(unterminated && index === tokens.length - 1);
    const text = JSON.stringify({ token });
    void wire.write(lines ? text + (terminated ? '\n' : '') : `data: ${text}${terminated ? '\n\n' : ''}`);
    await wire.pause(gap);
  }
  if (!lines && !unterminated) void wire.write('data: [DONE]\n\n');
  wire.end();
};

/** The tokens of an answer; the same prompt gives the same answer. Joined they are the whole text. */
export function tokensFor(prompt: string, count: number): string[] {
  const start = [`${prompt}:`];
  return Array.from(
    { length: count },
    (_, index) => start[index] ?? ` ${WORDS[(index - 1) % WORDS.length] ?? ''}`,
  );
}

function promptIn(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const { prompt } = body as { prompt?: unknown };
  return typeof prompt === 'string' ? prompt : undefined;
}
