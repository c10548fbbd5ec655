// What a status that carries no messages asks for.

import type { Case } from './report.ts';

const LATER = 'The server asks to come later, or less often.';

const ADVICE: Readonly<Record<number, string>> = {
  204: 'The server says that nothing will come, and clients stop. Answer 200, and keep the response open.',
  205: 'The server says that nothing will come, and clients stop. Answer 200, and keep the response open.',
  401: 'The server asks who you are. Log in, or send what it knows you by: an authorization header, or cookies (credentials: "include" on another origin).',
  403: 'The server knows what you ask for, and forbids it: another user is needed, a token against request forgery is missing, or a firewall has a rule.',
  404: 'Nothing is there. Check the path, and whether a proxy in front sends it to the right server.',
  405: 'The server takes another method there.',
  406: 'The server has none of the types that were asked for. Let it send text/event-stream, or set the header accept.',
  410: 'What was there is gone for good.',
  429: LATER,
  500: 'The server failed. Its log says why.',
  502: 'A proxy gets no answer from the server behind it. Is that running?',
  503: LATER,
  504: 'A proxy has waited too long for the server behind it. Let that send the head at once, before the first message.',
};

export function statusAdvice({ verdict, head }: Case): string | undefined {
  if (verdict !== 'refused' || !head) return undefined;
  const { status, headers } = head;
  const retry = headers['retry-after'] ? ` It says Retry-After: ${headers['retry-after']}.` : '';
  const asked = headers['www-authenticate']
    ? ` It says WWW-Authenticate: ${headers['www-authenticate']}.`
    : '';
  const other =
    status < 500 ? 'The server does not want this request. See how its answer begins.' : ADVICE[500];
  return `${ADVICE[status] ?? other ?? ''}${retry}${asked}`;
}
