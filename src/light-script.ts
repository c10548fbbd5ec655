// The preset `encke/light` as a script file: no compiler reads a page's scripts, so options are checked at run time.

import { check } from './all-parts.ts';
import { composeClient } from './client.ts';
import { light as unchecked } from './light.ts';

export const light = { ...unchecked, parts: [...unchecked.parts, check] };
export const { subscribe, request } = composeClient(light);

export { composeClient, EnckeError } from './light.ts';
