// What the app is given, as state.

import type { Shown } from '../app.ts';

declare function $state<Value>(value: Value): Value;

export const props = $state<{ shown: Shown }>({ shown: { feeds: [], ask: null } });
