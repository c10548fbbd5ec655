import { describe, expect, it } from 'vitest';
import { closingLine, tally, type TestFile, withExitCode } from './closing-line.ts';

describe('the closing line', () => {
  it('names passed and failed always, skipped only where some were', () => {
    expect(closingLine({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed');
    expect(closingLine({ passed: 3, failed: 1, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped');
  });

  it('counts the tests of every file by their result', () => {
    const files = [file(['passed', 'passed', 'skipped']), file(['failed', 'passed'])];
    expect(tally(files, [])).toEqual({ passed: 3, failed: 1, skipped: 1 });
  });

  it('counts errors outside of tests as failures', () => {
    const brokenFile = file([], { file: ['does not load'] });
    const brokenHook = file(['skipped'], { suite: ['beforeAll threw'] });
    expect(tally([brokenFile, brokenHook], ['stray rejection'])).toEqual({
      passed: 0,
      failed: 3,
      skipped: 1,
    });
  });

  it('says that a run failed whose tests did not', () => {
    const passed = { passed: 2, failed: 0, skipped: 0 };
    expect(withExitCode(passed, 1)).toEqual({ ...passed, failed: 1 });
    expect(withExitCode(passed, 0)).toEqual(passed);
    expect(withExitCode({ ...passed, failed: 4 }, 1).failed).toBe(4);
  });

  it('counts a test that never ran as failed', () => {
    expect(tally([file(['passed', 'pending'])], [])).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });
});

function file(states: string[], errors: { file?: string[]; suite?: string[] } = {}): TestFile {
  const tests = states.map((state) => ({ result: () => ({ state }) }));
  const suite = { errors: () => errors.suite ?? [] };
  return { children: { allTests: () => tests, allSuites: () => [suite] }, errors: () => errors.file ?? [] };
}
