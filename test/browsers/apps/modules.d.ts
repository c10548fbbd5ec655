// What the compiler cannot read itself.

declare module '*.vue' {
  import type { DefineComponent } from 'vue';
  export const component: DefineComponent<{ shown: object }>;
  export { component as default };
}

declare module '*.svelte' {
  import type { Component } from 'svelte';
  export const component: Component<{ shown: object }>;
  export { component as default };
}
