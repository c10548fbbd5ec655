// The code that the documents show is code that compiles.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileAll } from '../tools/compile.ts';

/** What the examples take from the reader's own program. */
const READERS_OWN = `
  declare const token: string;
  declare function show(...values: unknown[]): void;
  declare function print(text: string): void;
  declare const form: HTMLFormElement;
  declare function jQuery(root: ParentNode): { find(selector: string): { get(): Element[] } };
  declare const DOMPurify: { sanitize(html: string, options: object): DocumentFragment };
  declare const console: { log(...values: unknown[]): void; warn(...values: unknown[]): void };
`;

/** The same, on one page. */
const OF_THE_PAGE: Readonly<Record<string, string>> = {
  'docs/llm.md': `
  declare const model: string;
  declare const messages: unknown[];
  declare const tools: unknown[];
  declare const session: string;
  declare const stopButton: HTMLButtonElement;
  declare function runTool(name: string, input: unknown): void;
`,
};

const PAGES = [
  'README.md',
  'docs/options.md',
  'docs/parts.md',
  'docs/reliability.md',
  'docs/transports.md',
  'docs/testing.md',
  'docs/bundlers.md',
  'docs/probe.md',
  'docs/commands.md',
  'docs/element.md',
  'docs/event-source.md',
  'docs/csp.md',
  'docs/migrating.md',
  'docs/llm.md',
  'docs/proxies.md',
  'docs/sharing.md',
  'docs/scaling.md',
  'docs/backends/nchan.md',
  'docs/backends/mercure.md',
  'docs/backends/pylons.md',
  'docs/backends/durable-streams.md',
  'docs/backends/go.md',
  'docs/backends/graphql-sse.md',
  'docs/backends/java.md',
  'docs/backends/mcp.md',
  'docs/backends/node.md',
  'docs/backends/php.md',
  'docs/backends/python.md',
  'docs/backends/orbited.md',
  'docs/backends/sijax.md',
  'docs/backends/zope.md',
];

const examples = PAGES.flatMap((path) =>
  [...read(path).matchAll(/^```ts\n([^]*?)^```$/gm)].map(([, code = '']) => ({ path, code })),
).map((example, place) => ({ ...example, place }));

describe('the examples', { timeout: 60_000 }, () => {
  let complaints: readonly string[][] = [];

  beforeAll(() => {
    complaints = compileAll(examples.map(programOf));
  }, 60_000);

  it('are there', () => {
    expect(examples.length).toBeGreaterThanOrEqual(PAGES.length);
  });

  it.each(examples)('of $path: $code', ({ place }) => {
    expect(complaints[place]).toEqual([]);
  });
});

function programOf({ path, code }: { readonly path: string; readonly code: string }): string {
  const imports = code.includes('import {')
    ? ''
    : `import { commandQueue, request, subscribe } from 'encke'; void [commandQueue, request];\n`;
  return `${imports}${READERS_OWN}${OF_THE_PAGE[path] ?? ''}${code}`;
}

function read(path: string): string {
  return readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
}
