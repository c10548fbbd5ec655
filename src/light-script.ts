// The preset `encke/light` as a script file: no compiler reads a page's scripts, so options are checked at run time.

import { createClient } from './client.ts';
import { light as unchecked } from './light.ts';
import { check } from './parts/check.ts';

export const light = { ...unchecked, parts: [...unchecked.parts, check] };
export const { subscribe, request } = createClient(light);

export { createClient, EnckeError } from './light.ts';
