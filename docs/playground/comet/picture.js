// The picture: thousands of commands, each for one cell, and what they cost the frames of this page.

import { amount, duration } from '../card.js';
import { onFrame, write } from '../frames.js';
import { chosenTransport } from './transports.js';

const COLUMNS = 72;
const ROWS = 40;

export function createPicture(app) {
  const card = document.querySelector('#picture');
  const find = (selector) => card.querySelector(selector);
  const cells = Array.from({ length: COLUMNS * ROWS }, makeCell);

  write(find('.total'), amount(cells.length));
  find('#sky').append(...cells);
  find('.paint').addEventListener('click', () => void paint());
  find('.wipe').addEventListener('click', wipe);

  async function paint() {
    wipe();
    find('.paint').disabled = true;
    const began = performance.now();
    const stop = measureFrames(began);
    // Resolves when the answer is whole and its commands are applied.
    await app.comet('paint', [COLUMNS, ROWS], { transports: [chosenTransport()] });
    stop();
    write(find('.took'), duration(performance.now() - began));
    find('.paint').disabled = false;
  }

  function measureFrames(began) {
    let last = began;
    let frames = 0;
    let longest = 0; // milliseconds
    return onFrame((now) => {
      frames += 1;
      longest = Math.max(longest, now - last);
      last = now;
      write(find('.frames'), String(frames));
      write(find('.longest'), duration(longest));
    });
  }

  function wipe() {
    for (const { style } of cells) style.removeProperty('background-color');
  }
}

function makeCell(_, place) {
  const cell = document.createElement('i');
  cell.id = `cell-${place}`;
  return cell;
}
