// The components that the documents show compile, strictly, and by the compilers of their frameworks.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compile as compileSvelte } from 'svelte/compiler';
import { compileScript, parse } from 'vue/compiler-sfc';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileAll } from '../tools/compile.ts';
import { bareWeight, ENTRIES, entryWeight } from '../tools/entry-weights.ts';

/** What an example takes from its framework without an import, or from the reader's program. */
const GIVEN = `
  declare const token: string;
  declare function show(...values: unknown[]): void;
  declare function $props(): any;
  declare function $state<Value>(value: Value): Value;
  declare function defineProps<Props>(): Props;
`;

const PAGES = ['README.md', 'docs/frameworks.md'];

const examples = PAGES.flatMap((path) =>
  [...read(path).matchAll(/^```(tsx|vue|svelte|ts)\n([^]*?)^```$/gm)]
    .map(([, language = '', code = '']) => ({ path, language, code }))
    // The others of README.md are compiled with those of the other pages.
    .filter(({ language }) => language !== 'ts' || path !== 'README.md'),
).map((example, place) => ({ ...example, place }));

describe('the components', { timeout: 60_000 }, () => {
  let complaints: readonly string[][] = [];

  beforeAll(() => {
    complaints = compileAll(examples.map(programOf), 'tsx');
  }, 60_000);

  it('are there for each framework', () => {
    const languages = examples.map(({ path, language }) => `${path} ${language}`);
    const wanted = PAGES.flatMap((path) => ['tsx', 'vue', 'svelte'].map((language) => `${path} ${language}`));
    expect(languages).toEqual(expect.arrayContaining(wanted));
  });

  it.each(examples)('of $path, in $language, have the right types: $code', ({ place }) => {
    expect(complaints[place]).toEqual([]);
  });

  it.each(examples.filter(({ language }) => language === 'vue'))('compile by Vue: $code', ({ code }) => {
    const { descriptor, errors } = parse(code);
    expect(errors).toEqual([]);
    expect(compileScript(descriptor, { id: 'example', inlineTemplate: true }).warnings ?? []).toEqual([]);
  });

  it.each(examples.filter(({ language }) => language === 'svelte'))(
    'compile by Svelte: $code',
    ({ code }) => {
      const { warnings } = compileSvelte(code, { runes: true });
      expect(warnings.map(({ message }) => message)).toEqual([]);
    },
  );
});

describe('the entry', () => {
  it.each(Object.keys(ENTRIES))(
    'encke/%s adds at most 1.3 kB to a page that has the client',
    async (name) => {
      const weight = await entryWeight(name);
      expect(weight).toBeGreaterThan(500);
      expect(weight).toBeLessThanOrEqual(1_300);
    },
  );

  it.each(Object.keys(ENTRIES))('encke/%s brings no client where it is given one', async (name) => {
    expect(await bareWeight(name)).toBeLessThan(1_800);
  });
});

function programOf({ language, code }: { readonly language: string; readonly code: string }): string {
  if (language === 'tsx') return code;
  if (language === 'ts') return GIVEN + code;
  const [, script = ''] = /<script[^>]*>([^]*?)<\/script>/.exec(code) ?? [];
  return GIVEN + script;
}

function read(path: string): string {
  return readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
}
