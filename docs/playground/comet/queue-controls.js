// The buttons that hold the queue and let it go, and how many commands wait in it.

import { amount } from '../card.js';
import { write } from '../frames.js';

export function createQueueControls(queue) {
  const find = (selector) => document.querySelector(selector);
  const pause = find('#pause');

  pause.addEventListener('click', () => {
    const paused = pause.getAttribute('aria-pressed') !== 'true';
    pause.setAttribute('aria-pressed', String(paused));
    write(pause, paused ? 'Go on' : 'Pause the queue');
    if (paused) queue.pause();
    else queue.resume();
  });
  find('#flush').addEventListener('click', () => queue.flush());
  find('#drop').addEventListener('click', () => queue.clear());

  return {
    paint() {
      write(find('#waiting'), amount(queue.size));
      find('.waiting-count').classList.toggle('some', queue.size > 0);
    },
  };
}
