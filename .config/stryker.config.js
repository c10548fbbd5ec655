// How deliberate breaks are made, and what looks for them. `npm run test:mutations` adds which files to break.

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  // `related` tells the order of the tests which file is broken.
  vitest: { configFile: '.config/mutations.vitest.config.ts', related: true },
  coverageAnalysis: 'perTest',
  // No file needs to be changed for it: what runs the tests looks at no types.
  disableTypeChecks: false,
  ignorePatterns: ['**/.cache', 'dist', 'docs'],
  tempDirName: 'test/.cache/mutations/sandbox',
  // Milliseconds, beyond half again of what the tests took unbroken: the machine may be busy with other things.
  timeoutMS: 8_000,
  reporters: ['html', 'json', process.stdout.isTTY ? 'progress' : 'progress-append-only'],
  htmlReporter: { fileName: 'test/.cache/mutations/report.html' },
  logLevel: 'warn',
};
