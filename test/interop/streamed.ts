// An event stream, read as text.

export interface Streamed {
  readonly text: string;
  readonly headers: Headers;
}

/** Milliseconds that a test waits for what it expects. */
const PATIENCE = 10_000;

/** Reads until `end` is there, or to the end of the stream. */
export async function streamed(url: string, end: string, asked = new Headers()): Promise<Streamed> {
  asked.set('Accept', 'text/event-stream');
  const { body, headers } = await fetch(url, { headers: asked, signal: AbortSignal.timeout(PATIENCE) });
  if (!body) throw new Error('There is no body.');
  let text = '';
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (text.includes(end)) break;
  }
  return { text, headers };
}
