import { createApp, createSSRApp, h, shallowRef, type App } from 'vue';
import { stage, type Shown } from '../app.ts';
import Root from './app.vue';

const shownNow = shallowRef<Shown>({ feeds: [], ask: null });
let app: App | undefined;

stage({
  hydrate(element, shown) {
    shownNow.value = shown;
    app = createSSRApp({ render: () => h(Root, { shown: shownNow.value }) });
    app.mount(element);
  },
  show(shown) {
    shownNow.value = shown;
    if (app) return;
    app = createApp({ render: () => h(Root, { shown: shownNow.value }) });
    app.mount('#root');
  },
});
