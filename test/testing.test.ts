// The world of tests, as docs/testing.md promises it.

import { describe, expect, it } from 'vitest';
import { virtualEnvironment } from '../src/testing.ts';

describe('the time of a virtual environment', () => {
  it('never goes back, also where a handler lets more time pass while time passes', async () => {
    const environment = virtualEnvironment();
    let more: Promise<void> | undefined;
    environment.setTimer(() => {
      more = environment.advance(10_000);
    }, 500);
    await environment.advance(1_000);
    await more;
    expect(environment.now()).toBe(10_500);
  });
});
