// A program: breaks the library in one place at a time, and prints the breaks that no test notices.
//
// `npm run test:mutations -- src/session/verdict.ts` takes files or folders. `--static` breaks what runs as a file loads,
// too: every test must run for each of these. `--concurrency=2` looks at two breaks at once. `--tests=test/formats` has
// the tests of that folder look for them, and no others: `event-stream.ts` is covered by every test of a session.

import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { describeMutants, type MutationReport } from './mutation-report.ts';

/** Where the decisions are. */
const FOLDERS = ['src/session', 'src/parts', 'src/commands', 'src/formats', 'src/transports'];

const REPORT = 'test/.cache/mutations/report.json';

process.chdir(fileURLToPath(new URL('../..', import.meta.url)));

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    static: { type: 'boolean', default: false },
    concurrency: { type: 'string', default: '1' },
    tests: { type: 'string', multiple: true, default: [] },
  },
});
if (values.tests.length > 0) process.env['ENCKE_TESTS'] = values.tests.map(asTests).join();

await new Stryker({
  configFile: '.config/stryker.config.js',
  mutate: (positionals.length > 0 ? positionals : FOLDERS).map(asPattern),
  ignoreStatic: !values.static,
  concurrency: Number(values.concurrency),
  jsonReporter: { fileName: REPORT },
}).runMutationTest();

const report = JSON.parse(readFileSync(REPORT, 'utf8')) as MutationReport;
process.stdout.write(`${describeMutants(report)}\n`);

/** A folder stands for its files; `src/file.ts:10-20` for some lines of one. */
function asPattern(path: string): string {
  return inFolder(path, '*.ts');
}

function asTests(path: string): string {
  return inFolder(path, '*.test.ts');
}

function inFolder(path: string, files: string): string {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  return isFolder ? `${path.replace(/\/$/, '')}/**/${files}` : path;
}
