// What can be known of a change within a minute: types, lint, formatting and the unit tests, side by side.
//
//   npm run test:quick
//
// What is kept in node_modules/.cache makes the next run shorter. The full checks (`npm run check`) use none of it.

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const CACHE = 'node_modules/.cache/quick';

const CHECKS: Readonly<Record<string, string>> = {
  'types of src': `tsc -p src --incremental --tsBuildInfoFile ${CACHE}/src.tsbuildinfo`,
  'types of test': `tsc -p test --incremental --tsBuildInfoFile ${CACHE}/test.tsbuildinfo`,
  lint:
    'eslint --config .config/eslint.config.js --max-warnings 0 ' +
    `--cache --cache-strategy content --cache-location ${CACHE}/eslint .`,
  formatting:
    'prettier --check --log-level warn ' +
    `--cache --cache-strategy content --cache-location ${CACHE}/prettier . !dist`,
  'unit tests': 'vitest run --config .config/vitest.config.ts --project unit --reporter dot',
};

const began = performance.now();
const failed: string[] = [];
await Promise.all(Object.entries(CHECKS).map(([name, command]) => check(name, command)));
console.log(failed.length === 0 ? 'All passed.' : `Failed: ${failed.join(', ')}.`);
if (failed.length > 0) process.exitCode = 1;

/** Shows what the check has said when it is over, so that no two speak at once. */
async function check(name: string, command: string): Promise<void> {
  const [program = '', ...values] = command.split(' ');
  const child = spawn(`${root}/node_modules/.bin/${program}`, values, { cwd: root });
  const said: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
  const code = await new Promise((resolve, reject) => {
    child.once('close', resolve);
    child.once('error', reject);
  });
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  console.log(`\n== ${name}: ${code === 0 ? 'passed' : 'failed'} after ${seconds} s`);
  if (code !== 0 || name === 'unit tests') process.stdout.write(Buffer.concat(said));
  if (code !== 0) failed.push(name);
}
