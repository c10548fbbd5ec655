// One POST of which the answer is lists of commands. It is sent once, whatever becomes of it.

import { call } from '../../ground/call.ts';
import { EnckeError } from '../../ground/errors.ts';
import type {
  End,
  Sink,
  Stop,
  Transport,
  TransportRequest,
  UploadProgress,
} from '../../transports/transport.ts';
import { createCommandDecoder } from './command-decoder.ts';
import { report } from './report.ts';

export interface Post {
  /** Relative to the page, too. */
  readonly url: string;
  readonly body: URLSearchParams | FormData;
  readonly headers?: HeadersInit | undefined;
  readonly onUploadProgress?: (progress: UploadProgress) => void;
  /** Best first. */
  readonly carriers: readonly Transport[];
  /** Takes each list as it comes. */
  onCommands(commands: readonly unknown[]): void;
  /** Sends it where no carrier can, or may: nothing was sent then. */
  instead(request: TransportRequest): Stop;
}

/** Milliseconds in which browsers tell that a policy has forbidden a request. */
const POLICY_DELAY = 50;

const FIRST_ERROR = 300;

/** A response that broke off behind a list has ended: most servers of this kind end so. What fails is reported. */
export function postOnce(post: Post): Stop {
  const { href, origin } = new URL(post.url, document.baseURI);
  const headers = new Headers(post.headers);
  const request: TransportRequest = {
    url: href,
    method: 'POST',
    headers,
    body: post.body,
    credentials: 'same-origin',
    lastEventId: '',
    fetch: (input, init) => fetch(input, init),
    onUploadProgress: post.onUploadProgress,
    callbacks: [],
    events: [],
  };
  const demand = {
    ...request,
    headers: [...headers].length > 0,
    body: 'form',
    crossOrigin: origin !== self.origin,
    once: true,
    ownFetch: false,
    uploadProgress: post.onUploadProgress !== undefined,
  } as const;
  const decoder = createCommandDecoder(
    (commands) => {
      brought = true;
      call(post.onCommands, commands);
    },
    (error) => {
      stop();
      report(error);
    },
  );
  const sink: Sink = {
    opened: ignore,
    text: decoder.feed,
    ready: () => undefined,
    alive: ignore,
    message: ignore,
    id: ignore,
    retry: ignore,
    problem: report,
    ended,
  };
  const carrier = post.carriers.find(({ refuses }) => !refuses(demand));
  let brought = false; // whether a list has come
  let forbidden = false; // whether a policy of the page keeps this from being sent
  let timer: ReturnType<typeof setTimeout> | undefined; // the wait for such a policy to be told of

  addEventListener('securitypolicyviolation', heedPolicy);
  let stopSending = carrier ? carrier.open(request, sink) : post.instead(request);
  return stop;

  function stop(): void {
    removeEventListener('securitypolicyviolation', heedPolicy);
    clearTimeout(timer);
    stopSending();
  }

  function heedPolicy({ disposition, effectiveDirective, blockedURI }: SecurityPolicyViolationEvent): void {
    forbidden ||=
      disposition === 'enforce' && effectiveDirective === 'connect-src' && href.startsWith(blockedURI);
  }

  function ended(end: End): void {
    if (end.how === 'complete') decoder.end();
    if (end.how === 'status') refused(end.head.status, end.body);
    if ('error' in end && !(brought && decoder.isWhole?.()))
      timer = setTimeout(unanswered, POLICY_DELAY, end.error);
    else stop();
  }

  function refused(status: number, body: string): void {
    if (status < FIRST_ERROR) return;
    report(new EnckeError('status', `${href} answered ${String(status)}.`, { status, body, url: href }));
  }

  function unanswered(error: EnckeError): void {
    stop();
    if (!forbidden) return report(error);
    const asking = new AbortController();
    stopSending = () => asking.abort();
    // Where the policy forbids only what the answer leads to, it has been sent: the events of both are alike.
    fetch(href, { method: 'HEAD', redirect: 'manual', signal: asking.signal }).then(
      () => report(error),
      () => {
        if (!asking.signal.aborted) stopSending = post.instead(request);
      },
    );
  }
}

function ignore(): void {
  // Nobody asks for what carriers tell beside the commands.
}
