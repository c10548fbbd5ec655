// One connection for all tabs of the origin that want the same.

import type { Part } from '../../session/part.ts';
import { joinTabs } from './join-tabs.ts';
import { tabsBy } from './tabs-by.ts';

/** Part of a client. Equal subscriptions of all tabs use one connection. */
export const tabs: Part<'tabs'> = /* @__PURE__ */ tabsBy(joinTabs);
