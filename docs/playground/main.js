// The page: seven cards, the controls for all of them, the automatic card and the one request.

import { createAutomatic } from './automatic.js';
import { amount, createCard, duration } from './card.js';
import { techniqueCode } from './code.js';
import { createFeed } from './feed.js';
import { onFrame, pacer, write } from './frames.js';
import { createHurtButtons, wishes } from './hurting.js';
import { createModel } from './model.js';
import { techniques } from './techniques.js';
import { watchTheme } from './theme.js';

/** Milliseconds between two writes of the totals. */
const TOTALS_PERIOD = 250;

const SUMS = {
  '#total-events': (feed) => feed.meter.events,
  '#total-lost': (feed) => feed.meter.lost,
  '#total-doubled': (feed) => feed.meter.doubled,
  '#total-requests': (feed) => feed.requests,
};

const find = (selector) => document.querySelector(selector);

const ownOrigin = location.origin;
const secondPort = await readSecondPort();
const page = Math.random().toString(36).slice(2); // tells the connections of this page from those of others
const automatic = createAutomatic({ key: `${page}-automatic`, origin: ownOrigin });
const shown = [...techniques.map(makeCard), automatic];

find('#cards').prepend(...shown.slice(0, techniques.length).map(({ card }) => card.element));
find('#automatic-card').append(automatic.card.element);
find('#model-card').append(createModel({ key: `${page}-model`, origin: ownOrigin }));
fillLegend();
watchTheme(find('#theme'));
watchControls();
find('#no-server').remove();
find('#main').hidden = false;
for (const { card } of shown) onFrame(card.paint);
onFrame(totals());
for (const { feed } of shown) feed.connect(chosenSpeed());

async function readSecondPort() {
  const response = await fetch('/second-port.json');
  return response.json();
}

function makeCard(technique) {
  const { transport, title, what, own, options } = technique;
  const { name } = transport;
  const origin = own ? ownOrigin : `${location.protocol}//${location.hostname}:${secondPort}`;
  const feed = createFeed({
    key: `${page}-${name}`,
    origin,
    transports: () => [transport],
    options,
  });
  const place = own ? 'own port' : `port ${secondPort}`;
  const card = createCard({ name, title, what, place, feed, code: techniqueCode(technique, feed.urlAt(10)) });
  return { feed, card };
}

function watchControls() {
  const { add, showLasting } = createHurtButtons();
  add(find('#hurt-all-buttons'), wishes, (wish) => {
    showLasting(wish);
    for (const { card } of shown) void card.hurt(wish);
  });
  const pause = find('#pause');
  pause.addEventListener('click', () => {
    const paused = pause.getAttribute('aria-pressed') !== 'true';
    setPaused(paused);
    for (const { feed } of shown) {
      if (paused) feed.pause();
      else feed.resume();
    }
  });
  find('#speed').addEventListener('change', () => {
    setPaused(false);
    for (const { feed } of shown) feed.connect(chosenSpeed());
  });
}

function setPaused(paused) {
  const pause = find('#pause');
  pause.setAttribute('aria-pressed', String(paused));
  write(pause, paused ? 'Go on' : 'Pause all');
}

function chosenSpeed() {
  return Number(find('#speed input:checked').value);
}

function fillLegend() {
  const entries = wishes.map(({ label, what, then = '' }) => {
    const entry = document.createElement('div');
    const term = document.createElement('dt');
    const meaning = document.createElement('dd');
    term.textContent = label;
    meaning.textContent = `${what} ${then}`;
    entry.append(term, meaning);
    return entry;
  });
  find('#legend').prepend(...entries);
}

/** What all cards have together, and beside one another; painted a few times a second. */
function totals() {
  const wants = pacer(TOTALS_PERIOD);
  const sums = Object.entries(SUMS).map(([selector, read]) => [find(selector), read]);
  const rows = shown.map(({ feed, card }) => [feed, addComparison(card.name)]);
  return (now) => {
    if (!wants(now)) return;
    for (const [element, read] of sums) {
      write(element, amount(shown.reduce((sum, { feed }) => sum + read(feed), 0)));
    }
    for (const [feed, [delay, requests]] of rows) {
      write(delay, duration(feed.meter.median(now)));
      write(requests, amount(feed.requests));
    }
  };
}

/** A row of the table; gives the cells of its figures. */
function addComparison(name) {
  const row = find('#compare').insertRow();
  const head = document.createElement('th');
  head.scope = 'row';
  head.textContent = name;
  row.append(head);
  return [row.insertCell(), row.insertCell()];
}
