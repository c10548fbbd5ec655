import { render as renderComponent } from 'svelte/server';
import type { Shown } from '../app.ts';
import Root from './app.svelte';

export function render(shown: Shown): string {
  return renderComponent(Root, { props: { shown } }).body;
}
