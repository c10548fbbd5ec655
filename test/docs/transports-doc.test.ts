// The table of docs/transports.md says what the code does.

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as exported from '../../src/transports/index.ts';
import type { Demand, Transport } from '../../src/transports/transport.ts';
import { PLAIN_DEMAND } from '../contracts/transport-laws.ts';

const { ladder } = exported;
const page = readFileSync(new URL('../../docs/transports.md', import.meta.url), 'utf8');

/** That there are such things is all that `refuses` asks. */
const PAGE_GLOBALS = { document: {}, XMLHttpRequest: () => undefined, EventSource: () => undefined };

beforeAll(() => Object.assign(globalThis, PAGE_GLOBALS));
afterAll(() => {
  for (const name of Object.keys(PAGE_GLOBALS)) Reflect.deleteProperty(globalThis, name);
});

describe('docs/transports.md', () => {
  it('lists every transport in the order of the ladder, as the code has it', () => {
    expect(documentedRows()).toEqual(ladder.map(rowOf));
  });

  it('describes every transport', () => {
    for (const { name } of ladder) expect(page).toMatch(new RegExp(`^### .*\`${name}\``, 'm'));
  });
});

function documentedRows(): string[][] {
  const [, section = ''] = page.split('## What each can carry');
  const lines =
    section
      .split('\n## ')[0]
      ?.split('\n')
      .filter((line) => line.startsWith('|')) ?? [];
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '')),
  );
}

function rowOf(transport: Transport): string[] {
  const can = (change: Partial<Demand>): boolean =>
    transport.refuses({ ...PLAIN_DEMAND, ...change }) === undefined;
  const exportName = Object.entries(exported).find(([, value]) => value === transport)?.[0] ?? 'not exported';
  return [
    transport.name,
    exportName,
    transport.rhythm,
    can({ method: 'PUT' }) ? 'any' : can({ method: 'POST' }) ? 'GET, POST' : 'GET',
    yesOrNo(can({ headers: true })),
    can({ method: 'POST', body: 'any' }) ? 'any' : can({ method: 'POST', body: 'form' }) ? 'form' : 'none',
    yesOrNo(can({ crossOrigin: true })),
    yesOrNo(can({ ownFetch: true })),
    yesOrNo(can({ once: true })),
    yesOrNo(transport.tellsCuts),
    yesOrNo(transport.showsLife),
    transport.sendsHeaders ? 'header' : 'query',
    yesOrNo(transport.namesItself),
    transport.accept ?? 'by format',
  ];
}

function yesOrNo(value: boolean): string {
  return value ? 'yes' : 'no';
}
