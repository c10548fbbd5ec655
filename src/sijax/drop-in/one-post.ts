// One POST of which the answer is lists of commands. It is sent once, whatever becomes of it.

import { call, throwLater } from '../../ground/call.ts';
import type { EnckeError } from '../../ground/errors.ts';
import { nothing } from '../../ground/nothing.ts';
import { onPolicyViolation } from '../../ground/policy-violation.ts';
import type { Stop, Transport, TransportRequest, UploadProgress } from '../../transports/transport.ts';
import { openPost, type PostEnd } from '../wire/open-post.ts';
import { absoluteUrl } from '../wire/own-url.ts';
import { postRequest } from '../wire/post-request.ts';

export interface Post {
  /** Relative to the page, too. */
  readonly url: string;
  readonly body: URLSearchParams | FormData;
  readonly headers?: HeadersInit | undefined;
  readonly onUploadProgress?: (progress: UploadProgress) => void;
  /** That of a transport. */
  readonly open: Transport['open'];
  /** Takes each list as it comes. */
  onCommands(commands: readonly unknown[]): void;
  /** Sends it where a policy of the page forbids that: nothing was sent then. */
  instead(request: TransportRequest): Stop;
}

/** Milliseconds in which browsers tell that a policy has forbidden a request. */
const POLICY_DELAY = 50;

/** What fails is reported. */
export function postOnce(post: Post): Stop {
  const { body, onUploadProgress } = post;
  const { href: url } = absoluteUrl(post.url);
  const request = postRequest({ url, headers: new Headers(post.headers), body, onUploadProgress });
  const commands = (list: readonly unknown[]): void => void call(post.onCommands, list);
  const listener = { commands, answered: nothing, ready: nothing, problem: throwLater, ended };
  let forbidden = false; // whether a policy of the page keeps this from being sent
  let timer: ReturnType<typeof setTimeout> | undefined; // the wait for such a policy to be told of

  const stopPolicies = onPolicyViolation((directive, blockedUri) => {
    forbidden ||= directive === 'connect-src' && url.startsWith(blockedUri);
  });
  let stopSending = openPost(post.open, request, { allowTruncated: true }, listener);
  return stop;

  function stop(): void {
    stopPolicies();
    clearTimeout(timer);
    stopSending();
  }

  function ended(end: PostEnd): void {
    if (end.how === 'cut') {
      timer = setTimeout(unanswered, POLICY_DELAY, end.error);
      return;
    }
    stop();
    if (end.how !== 'complete') throwLater(end.error);
  }

  function unanswered(error: EnckeError): void {
    stop();
    if (!forbidden) return throwLater(error);
    const asking = new AbortController();
    stopSending = () => asking.abort();
    // Where the policy forbids only what the answer leads to, it has been sent: the events of both are alike.
    fetch(url, { method: 'HEAD', redirect: 'manual', signal: asking.signal }).then(
      () => throwLater(error),
      () => {
        if (!asking.signal.aborted) stopSending = post.instead(request);
      },
    );
  }
}
