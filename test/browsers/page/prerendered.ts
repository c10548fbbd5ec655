// A page that shares one connection with other tabs, and tells its server whether it is rendered ahead of time.

import { encke } from './encke.ts';

const resyncs: string[] = [];
const subscription = encke.subscribe('/events', {
  share: 'tabs',
  onResync: ({ reason }) => resyncs.push(reason),
  onMessage: ({ data }) => report({ message: String(data) }),
});

export interface Standing {
  readonly leads: boolean;
  readonly resyncs: readonly string[];
  readonly shared: readonly string[];
  /** When it was shown, if it had been rendered ahead of time; else 0. */
  readonly activatedAt: number;
}

export function standing(): Standing {
  const shared = subscription.trace.filter(({ what }) => what === 'share').map(({ detail }) => detail);
  const [entry] = performance.getEntriesByType('navigation') as (PerformanceNavigationTiming & {
    readonly activationStart?: number;
  })[];
  const leads = shared.at(-1) === 'this tab leads';
  return { leads, resyncs, shared, activatedAt: entry?.activationStart ?? 0 };
}

/** Has the browser render the page at this address ahead of time. */
export function prerender(url: string): void {
  const rules = document.createElement('script');
  rules.type = 'speculationrules';
  rules.textContent = JSON.stringify({
    prerender: [{ source: 'list', urls: [url], eagerness: 'immediate' }],
  });
  document.head.append(rules);
}

/** A server is asked for nothing else by a page that nobody sees yet. */
function report(what: object): void {
  const isAhead = (document as Document & { readonly prerendering?: boolean }).prerendering === true;
  void fetch(`/report?${encodeURIComponent(JSON.stringify({ ...what, page: location.search, isAhead }))}`);
}

addEventListener('load', () => report({ loaded: true }));
