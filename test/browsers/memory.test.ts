// What went through a carrier leaves nothing behind. The whole, a gigabyte each: `npm run test:memory`.
//
// Only Chromium tells how much lies on its heap, and clears it when asked; the others are measured in the whole, from outside.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowsers, launch, type Browser, type Found } from './drivers.ts';
import { openCourse, type Course } from './memory.ts';
import { skipIfMissing } from './missing.ts';

/** Bytes. */
const LEFT_AT_MOST = 5e6;

/** Megabytes a second. */
const SPEED = 32;

/** Carriers whose document or text the browser keeps until its end: they ask anew, in time. */
const ASKED_ANEW = ['xhr-stream', 'htmlfile', 'iframe'];

for (const found of findBrowsers().filter(({ name }) => name === 'chromium')) {
  describe(found.name, () => keepsNothingIn(found));
}

function keepsNothingIn(found: Found): void {
  let course: Course | undefined;
  let browser: Browser | undefined;

  beforeAll(async () => {
    if ('missing' in found) return;
    course = await openCourse();
    browser = await launch(found);
  });

  afterAll(async () => {
    await browser?.close();
    await course?.close();
  });

  it.for([
    ['fetch-stream', 64],
    ['xhr-stream', 64],
    ['htmlfile', 16],
    ['iframe', 16],
  ] as const)('keeps nothing of what came by %s, %i MB', async ([technique, megabytes], context) => {
    skipIfMissing(found, context);
    if (!browser || !course) throw new Error('The browser did not start.');
    const measured = await course.measure(browser, technique, { megabytes, speed: SPEED });
    const { count, heap, cursors } = measured;
    expect(measured).toMatchObject({ delivered: count, misplaced: 0, ended: '' });
    expect(heap).toBeLessThan(LEFT_AT_MOST);
    expect(cursors).toEqual([...new Set(cursors)].sort((one, other) => one - other));
    if (ASKED_ANEW.includes(technique)) expect(cursors.length).toBeGreaterThan(3);
    else expect(cursors).toEqual([0]);
  });
}
