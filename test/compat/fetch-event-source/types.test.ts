// The types of the original and ours are the same, as the compiler sees it; where they are not, ours take more.

import * as original from '@microsoft/fetch-event-source';
import { expect, expectTypeOf, it } from 'vitest';
import * as ours from '../../../src/compat/fetch-event-source/fetch-event-source.ts';

it('has the exports of the original', () => {
  expect(Object.keys(ours).sort()).toEqual(Object.keys(original).sort());
  expect(ours.EventStreamContentType).toBe(original.EventStreamContentType);
});

it('has its types, both ways', () => {
  expectTypeOf<ours.EventSourceMessage>().toEqualTypeOf<original.EventSourceMessage>();
  expectTypeOf<Omit<ours.FetchEventSourceInit, 'reconnect'>>().toEqualTypeOf<original.FetchEventSourceInit>();
  expectTypeOf(ours.EventStreamContentType).toEqualTypeOf(original.EventStreamContentType);
  expectTypeOf<ReturnType<typeof ours.fetchEventSource>>().toEqualTypeOf<
    ReturnType<typeof original.fetchEventSource>
  >();
  // Hooks and options written for one go to the other.
  expectTypeOf<ours.FetchEventSourceInit>().toExtend<original.FetchEventSourceInit>();
  expectTypeOf<original.FetchEventSourceInit>().toExtend<ours.FetchEventSourceInit>();
  // Ours takes a URL, and needs no options: where the original stands, it can stand.
  expectTypeOf(ours.fetchEventSource).toExtend<typeof original.fetchEventSource>();
});
