// A set-up file for runs that repeat every test often: each property is looked at for a moment, with the same seed, and
// what breaks it is not made shorter.

import fc from 'fast-check';

fc.configureGlobal({ seed: 1, endOnFailure: true });
// Milliseconds.
fc.installGlobalPlugin(fc.interruptAfterTimeLimit(250));
