// What happened to a connection, newest first, and a button that copies it all for a bug report.

import { copy } from './copy.js';
import { withShortAddresses } from './sentences.js';

/**
 * Fills the `details` of a card.
 *
 * @returns what shows the news, while it is open
 */
export function showTrace(details, title, feed) {
  const list = details.querySelector('.entries');
  const button = details.querySelector('.copy');
  let shown; // the newest entry in the list

  list.setAttribute('aria-label', `What happened to ${title}`);
  details.querySelector('summary').setAttribute('aria-label', `What happened to ${title}`);
  button.setAttribute('aria-label', `Copy what happened to ${title}`);
  button.addEventListener('click', () => copy(button, report(title, feed), list));
  details.addEventListener('toggle', paint);
  return paint;

  function paint() {
    const { trace } = feed;
    if (!details.open || trace.at(-1) === shown) return;
    const known = trace.indexOf(shown) + 1;
    // A new connection has a trace of its own.
    if (known === 0) list.replaceChildren();
    list.prepend(...trace.slice(known).reverse().map(makeRow));
    while (list.children.length > trace.length) list.lastElementChild.remove();
    shown = trace.at(-1);
  }
}

function makeRow({ at, what, detail }) {
  const row = document.createElement('li');
  const time = document.createElement('span');
  const kind = document.createElement('b');
  row.dataset.what = what;
  time.className = 'at';
  time.textContent = `${(at / 1000).toFixed(2)} s`;
  kind.textContent = what;
  row.append(time, kind, withShortAddresses(detail));
  return row;
}

/** The oldest first, as `debug` prints it. */
function report(title, { url, transport, trace }) {
  const head = [`encke, ${title}: ${transport || 'no transport'}`, url, navigator.userAgent];
  const lines = trace.map(({ at, what, detail }) => `+${at} ms ${what}: ${detail}`);
  return `${[...head, new Date().toISOString(), '', ...lines].join('\n')}\n`;
}
