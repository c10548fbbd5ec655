// What goes wrong where nobody waits for it: the page's error reporting hears of it.

import { call } from '../../ground/call.ts';
import type { EnckeError } from '../../ground/errors.ts';

export function report(error: EnckeError): void {
  call(fling, error);
}

function fling(error: EnckeError): never {
  throw error;
}
