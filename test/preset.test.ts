// The default preset is everything that there is, and differs from a client that holds it all only in when it loads it.

import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { allParts, createClient, request } from '../src/index.ts';
import { everyPartWith } from '../src/every-part.ts';
import { ladder } from '../src/transports/index.ts';
import * as onDemand from '../src/transports/on-demand.ts';
import type { Transport } from '../src/transports/transport.ts';
import { tabs } from '../src/parts/tabs/tabs.ts';
import { tabs as tabsOnDemand } from '../src/parts/tabs/on-demand.ts';

const RARE = ladder.filter(({ name }) => Object.values(onDemand).some((rare) => rare.name === name));

describe('the default preset', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('has every part', () => {
    const source = readFileSync(new URL('../src/preset.ts', import.meta.url), 'utf8');
    expect(source).toContain('parts: everyPartWith(tabs)');
    const named = everyPartWith(tabsOnDemand).map(({ name }) => name);
    expect(named).toEqual(allParts.map(({ name }) => name));
  });

  it('tries the transports of the ladder, in its order', () => {
    // Without fetch, nothing carries a request in Node, and the refusal names all that were asked.
    vi.stubGlobal('location', new URL('http://localhost/'));
    vi.stubGlobal('fetch', undefined);
    const eager = createClient({ transports: ladder, formats: [] });
    const refusal = refusalOf(() => eager.request('http://localhost/'));
    expect(refusal).toContain('fetch-stream needs fetch');
    expect(refusalOf(() => request('http://localhost/'))).toBe(refusal);
  });
});

describe('what is loaded on demand', () => {
  it('is xhr-stream, event-source, htmlfile and iframe, never long polling or polling', () => {
    expect(RARE.map(({ name }) => name)).toEqual(['xhr-stream', 'event-source', 'htmlfile', 'iframe']);
  });

  it.each(RARE)('$name is described as the one that holds its code', (eager) => {
    const lazy = Object.values<Transport>(onDemand).find(({ name }) => name === eager.name);
    expect({ ...lazy, open: eager.open }).toEqual(eager);
  });

  it('the part tabs is described as the one that holds its code', () => {
    expect({ ...tabsOnDemand, install: tabs.install }).toEqual(tabs);
  });
});

function refusalOf(ask: () => unknown): string {
  try {
    ask();
  } catch (error) {
    return String(error);
  }
  return 'none';
}
