// How the tests run against deliberate breaks: the fast ones that need no browser, each property for a moment.
// `npm run test:mutations` (docs/testing.md) hands this file to Stryker.

import { basename, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What takes long, the longest last: a break is mostly found before these have their turn. */
const LATE = [
  'session/session',
  'session/interleavings',
  'session/share-tabs-interleavings',
  'session/reconnect-bounds',
  'session/fall-back',
  'session/closing',
  'formats/script-tags',
  'sijax/sijax-wire',
  'contracts/formats',
  'contracts/transports',
];

/** The test of the broken file first, those with a document after the others, the long ones last. */
class LikeliestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const names = (this.ctx.config.related ?? []).map((path) => basename(path, '.ts'));
    const rank = ({ moduleId }: TestSpecification): number => {
      const name = relative(`${root}/test`, moduleId).replace(/\.test\.ts$/, '');
      if (names.includes(basename(name))) return -1;
      return LATE.indexOf(name) + 1 || (/^(commands|sijax)\//.test(name) ? 0.5 : 0);
    };
    return Promise.resolve([...files].sort((a, b) => rank(a) - rank(b)));
  }
}

export default defineConfig({
  root,
  test: {
    environment: 'node',
    // One worker for each break: one for each file would take most of the time.
    pool: 'threads',
    maxWorkers: 1,
    isolate: false,
    include: process.env.ENCKE_TESTS?.split(',') ?? [
      'test/{session,commands,formats,transports,contracts,sijax,ground}/**/*.test.ts',
      'test/*.test.ts',
    ],
    exclude: [
      // These read files, or start programs.
      'test/{comet-page,dist,imports,package,playground,tree-shaking}.test.ts',
      'test/commands/code-from-text.test.ts',
      // These load the sources anew within a test, which hides what runs as a file loads.
      'test/sijax/sijax-drop-in*.test.ts',
      // A statistic about crowds: seconds for each survivor, and what it counts has tests of its own.
      'test/session/herd.test.ts',
    ],
    sequence: { sequencer: LikeliestFirst },
    setupFiles: ['test/tools/short-properties.ts'],
    // A break may leave a test waiting. Milliseconds.
    testTimeout: 8_000,
    env: { ENCKE_SEED: '1', ENCKE_RUNS: '60', ENCKE_FUZZ: '500' },
  },
});
