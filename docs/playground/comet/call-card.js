// What the cards of one call have in common: its state in words, and the button that stops it.

import { write } from '../frames.js';

/** How a call may end, in words. */
const ENDS = { done: 'done', user: 'stopped', fatal: 'failed' };

/**
 * Follows the calls of a card, of which one runs at a time.
 *
 * @param beginning the word for what comes before the answer
 * @returns `start(open)`: `open` makes the call from the options that tell the card of it. Resolves with how it ended,
 *   or with nothing where another one took its place.
 */
export function createCallCard(card, beginning = 'asking') {
  const pill = card.querySelector('.state');
  const stop = card.querySelector('.stop');
  let current; // the call that is shown

  stop.addEventListener('click', () => current.close());
  return async (open) => {
    current?.close();
    show('connecting', beginning);
    const call = open({
      onState: ({ state }) => state === 'open' && show(state, 'running'),
      onError: ({ message }) => write(card.querySelector('.note'), message),
    });
    current = call;
    stop.disabled = false;
    const closed = await call.closed;
    if (call !== current) return undefined;
    stop.disabled = true;
    show('closed', ENDS[closed.reason]);
    return closed;
  };

  function show(state, word) {
    pill.dataset.state = state;
    write(pill.querySelector('.state-word'), word);
  }
}
