// How the tests run: what needs no browser, two files at once; then pages and backends that measure no time, three at
// once, for most of the time they wait; then what expects something within a time, two at once; at last, one after
// another, whatever measures time.

import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { ClosingLine } from '../test/tools/closing-line.ts';
import { LongestFirst } from '../test/tools/longest-first.ts';

/** What the package and its documents must be: they are built, packed, bundled and compiled. */
const PACKAGE = [
  'test/dist.test.ts',
  'test/imports.test.ts',
  'test/package.test.ts',
  'test/bundlers/runners.test.ts',
  'test/usages.test.ts',
  'test/tree-shaking.test.ts',
  'test/docs/code.test.ts',
  'test/docs/computed-pages.test.ts',
  'test/docs/site.test.ts',
  'test/docs/frameworks-doc.test.ts',
  'test/docs/sizes.test.ts',
];

/** What needs no browser but its time: random orders of events by the thousand, and servers that keep one waiting. */
const AT_LENGTH = [
  'test/commands/coalesce.test.ts',
  'test/contracts/transports.test.ts',
  'test/msw.test.ts',
  'test/pairs/pairs.test.ts',
  'test/probe/servers.test.ts',
  'test/session/herd.test.ts',
  'test/session/interleavings.test.ts',
  'test/session/share-tabs-interleavings.test.ts',
];

/** The pages of the playground, in Chromium. */
const PLAYGROUND = ['test/playground.test.ts', 'test/comet-page.test.ts', 'test/backends-page.test.ts'];

/** Backends whose pages are read in every engine: they share the browsers of the other pages. */
const BACKENDS_IN_BROWSERS = [
  'durable-streams-browsers',
  'nchan-browsers',
  'orbited',
  'orbited-quiz',
  'pylons',
  'python-servers',
  'sijax',
  'sijax-client',
  'zope',
].map((name) => `test/interop/${name}.test.ts`);

/** Apps that are built with the package, and run in Chromium. */
const BUNDLED = 'test/bundlers/bundlers.test.ts';

/** Tests in browsers that measure what a page holds up or keeps: nothing may run beside them. */
const ALONE_IN_BROWSERS = ['bursts', 'command-queue', 'memory'].map(
  (name) => `test/browsers/${name}.test.ts`,
);

/** Tests in browsers that expect something within a time: one may run beside another. */
const BY_THE_CLOCK = ['chaos', 'page-life', 'service-worker', 'share-tabs'].map(
  (name) => `test/browsers/${name}.test.ts`,
);

/** Tests with backends that measure time. */
const BACKENDS_BY_THE_CLOCK = ['haproxy', 'mercure-wire', 'nginx', 'vite-proxy'].map(
  (name) => `test/interop/${name}.test.ts`,
);

const root = fileURLToPath(new URL('..', import.meta.url));

/** Projects of one group run at the same time, and have as many workers together. */
const AT_ONCE = { maxWorkers: 2 };
const MOSTLY_WAITING = { maxWorkers: 3 };
const ALONE = { fileParallelism: false };

/**
 * A worker goes on with the next file: what it has loaded, it has. A test leaves nothing behind, in the globals or
 * elsewhere.
 */
const IN_ONE_THREAD = { pool: 'threads', isolate: false } as const;

/** The same, and its browsers go on, too. Nothing but a process of its own can end them at its end. */
const WITH_ITS_BROWSERS = { pool: 'forks', isolate: false } as const;

/** Milliseconds. A machine may be busy with other things; what a test expects of time it says itself. */
const IN_NODE = { testTimeout: 60_000, hookTimeout: 60_000 };
// What a busy machine held up is tried once more, and the report names it; what backends need is installed by the first run.
const IN_BROWSERS = { testTimeout: 120_000, hookTimeout: 200_000, retry: 1 };
const WITH_BACKENDS = { testTimeout: 60_000, hookTimeout: 200_000, retry: 1 };

export default defineConfig({
  root,
  test: {
    reporters: ['default', new ClosingLine()],
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        root,
        test: {
          name: 'unit',
          // A file that needs a document asks for one: `// @vitest-environment happy-dom`.
          environment: 'node',
          include: ['test/**/*.test.ts'],
          exclude: [
            ...AT_LENGTH,
            ...PACKAGE,
            ...PLAYGROUND,
            BUNDLED,
            'test/browsers/**',
            'test/interop/**',
            'test/bench/**',
            '**/node_modules/**',
            '**/.cache/**',
          ],
          ...AT_ONCE,
          ...IN_ONE_THREAD,
          sequence: { groupOrder: 0 },
          ...IN_NODE,
        },
      },
      {
        root,
        test: {
          name: 'length',
          environment: 'node',
          include: AT_LENGTH,
          ...AT_ONCE,
          ...IN_ONE_THREAD,
          sequence: { groupOrder: 0 },
          ...IN_NODE,
        },
      },
      {
        root,
        test: {
          name: 'package',
          environment: 'node',
          include: PACKAGE,
          ...AT_ONCE,
          sequence: { groupOrder: 0 },
          ...IN_NODE,
        },
      },
      {
        root,
        test: {
          name: 'pages',
          environment: 'node',
          include: ['test/browsers/**/*.test.ts', ...PLAYGROUND, ...BACKENDS_IN_BROWSERS, BUNDLED],
          exclude: [...ALONE_IN_BROWSERS, ...BY_THE_CLOCK],
          ...MOSTLY_WAITING,
          ...WITH_ITS_BROWSERS,
          sequence: { groupOrder: 1 },
          ...IN_BROWSERS,
        },
      },
      {
        root,
        test: {
          // Backends of other makers.
          name: 'interop',
          environment: 'node',
          include: ['test/interop/**/*.test.ts'],
          exclude: [...BACKENDS_BY_THE_CLOCK, ...BACKENDS_IN_BROWSERS],
          ...MOSTLY_WAITING,
          sequence: { groupOrder: 1 },
          ...WITH_BACKENDS,
        },
      },
      {
        root,
        test: {
          name: 'clock',
          environment: 'node',
          include: BY_THE_CLOCK,
          ...AT_ONCE,
          sequence: { groupOrder: 2 },
          ...IN_BROWSERS,
        },
      },
      {
        root,
        test: {
          name: 'browsers',
          environment: 'node',
          include: ALONE_IN_BROWSERS,
          ...ALONE,
          sequence: { groupOrder: 3 },
          ...IN_BROWSERS,
        },
      },
      {
        root,
        test: {
          name: 'proxies',
          environment: 'node',
          include: BACKENDS_BY_THE_CLOCK,
          ...AT_ONCE,
          sequence: { groupOrder: 2 },
          ...WITH_BACKENDS,
        },
      },
    ],
  },
});
