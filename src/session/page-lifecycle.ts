// What happens to the page: hidden, shown, put away, woken, on line again.

/**
 * - `visible`, `hidden`: the tab.
 * - `stored`: the page is left; it may come back from the back/forward cache.
 * - `restored`: it has come back.
 * - `frozen`: its code will not run until it is resumed; only Chromium tells.
 * - `resumed`: it was frozen, and no longer is.
 * - `online`: the network is back, or another one.
 * - `activated`: it was prerendered, and is shown now.
 */
export type PageEvent =
  'visible' | 'hidden' | 'stored' | 'restored' | 'frozen' | 'resumed' | 'online' | 'activated';

/** The page that an environment is in. */
export interface Page {
  /** Calls back with every event; the returned function ends that. */
  watch(listener: (event: PageEvent) => void): () => void;
  /** Whether its tab is out of sight. */
  isHidden(): boolean;
  /** Whether it is rendered ahead of time, and may never be shown. @defaultValue it is not */
  isPrerendered?(): boolean;
}

/** Where there is no document, in a worker for one, only `online` is told. */
const browserPage: Page = {
  watch,
  isHidden: () => documentOf()?.visibilityState === 'hidden',
  isPrerendered: () => documentOf()?.prerendering === true,
};

/** What tells of the page in this world. */
export function pageOf({ page = browserPage }: { readonly page?: Page | undefined }): Page {
  return page;
}

/** Wraps what begins something and gives its end: the page is watched from before the one until the other. */
export function watching(
  environment: { readonly page?: Page | undefined },
  heed: (event: PageEvent) => void,
): (next: () => () => void) => () => () => void {
  return (next) => () => {
    const stopWatching = pageOf(environment).watch(heed);
    const stop = next();
    return () => {
      stopWatching();
      stop();
    };
  };
}

/** Never `unload` or `beforeunload`: a page that listens for them is kept out of the back/forward cache. */
const EVENTS: Readonly<Record<string, PageEvent>> = {
  pagehide: 'stored',
  pageshow: 'restored',
  freeze: 'frozen',
  resume: 'resumed',
  online: 'online',
  prerenderingchange: 'activated',
};

function watch(listener: (event: PageEvent) => void): () => void {
  const controller = new AbortController();
  const { signal } = controller;
  const page = documentOf();
  const told = ({ type }: Event): void => {
    listener(EVENTS[type] ?? (browserPage.isHidden() ? 'hidden' : 'visible'));
  };
  for (const type of Object.keys(EVENTS)) {
    // [spec: Page Lifecycle] These come to the document, the others to the window, or to a worker's scope.
    const target = /^(freeze|resume|prerenderingchange)$/.test(type)
      ? page
      : (globalThis as Partial<EventTarget>);
    target?.addEventListener?.(type, told, { signal });
  }
  page?.addEventListener('visibilitychange', told, { signal });
  return () => {
    controller.abort();
  };
}

function documentOf(): (Document & { readonly prerendering?: boolean }) | undefined {
  return (globalThis as { document?: Document }).document;
}
