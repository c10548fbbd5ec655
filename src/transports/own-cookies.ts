// Cookies that a carrier older than fetch cannot leave out.

import type { Demand } from './transport.ts';

/** Such a carrier sends the cookies of the page's own origin whatever was asked. */
export function refusesToOmitCookies({ credentials, crossOrigin }: Demand): string | undefined {
  return credentials === 'omit' && !crossOrigin ? 'cannot omit the cookies of its own origin' : undefined;
}
