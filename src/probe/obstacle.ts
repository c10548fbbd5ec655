// Why there was no response, as far as a page can find out: browsers keep it from scripts.

import type { ProbeRequest } from './probe-request.ts';
import type { Obstacle } from './report.ts';
import { within, type Waiting } from './within.ts';

/** Milliseconds a browser may take to tell of its policy after it has refused a request. */
const VIOLATION_DELAY = 50;

/** Longest wait for an answer that only shows that there is one, in milliseconds. */
const PATIENCE = 3_000;

/** Browsers trust these although they are not https. */
const TRUSTWORTHY_HOST = /^(localhost|.*\.localhost|127\.[\d.]+|\[::1\])$/;

/** Asks again in other ways, but never for what might change something on the server. */
export async function findObstacle(
  request: ProbeRequest,
  waiting: Waiting,
  policyForbids: () => boolean,
): Promise<Obstacle> {
  const { credentials, fetch, url, init, ownHeaders, crossOrigin } = request;
  await within(VIOLATION_DELAY, undefined, waiting);
  if (policyForbids()) return 'content-security-policy';
  if (isMixed(url, waiting.environment.baseUrl())) return 'mixed-content';
  if ((globalThis as Place).navigator?.onLine === false) return 'offline';
  const isGet = init.method === 'GET';
  if (isGet && isRedirect(await ask({ ...init, redirect: 'manual' }))) return 'redirect';
  // What asks for no permission to read, nobody refuses. No HEAD: a server that streams the answer to that, too,
  // blocks the connection for what comes next.
  if (!crossOrigin || !(await ask({ mode: 'no-cors' }))) return 'no-connection';
  return isGet && ownHeaders.length > 0 && (await ask({})) ? 'preflight' : 'cors';

  /** The head of an answer, where there is one. */
  async function ask(changed: RequestInit): Promise<Response | undefined> {
    if (waiting.life.aborted) return undefined;
    const controller = new AbortController();
    const { signal } = controller;
    let response: Response | undefined;
    const answered = async (): Promise<void> => {
      response = await fetch(url, { credentials, cache: 'no-store', ...changed, signal });
    };
    await within(PATIENCE, answered(), waiting);
    controller.abort();
    return response;
  }
}

function isMixed(url: string, base: string | undefined): boolean {
  const { protocol, hostname } = new URL(url);
  return base?.startsWith('https:') === true && protocol === 'http:' && !TRUSTWORTHY_HOST.test(hostname);
}

/** A page is not told where to. */
function isRedirect(response: Response | undefined): boolean {
  if (!response) return false;
  const { type, status } = response;
  return type === 'opaqueredirect' || (status >= 300 && status <= 399);
}

interface Place {
  readonly navigator?: { readonly onLine?: boolean };
}
