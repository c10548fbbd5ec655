// What the browser tells about a request beside its response: the protocol, a service worker, a policy.

import { onPolicyViolation } from '../ground/policy-violation.ts';
import type { ProbeFacts, ProbeHead } from './report.ts';
import { within, type Waiting } from './within.ts';

/** Milliseconds a browser may take to write down a request that is over. WebKitGTK never does for one that was aborted. */
const ENTRY_DELAY = 100;

export interface Surroundings {
  /** Whether the page's content security policy has refused the URL. */
  policyForbids(): boolean;
  /** Waits for the browser's notes about the URL. */
  look(head: ProbeHead | undefined): Promise<Pick<ProbeFacts, 'protocol' | 'serviceWorker'>>;
}

/** Watches what the browser notes about requests for this URL, from now on, until the probe is over. */
export function watchSurroundings(url: string, waiting: Waiting): Surroundings {
  const place = globalThis as Place;
  const refused: string[] = []; // by the policy
  let entry: PerformanceResourceTiming | undefined;
  const stopViolations = onPolicyViolation((directive, blocked) => {
    if (directive === 'connect-src' && blocked) refused.push(blocked);
  });
  let stopEntries: () => void = () => undefined;
  const noted = new Promise<void>((resolve) => {
    stopEntries = watchEntries((found) => {
      if (found.name !== url) return;
      entry = found;
      resolve();
    });
  });

  waiting.life.addEventListener('abort', () => {
    stopViolations();
    stopEntries();
  });

  return { policyForbids: () => refused.some((blocked) => url.startsWith(blocked)), look };

  async function look(head: ProbeHead | undefined): Promise<Pick<ProbeFacts, 'protocol' | 'serviceWorker'>> {
    await within(canWatchEntries() ? ENTRY_DELAY : 0, noted, waiting);
    return {
      protocol: entry?.nextHopProtocol || protocolOfOthers(),
      serviceWorker: serviceWorker(head),
    };
  }

  function serviceWorker(head: ProbeHead | undefined): ProbeFacts['serviceWorker'] {
    const container = place.navigator?.serviceWorker;
    const controlled = Boolean(container?.controller);
    if (entry && entry.workerStart > 0) return 'handled';
    if (head && (entry ? wasNotTransferred(entry) : controlled && head.madeByScript)) return 'handled';
    if (controlled) return 'present';
    return container || entry ? 'none' : 'not-seen';
  }

  /** The latest request to the same origin of which the browser tells. */
  function protocolOfOthers(): string | undefined {
    const { origin } = new URL(url);
    return ['navigation', 'resource']
      .flatMap((type) => performance.getEntriesByType(type) as PerformanceResourceTiming[])
      .filter(({ name, nextHopProtocol }) => nextHopProtocol && name.startsWith(`${origin}/`))
      .at(-1)?.nextHopProtocol;
  }
}

/** Firefox leaves `workerStart` at 0 (seen in 153), but tells this, which no cache can be the cause of here. */
function wasNotTransferred({ transferSize, requestStart }: PerformanceResourceTiming): boolean {
  return transferSize === 0 && requestStart > 0;
}

function watchEntries(onEntry: (entry: PerformanceResourceTiming) => void): () => void {
  if (!canWatchEntries()) return () => undefined;
  const observer = new PerformanceObserver((list) => {
    (list.getEntries() as PerformanceResourceTiming[]).forEach(onEntry);
  });
  observer.observe({ type: 'resource' });
  return () => {
    observer.disconnect();
  };
}

function canWatchEntries(): boolean {
  return typeof PerformanceObserver === 'function';
}

interface Place {
  readonly navigator?: { readonly serviceWorker?: { readonly controller: unknown } };
}
