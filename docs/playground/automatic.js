// The automatic card: the whole ladder, which rung was taken, and why.

import { createCard } from './card.js';
import { automaticCode } from './code.js';
import { createFeed } from './feed.js';
import { write } from './frames.js';
import { createGrounds } from './grounds.js';
import { makeButton } from './hurting.js';
import { techniques } from './techniques.js';

/** The library's own order: the frame is its last resort, the page shows it beside the other streams. */
const ladder = [...techniques].sort((one, other) => isFrame(one) - isFrame(other));

const WHAT =
  'In the library’s own order: the best one that can carry the request is taken, and left on evidence that it ' +
  'does not work here. Switch rungs off, or go behind a middlebox or a proxy, and watch.';

/** Worse networks to begin anew in. Milliseconds: long enough to go down the ladder, and to read why. */
const NETWORKS = [
  {
    wish: 'mute',
    label: 'Middlebox',
    what: 'begins anew where every stream ends before its first event; polls pass.',
    lasts: 45_000,
  },
  {
    wish: 'buffer',
    label: 'Holding proxy',
    what: 'begins anew where every stream is held back, its head too, until it ends; polls pass.',
    lasts: 90_000,
  },
];

/** Shorter than the library's own, so that the way down the ladder can be watched. */
const IMPATIENT = { retryDelay: 200, maxRetryDelay: 800 };

/** What a refusal by likeness says of the other one, which stands above. */
const REPEATED = /, which .*/;

export function createAutomatic({ key, origin }) {
  const off = new Set(); // names of the rungs switched off
  const rungs = new Map(); // name → what shows its standing
  const grounds = createGrounds();
  const feed = createFeed({
    key,
    origin,
    transports: () => ladder.map(({ transport }) => switchable(transport)),
    options: IMPATIENT,
    onTransport: showChoice,
  });
  const card = createCard({
    name: 'automatic',
    title: 'The default ladder',
    what: WHAT,
    place: 'own port',
    feed,
    code: automaticCode(feed.urlAt(10)),
  });
  const list = document.createElement('ol');
  const buttons = document.createElement('div');

  list.className = 'rungs';
  list.append(...ladder.map(makeRung));
  buttons.className = 'buttons more';
  card.addHurtButtons(buttons, NETWORKS, enter);
  buttons.append(makeButton('Choose again', 'forgets what was learned, and begins at the top.', again));
  card.find('.extra').append(buttons, grounds.element, list);
  card.find('.trace').open = true;
  return { feed, card };

  function switchable(transport) {
    const isOff = off.has(transport.name);
    return { ...transport, refuses: (demand) => (isOff ? 'is switched off' : transport.refuses(demand)) };
  }

  function makeRung({ transport: { name } }) {
    const row = document.createElement('li');
    const label = document.createElement('label');
    const box = document.createElement('input');
    const standing = document.createElement('span');
    box.type = 'checkbox';
    box.checked = true;
    box.addEventListener('change', () => {
      if (box.checked) off.delete(name);
      else off.add(name);
      again();
    });
    label.append(box, name);
    standing.className = 'standing';
    row.append(label, standing);
    rungs.set(name, { row, standing });
    return row;
  }

  /** A stream that has proved itself is never given up, so the ladder begins anew in the worse network. */
  async function enter(network) {
    await card.hurt(network);
    again();
  }

  /** Paused, it stays so: what was switched counts when it goes on. */
  function again() {
    if (feed.state === 'closed' && feed.refusal === undefined) return;
    feed.resume();
    if (feed.refusal !== undefined) grounds.refuse(feed.refusal);
  }

  function showChoice(change) {
    const { to, refusals } = change;
    grounds.show(change);
    for (const [name, { row, standing }] of rungs) {
      const refusal = refusals.find((sentence) => sentence.startsWith(`${name} `))?.slice(name.length + 1);
      row.dataset.standing = name === to ? 'in-use' : refusal === undefined ? 'ready' : 'refused';
      write(standing, name === to ? 'in use' : (refusal?.replace(REPEATED, '') ?? 'ready'));
    }
  }
}

function isFrame({ transport }) {
  return Number(transport.name === 'iframe');
}
