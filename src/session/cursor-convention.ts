// How the last event id travels.

import type { CursorConvention } from '../options.ts';

export type { CursorConvention } from '../options.ts';

/** The convention of the standard, and of encke's own servers: a header, or a query parameter where none can be sent. */
export const lastEventIdHeader: CursorConvention = { param: 'lastEventId' };
