// Light, dark, or as the system has it.

import { readColours } from './chart.js';

const STORED = 'encke-theme';

/** Lets the radio buttons choose, and remembers the choice. */
export function watchTheme(choice) {
  const remembered = [...choice.querySelectorAll('input')].find((radio) => radio.value === recall());
  if (remembered) remembered.checked = true;
  apply(remembered?.value ?? 'system');
  choice.addEventListener('change', ({ target }) => {
    remember(target.value);
    apply(target.value);
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', readColours);
}

function apply(theme) {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  readColours();
}

function recall() {
  try {
    return localStorage.getItem(STORED);
  } catch {
    return null; // storage is blocked: the choice lasts as long as the page
  }
}

function remember(theme) {
  try {
    localStorage.setItem(STORED, theme);
  } catch {
    // Storage is blocked: the choice lasts as long as the page.
  }
}
