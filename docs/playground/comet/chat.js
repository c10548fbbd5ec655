// The chat: what is said goes out as a call, and comes to every tab by a subscription.

import { subscribe } from '/dist/index.js';
import { write } from '../frames.js';
import { addCode, chatCode } from './code.js';
import { chosenTransport, onChoice } from './transports.js';

const EVENTS = 'events?channel=comet-chat';

/** Before everything: who comes late hears all that was said. */
const BEGINNING = '0';

const NAMES = [
  'Halley',
  'Encke',
  'Tempel',
  'Biela',
  'Tuttle',
  'Pons',
  'Borrelly',
  'Wirtanen',
  'Hartley',
  'Wild',
];

/** @param tab tells what was said here from what others said */
export function createChat(tab) {
  const card = document.querySelector('#chat');
  const find = (selector) => card.querySelector(selector);
  let subscription;

  return { arrived, join };

  function join(app) {
    find('#name').value = NAMES[Math.floor(Math.random() * NAMES.length)];
    addCode(card, 'the chat', chatCode);
    listen(app);
    onChoice(() => listen(app));
    find('form').addEventListener('submit', (event) => {
      event.preventDefault();
      app.request('say', [find('#name').value, find('#text').value, tab]);
    });
  }

  /** Goes on, by the transport chosen, after what was heard by the one before. */
  function listen(app) {
    const transport = chosenTransport();
    subscription?.close();
    subscription = subscribe(EVENTS, {
      commands: app.commands,
      transports: [transport],
      lastEventId: subscription?.lastEventId ?? BEGINNING,
      onState({ state }) {
        find('.state').dataset.state = state;
        write(find('.state-word'), state === 'open' ? `open by ${transport.name}` : state);
      },
    });
  }

  /** What the server calls behind each line. */
  function arrived(id, from) {
    const line = document.getElementById(id);
    const { parentElement: list } = line;
    line.classList.toggle('own', from === tab);
    list.scrollTo({ top: list.scrollHeight });
  }
}
