import { flushSync, hydrate, mount } from 'svelte';
import { stage, type Shown } from '../app.ts';
import Root from './app.svelte';
import { props } from './props.svelte.ts';

let isMounted = false;

stage({
  hydrate(target, shown) {
    props.shown = shown;
    isMounted = true;
    hydrate(Root, { target, props });
  },
  show(shown: Shown) {
    props.shown = shown;
    if (!isMounted) mount(Root, { target: document.querySelector('#root') as Element, props });
    isMounted = true;
    flushSync();
  },
});
