import { renderToString } from 'react-dom/server';
import type { Shown } from '../app.ts';
import { App } from './app.tsx';

export function render(shown: Shown): string {
  return renderToString(<App {...shown} />);
}
