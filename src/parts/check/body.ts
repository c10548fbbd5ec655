// What a body may be, before anything is sent.

import { inWords } from '../../ground/errors.ts';
import { bodyKind } from '../../ground/request-body.ts';
import { refuse } from './refuse.ts';

/**
 * @param once whether it is sent once only
 * @throws EnckeError `invalid-option` for a body that would not be sent as it is meant
 */
export function checkBody(body: unknown, once: boolean): void {
  const kind = bodyKind(body);
  if (kind === undefined) {
    const name = Object.prototype.toString.call(body).slice(8, -1);
    refuse(
      `The body cannot be sent (${name}): give text, a form, bytes, a stream, a plain object or a list.`,
    );
  }
  if (kind === 'json') checkJson(body);
  if (kind !== 'stream') return;
  if (!once) refuse('A stream can be sent once. Give a function, which makes one for every attempt.');
  try {
    // [spec] Throws a TypeError where the stream is disturbed or locked.
    new Response(body as ReadableStream);
  } catch (cause) {
    refuse('The body is a stream that was read already. Give a function, which makes one.', cause);
  }
}

function checkJson(body: unknown): void {
  let text: string | undefined;
  let cause: unknown;
  try {
    text = JSON.stringify(body);
  } catch (thrown) {
    cause = thrown;
  }
  if (text === undefined) refuse(`JSON cannot write the body: ${inWords(cause)}`, cause);
}
