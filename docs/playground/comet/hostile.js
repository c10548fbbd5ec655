// Commands that must not do what they ask for: buttons that have them sent, and what was reported of each.

import { write } from '../frames.js';
import { addCode, hostileCode } from './code.js';

/** What each button has the server send, by its name there. */
const KINDS = {
  script: 'A script',
  markup: 'Code in HTML',
  address: 'javascript: URL',
  constructor: 'constructor',
  proto: '__proto__',
  unknown: 'Unknown verb',
  selector: 'Bad selector',
  missing: 'No target',
  stranger: 'No command',
  all: 'All of them',
};

/** Reports shown. */
const SHOWN = 9;

export function createHostile() {
  const card = document.querySelector('#hostile');
  const verdicts = card.querySelector('#verdicts');
  let sent = 0; // commands asked for

  return { send, reported };

  function send(app) {
    const buttons = Object.entries(KINDS).map(([kind, label]) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = label;
      button.dataset.hostile = kind;
      button.addEventListener('click', () => {
        sent += kind === 'all' ? Object.keys(KINDS).length - 1 : 1;
        app.request('hostile', [kind, sent]);
      });
      return button;
    });
    card.querySelector('#hostile-buttons').append(...buttons);
    addCode(card, 'the diagnostics', hostileCode);
  }

  function reported({ code, message }) {
    const entry = document.createElement('li');
    const name = document.createElement('code');
    write(name, code);
    entry.append(name, ` ${message}`);
    verdicts.prepend(entry);
    if (verdicts.children.length > SHOWN) verdicts.lastElementChild.remove();
  }
}
