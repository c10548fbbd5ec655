// Every difference from the original is there, on both sides.

import { fetchEventSource as original } from '@microsoft/fetch-event-source';
import { describe, expect, it } from 'vitest';
import { fetchEventSource as ours } from '../../../src/compat/fetch-event-source/fetch-event-source.ts';
import { DIFFERENCES } from './differences.ts';
import { inWorld, type Client } from './world.ts';

const shown = DIFFERENCES.flatMap((row) =>
  row.scene && row.shown ? [{ ...row, scene: row.scene, shown: row.shown }] : [],
);

describe('@microsoft/fetch-event-source', () => {
  it.each(shown)('$what: $original', async ({ scene, shown: { original: expected } }) => {
    expect(await inWorld((world) => scene(original as Client, world))).toEqual(expected);
  });
});

describe('encke/fetch-event-source', () => {
  it.each(shown)('$what: $ours', async ({ scene, shown: { ours: expected } }) => {
    expect(await inWorld((world) => scene(ours, world))).toEqual(expected);
  });
});
