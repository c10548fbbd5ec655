// What to do where there was no response.

import type { Obstacle, ProbeFacts } from './report.ts';

const ADVICE: Readonly<Record<Obstacle, (facts: ProbeFacts) => string>> = {
  'content-security-policy': ({ url }) =>
    `The page's own content security policy forbids the request. Add ${new URL(url).origin} to its connect-src.`,
  'mixed-content': () =>
    'The page is https and the stream http, which browsers block. Serve the stream over https.',
  offline: () => 'The browser is offline. Connect it, and probe again.',
  redirect: () =>
    'The server redirects the request to a place that does not answer this page: often a login. Log in, or send what the server knows you by. Let it answer 401 there, not a redirect.',
  preflight: ({ method, ownHeaders }) =>
    `The browser asks the server first whether these headers may be sent, by OPTIONS, and gets no permission. ${permit(method, ownHeaders)}`,
  cors: ({ origin = '', credentials, method, ownHeaders }) => {
    const advice = [
      `The server answers, but does not let this page read it. Send Access-Control-Allow-Origin: ${origin}, with refusals too.`,
    ];
    if (credentials === 'include')
      advice.push('Send Access-Control-Allow-Credentials: true; a * does not do then.');
    if (method !== 'GET' || ownHeaders.length > 0) advice.push(permit(method, ownHeaders));
    return advice.join(' ');
  },
  'no-connection': ({ url }) =>
    `Open ${url} in a tab of its own. If nothing is there: the server is down, or the host, the port or the certificate is wrong. If something is: an extension blocks the request, or the server breaks it off.`,
};

export function obstacleAdvice(facts: ProbeFacts): string | undefined {
  return facts.obstacle && ADVICE[facts.obstacle](facts);
}

function permit(method: string, headers: readonly string[]): string {
  const allowed = headers.length > 0 ? ` and Access-Control-Allow-Headers: ${headers.join(', ')}` : '';
  return `Answer OPTIONS with 204, Access-Control-Allow-Origin, Access-Control-Allow-Methods: ${method}${allowed}.`;
}
