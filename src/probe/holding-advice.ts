// What to do where something holds the stream back.

import { encodingOf } from './buffered.ts';
import { knownServerAdvice } from './known-servers.ts';
import type { Case, ProbeFacts } from './report.ts';

export function holdingAdvice(facts: Case): string[] {
  const { verdict, head, beside, buffered } = facts;
  if (verdict !== 'held') return [];
  const { via, ...headers } = head?.headers ?? {};
  const advice = [
    compressorAdvice(head),
    headers['content-length'] && 'Write each message when it is there, and set no Content-Length.',
    ...headerAdvice(facts),
    via && `Ask who runs the proxy that calls itself “${via}” to pass the stream on at once.`,
    beside &&
      buffered.answer === 'yes' &&
      'Until then take long polling, which works here: subscribe falls back to it by itself.',
  ];
  return advice.filter((each): each is string => Boolean(each));
}

export function compressorAdvice(head: ProbeFacts['head']): string | undefined {
  const encoding = encodingOf(head);
  return (
    encoding &&
    `Do not compress the stream (it is ${encoding} now), or flush the compressor after each message.`
  );
}

/** What a server can say to those on the way. */
export function headerAdvice(facts: ProbeFacts): string[] {
  // nginx takes it for itself: where it can be seen, no nginx has had it.
  const accel = facts.head?.headers['x-accel-buffering'] ? '' : 'X-Accel-Buffering: no and ';
  return [
    `Send ${accel}Cache-Control: no-cache, no-transform with the stream, and flush after each message.`,
    ...knownServerAdvice(facts),
  ];
}
