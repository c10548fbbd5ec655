// What is not imported is not shipped.

import { fileURLToPath } from 'node:url';
import { build as esbuild, transform } from 'esbuild';
import { rollup } from 'rollup';
import { build as vite } from 'vite';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const face = fileURLToPath(new URL('../dist/index.js', import.meta.url));

/** A program that uses the package, as text. */
type Program = string;

const ONE_TECHNIQUE: Program = `
  import { composeClient, fetchStream, eventStream } from 'encke';
  globalThis.client = composeClient({ transports: [fetchStream], formats: [eventStream] });
`;
const QUEUE: Program = `
  import { commandQueue } from 'encke';
  globalThis.queue = commandQueue();
`;
const EVERYTHING: Program = `
  import * as encke from 'encke';
  globalThis.encke = encke;
`;
const NOTHING: Program = `import 'encke';`;

/** What each part cannot do without: its name, and the browser feature only it uses. */
const TRACES: Record<string, RegExp> = {
  'event-source': /name: ?["'`]event-source["'`]|new EventSource\b/,
  'xhr-stream': /name: ?["'`]xhr-stream["'`]|new XMLHttpRequest\b/,
  htmlfile: /name: ?["'`]htmlfile["'`]|createHTMLDocument/,
  iframe: /name: ?["'`]iframe["'`]|createElement\(["'`]iframe["'`]\)/,
  'long-poll': /name: ?["'`]long-poll["'`]/,
  poll: /name: ?["'`]poll["'`]/,
  'json-lines': /name: ?["'`]json-lines["'`]/,
  json: /name: ?["'`]json["'`]/,
  'script-tags': /name: ?["'`]script-tags["'`]/,
  text: /name: ?["'`]text["'`]/,
  'sharing among tabs': /BroadcastChannel/,
  'coalescing of commands': /\(\?:id\|is\|name\|on/,
  'busy marks': /aria-busy/,
  'keeping the focus': /preventScroll/,
};
const KEPT: Record<string, RegExp> = {
  'fetch-stream': /name: ?["'`]fetch-stream["'`]/,
  'event-stream': /name: ?["'`]event-stream["'`]/,
};

const bundlers = { esbuild: bundleByEsbuild, rollup: bundleByRollup, vite: bundleByVite };

describe.each(Object.entries(bundlers))('bundled by %s', { timeout: 60_000 }, (_name, bundle) => {
  it('one technique brings no other', async () => {
    const code = await bundle(ONE_TECHNIQUE);
    expect(found(KEPT, code)).toEqual(Object.keys(KEPT));
    expect(found(TRACES, code)).toEqual([]);
  });

  it('a command queue brings no part that it was not given', async () => {
    expect(found({ ...TRACES, ...KEPT }, await bundle(QUEUE))).toEqual([]);
  });

  it('everything brings every part', async () => {
    expect(found({ ...TRACES, ...KEPT }, await bundle(EVERYTHING))).toHaveLength(16);
  });

  it('an import that uses nothing leaves nothing', async () => {
    expect((await bundle(NOTHING)).trim()).toBe('');
  });
});

function found(traces: Record<string, RegExp>, code: string): string[] {
  return Object.keys(traces).filter((part) => traces[part]?.test(code));
}

async function bundleByEsbuild(program: Program): Promise<string> {
  const { outputFiles } = await esbuild({
    stdin: { contents: program, resolveDir: root },
    bundle: true,
    write: false,
    format: 'esm',
    minifySyntax: true,
    minifyWhitespace: true,
  });
  return outputFiles.map(({ text }) => text).join('');
}

async function bundleByRollup(program: Program): Promise<string> {
  const bundle = await rollup({
    input: 'program',
    plugins: [programPlugin(program)],
    onLog: () => undefined,
  });
  const { output } = await bundle.generate({ format: 'es', compact: true });
  return withoutComments(output[0].code);
}

async function bundleByVite(program: Program): Promise<string> {
  const result = await vite({
    root,
    configFile: false,
    logLevel: 'silent',
    plugins: [{ ...programPlugin(program), enforce: 'pre' }],
    build: { write: false, minify: true, modulePreload: false, rolldownOptions: { input: 'program' } },
  });
  const { output } = [result].flat()[0] as { output: { code?: string }[] };
  return output.map(({ code }) => code ?? '').join('');
}

/**
 * Resolves `encke` to the file itself, and serves the program from memory. So the promise `sideEffects: false` is out
 * of sight, and what leaves the bundle leaves because the bundler found no effect in it.
 */
function programPlugin(program: Program): Plugin {
  return {
    name: 'program',
    resolveId: (id) => ({ program: '\0program', encke: face })[id],
    load: (id) => (id === '\0program' ? program : undefined),
  };
}

interface Plugin {
  name: string;
  resolveId(id: string): string | undefined;
  load(id: string): string | undefined;
}

async function withoutComments(code: string): Promise<string> {
  return (await transform(code, { minifySyntax: true, minifyWhitespace: true })).code;
}
