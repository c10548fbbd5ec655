// One card: a feed made visible, with buttons that hurt it.

import { createChart } from './chart.js';
import { showCode } from './code.js';
import { pacer, write } from './frames.js';
import { askToHurt, createHurtButtons, wishes } from './hurting.js';
import { showTrace } from './trace.js';

const READABLE = 100; // milliseconds between two writes of figures
const MEDIAN = 500; // the same for the median
const SMOOTH = 30; // the same for charts: every other frame

/**
 * Makes a card from the template.
 *
 * @returns its element, `paint` to be called every frame, `hurt`, and `addHurtButtons` for more of them
 */
export function createCard({ name, title, what, place, feed, code }) {
  const element = document.querySelector('#technique').content.firstElementChild.cloneNode(true);
  const find = (selector) => element.querySelector(selector);
  const heading = find('h3');
  const canvas = find('.chart');
  const figures = ['requests', 'events', 'lost', 'doubled'].map((figure) => [figure, find(`.${figure}`)]);
  const rows = addRows(find('.latest'), 5);
  const drawChart = createChart(canvas, feed.meter);
  const wantsChart = pacer(SMOOTH);
  const wantsText = pacer(READABLE);
  const wantsMedian = pacer(MEDIAN);
  const stateElement = find('.state');
  const isVisible = watchVisibility(canvas);

  element.dataset.technique = name;
  heading.id = `card-${name}`;
  element.setAttribute('aria-labelledby', heading.id);
  canvas.setAttribute('aria-label', `${title}: latency and state over the last 30 seconds`);
  find('.hurt .buttons').setAttribute('aria-label', `Hurt ${title}`);
  find('.latest').setAttribute('aria-label', `Latest events by ${title}`);
  write(heading, title);
  write(find('.what'), what);
  write(find('.place'), place);
  showCode(find('.code'), title, code);
  const paintTrace = showTrace(find('.trace'), title, feed);
  const { add: addHurtButtons, showLasting } = createHurtButtons();
  addHurtButtons(find('.hurt .buttons'), wishes, hurt);

  return { name, element, find, paint, hurt, addHurtButtons };

  async function hurt(wish) {
    showLasting(wish);
    await askToHurt(feed.key, wish);
  }

  function paint(now) {
    if (isVisible() && wantsChart(now)) drawChart(now);
    if (!wantsText(now)) return;
    showState(now);
    for (const [figure, target] of figures) write(target, amount(feed[figure] ?? feed.meter[figure]));
    find('.lost').classList.toggle('bad', feed.meter.lost > 0);
    find('.doubled').classList.toggle('bad', feed.meter.doubled > 0);
    write(find('.transport'), feed.transport || 'no transport');
    const note = feed.noteAt(now);
    write(find('.note'), note);
    showRecent();
    paintTrace();
    if (wantsMedian(now)) write(find('.p50'), `p50 ${duration(feed.meter.median(now))}`);
  }

  function showState(now) {
    const { state } = feed;
    const left = Math.max(0, feed.retryAt - now) / 1000;
    stateElement.dataset.state = state;
    element.classList.toggle('refused', feed.refusal !== undefined);
    const word = feed.refusal === undefined ? state : 'cannot work here';
    write(find('.state-word'), state === 'waiting' ? `waiting ${left.toFixed(1)} s` : word);
  }

  function showRecent() {
    rows.forEach(([number, time, latency], index) => {
      const event = feed.meter.recent[index];
      write(number, event ? `#${event.n}` : '');
      write(time, event ? clock(event.time) : '');
      write(latency, event ? duration(event.latency) : '');
    });
  }
}

function addRows(list, count) {
  return Array.from({ length: count }, () => {
    const row = document.createElement('li');
    const cells = ['number', 'time', 'latency'].map((name) => {
      const cell = document.createElement('span');
      cell.className = name;
      return cell;
    });
    row.append(...cells);
    list.append(row);
    return cells;
  });
}

/** Charts out of sight are not drawn. */
function watchVisibility(element) {
  let visible = true;
  const observer = new IntersectionObserver((entries) => {
    visible = entries.at(-1).isIntersecting;
  });
  observer.observe(element);
  return () => visible;
}

export function amount(number) {
  return number.toLocaleString('en');
}

export function duration(milliseconds) {
  if (milliseconds === undefined) return '–';
  if (milliseconds < 1) return '< 1 ms';
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

const clockFormat = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
});

function clock(time) {
  return clockFormat.format(time);
}
