import { createRoot, hydrateRoot, type Root } from 'react-dom/client';
import { flushSync } from 'react-dom';
import { stage } from '../app.ts';
import { App } from './app.tsx';

let root: Root | undefined;

stage({
  hydrate(element, shown) {
    const onRecoverableError = (error: unknown): void => void globalThis.complaints.push(String(error));
    root = hydrateRoot(element, <App {...shown} />, { onRecoverableError });
  },
  show(shown) {
    root ??= createRoot(document.querySelector('#root') as Element);
    flushSync(() => root?.render(<App {...shown} />));
  },
});
