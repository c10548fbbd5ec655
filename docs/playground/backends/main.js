// The page "Backends": a card for each server, with the code and what it prints.

import { copy } from '../copy.js';
import { watchTheme } from '../theme.js';
import { backends } from './backends.js';

const LINES = 9; // that a card shows

const template = document.querySelector('#card');

document.querySelector('#cards').append(...backends.map(makeCard));
watchTheme(document.querySelector('#theme'));
document.querySelector('#no-server').remove();
document.querySelector('#main').hidden = false;

function makeCard({ name, title, what, toggle, code, connect }) {
  const card = template.content.cloneNode(true).firstElementChild;
  const find = (selector) => card.querySelector(selector);
  const [output, button, copyButton] = ['.output', '.connect', '.copy'].map(find);
  card.dataset.backend = name;
  card.setAttribute('aria-labelledby', `${name}-title`);
  find('h3').id = `${name}-title`;
  find('h3').textContent = title;
  find('.what').textContent = what;
  find('code').textContent = code;
  find('pre').setAttribute('aria-label', `Code of ${title}`);
  output.setAttribute('aria-label', `Output of ${title}`);
  copyButton.setAttribute('aria-label', `Copy the code of ${title}`);
  copyButton.addEventListener('click', () => copy(copyButton, code, find('code')));

  let isSwitched = false;
  let close; // absent while it is closed
  button.addEventListener('click', () => (close ? end() : begin()));
  if (toggle) find('.buttons').append(makeToggle(toggle, change));
  begin();
  return card;

  function change(value) {
    isSwitched = value;
    end();
    begin();
  }

  function begin() {
    button.textContent = 'Close';
    let isCurrent = true;
    // What a connection says after its end is not of the next one.
    const current = (show) => (value) => isCurrent && show(value);
    const show = { print: current(print), note: current(note), tell: current(tell) };
    const stop = connect(show, isSwitched);
    close = () => {
      stop();
      isCurrent = false;
    };
  }

  function end() {
    close?.();
    close = undefined;
    button.textContent = 'Connect';
    tell('closed');
  }

  function print(text, className = '') {
    const line = document.createElement('li');
    line.textContent = text;
    line.className = className;
    output.append(line);
    if (output.children.length > LINES) output.firstElementChild.remove();
  }

  function note(text) {
    print(text, 'remark');
  }

  function tell(state) {
    find('.state').textContent = state;
    find('.state').dataset.state = state;
  }
}

/** @param texts what it says while it is off, and while it is on */
function makeToggle(texts, change) {
  const button = document.createElement('button');
  let isOn = false;
  button.type = 'button';
  button.textContent = texts[0];
  button.addEventListener('click', () => {
    isOn = !isOn;
    button.textContent = texts[Number(isOn)];
    change(isOn);
  });
  return button;
}
