// The script that stands in for sijax.js, sijax_comet.js and sijax_upload.js: it installs what they do.

import { createComet } from './global-comet.ts';
import { createSijax } from './global-sijax.ts';
import { createUpload } from './global-upload.ts';
import { installReady } from './ready-only-jquery.ts';

const Sijax = createSijax();

Object.assign(globalThis, { Sijax, sjxComet: createComet(Sijax), sjxUpload: createUpload(Sijax) });
installReady();
