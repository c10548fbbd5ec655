import { createSSRApp, h } from 'vue';
import { renderToString } from 'vue/server-renderer';
import type { Shown } from '../app.ts';
import Root from './app.vue';

export function render(shown: Shown): Promise<string> {
  return renderToString(createSSRApp({ render: () => h(Root, { shown }) }));
}
