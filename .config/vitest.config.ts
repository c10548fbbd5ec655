// How the tests run: everything that needs no browser side by side, then the real browsers, two at a time where no time
// is measured and else one after another, then the real backends.

import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { ClosingLine } from '../test/tools/closing-line.ts';

/** Browser tests whose result hangs on no time: two of their files may run at once. */
const AT_LEISURE = [
  'command-scripts',
  'commands',
  'csp-doc',
  'drivers',
  'drop-in',
  'golden',
  'probe',
  'transport-policies',
  'worker',
].map((name) => `test/browsers/${name}.test.ts`);

const root = fileURLToPath(new URL('..', import.meta.url));

export default defineConfig({
  root,
  test: {
    reporters: ['default', new ClosingLine()],
    projects: [
      {
        root,
        test: {
          name: 'unit',
          // A file that needs a document asks for one: `// @vitest-environment happy-dom`.
          environment: 'node',
          include: ['test/**/*.test.ts'],
          exclude: [
            'test/browsers/**',
            'test/interop/**',
            'test/bench/**',
            '**/node_modules/**',
            '**/.cache/**',
          ],
          sequence: { groupOrder: 0 },
        },
      },
      {
        root,
        test: {
          name: 'pages',
          environment: 'node',
          include: AT_LEISURE,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        root,
        test: {
          name: 'browsers',
          environment: 'node',
          include: ['test/browsers/**/*.test.ts'],
          exclude: AT_LEISURE,
          // The browsers measure time: nothing else may run beside them.
          fileParallelism: false,
          sequence: { groupOrder: 2 },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        root,
        test: {
          // Backends of other makers. What they need is installed by the first run.
          name: 'interop',
          environment: 'node',
          include: ['test/interop/**/*.test.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 3 },
          testTimeout: 60_000,
          hookTimeout: 200_000,
        },
      },
    ],
  },
});
