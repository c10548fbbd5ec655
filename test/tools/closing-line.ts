// A vitest reporter that ends the run with one plain line: `N passed, N failed`, and `, N skipped` where some were.

import { writeSync } from 'node:fs';
import type { Reporter } from 'vitest/node';

const STDOUT = 1;

export class ClosingLine implements Reporter {
  onTestRunEnd(files: readonly TestFile[], strayErrors: readonly unknown[]): void {
    const counted = tally(files, strayErrors);
    // At exit, so that whatever another reporter or a teardown prints stands above it.
    process.once('exit', (code) => writeSync(STDOUT, `${closingLine(withExitCode(counted, code))}\n`));
  }
}

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export function closingLine({ passed, failed, skipped }: Tally): string {
  const line = `${String(passed)} passed, ${String(failed)} failed`;
  return skipped > 0 ? `${line}, ${String(skipped)} skipped` : line;
}

/** A run can fail without a failed test: none found, a teardown that threw. The line says so all the same. */
export function withExitCode(counted: Tally, exitCode: number): Tally {
  return exitCode !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted;
}

/** What is asked of a test file; vitest's `TestModule` has it. */
export interface TestFile {
  readonly children: {
    allTests(): Iterable<{ result(): { readonly state: string } }>;
    allSuites(): Iterable<{ errors(): readonly unknown[] }>;
  };
  errors(): readonly unknown[];
}

/**
 * Counts tests, and as a failed one each error outside of any test: a file that does not load, a hook that throws,
 * a stray rejection. So the line never says `0 failed` of a run that failed.
 */
export function tally(files: readonly TestFile[], strayErrors: readonly unknown[]): Tally {
  const states = files.flatMap(({ children }) => [...children.allTests()].map((test) => test.result().state));
  const errors = files
    .flatMap((file) => [file, ...file.children.allSuites()])
    .flatMap((part) => part.errors());
  const passed = states.filter((state) => state === 'passed').length;
  const skipped = states.filter((state) => state === 'skipped').length;
  // What never got to run (an interrupted test) has not passed either.
  const failed = states.length - passed - skipped + errors.length + strayErrors.length;
  return { passed, failed, skipped };
}
