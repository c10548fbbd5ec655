// The outcome in one word.

import { isStream } from './buffered.ts';
import type { Buffered, ProbeFacts, ProbeVerdict } from './report.ts';
import { findTextFault } from './text-fault.ts';

/** What the words mean, for the first line of the text. */
export const VERDICTS: Readonly<Record<ProbeVerdict, string>> = {
  live: 'the stream is open, and what is sent comes through.',
  held: 'something on the way holds the stream back.',
  silent: 'nothing came, and nothing tells why.',
  answered: 'a whole answer came, as polls have it.',
  ended: 'the server ended the stream.',
  cut: 'the response broke off.',
  unreadable: 'what came cannot be read as messages.',
  page: 'a page came instead of a stream.',
  refused: 'the server refused.',
  blocked: 'this page may not have the response.',
  unreachable: 'no server answered.',
};

export function decideVerdict(facts: ProbeFacts, { answer }: Buffered): ProbeVerdict {
  const { head, said, ending, chunks, obstacle } = facts;
  const held = answer === 'yes' || answer === 'likely';
  if (ending === 'failed') {
    return obstacle === 'no-connection' || obstacle === 'offline' ? 'unreachable' : 'blocked';
  }
  if (!head) return held ? 'held' : 'silent';
  if (isRefusal(head.status)) return 'refused';
  if (said.looksLike === 'html') return 'page';
  if (isUnreadable(facts)) return 'unreadable';
  if (held) return 'held';
  if (ending === 'cut') return 'cut';
  if (ending === 'complete') return isStream(facts) ? 'ended' : 'answered';
  return chunks.length > 0 ? 'live' : 'silent';
}

/** Whether such a status carries no messages. */
function isRefusal(status: number): boolean {
  return status < 200 || status > 299 || status === 204 || status === 205;
}

function isUnreadable({ said, chunks }: ProbeFacts): boolean {
  if (chunks.length === 0) return false;
  const nothingRead = said.messages === 0 && said.problems.length > 0;
  return (
    said.format === undefined ||
    said.looksLike !== undefined ||
    nothingRead ||
    findTextFault(said) !== undefined
  );
}
