// The log: every command as it was applied, every error as it was reported, the newest first.

import { amount } from '../card.js';
import { pacer, write } from '../frames.js';

/** Rows shown. */
const ROWS = 80;

const READABLE = 80; // milliseconds between two looks

/** Longest text of a cell, in characters. */
const LONGEST = 160;

export function createLog() {
  const find = (selector) => document.querySelector(selector);
  const rows = addRows(find('#entries'));
  const recent = []; // the newest first
  const wants = pacer(READABLE);
  let applied = 0;
  let reported = 0;
  let fresh = true; // whether there is something to paint

  return {
    applied(command) {
      applied += 1;
      remember({
        number: amount(applied),
        kind: command.type,
        target: targetOf(command),
        value: valueOf(command),
      });
    },
    reported(error) {
      reported += 1;
      const { command, payload = '' } = error;
      remember({
        code: error.code,
        number: '',
        kind: error.code,
        target: targetOf(command ?? {}) || payload,
        value: error.message,
      });
    },
    paint(now) {
      if (!fresh || !wants(now)) return;
      fresh = false;
      write(find('#applied'), amount(applied));
      write(find('#reported'), amount(reported));
      find('#reported').classList.toggle('bad', reported > 0);
      rows.forEach((row, index) => paintRow(row, recent[index]));
    },
  };

  function remember(entry) {
    recent.unshift(entry);
    if (recent.length > ROWS) recent.pop();
    fresh = true;
  }
}

function paintRow({ row, cells, kind }, entry) {
  row.hidden = !entry;
  if (!entry) return;
  row.dataset.kind = entry.code ? 'error' : entry.kind;
  // A code is longer than a type, and has no number.
  cells.number.hidden = entry.code !== undefined;
  cells.type.colSpan = entry.code ? 2 : 1;
  write(cells.number, entry.number);
  write(kind, entry.kind);
  write(cells.target, entry.target);
  write(cells.value, entry.value);
}

function addRows(body) {
  return Array.from({ length: ROWS }, () => {
    const row = body.insertRow();
    const names = ['number', 'type', 'target', 'value'];
    const cells = Object.fromEntries(names.map((name) => [name, row.insertCell()]));
    const kind = document.createElement('span');
    for (const name of names) cells[name].className = name;
    kind.className = 'kind';
    cells.type.append(kind);
    row.hidden = true;
    return { row, cells, kind };
  });
}

/** Whom a command means: elements, or the function that it calls. */
function targetOf({ type, selector, remove, call }) {
  return String((type === 'call' ? call : (remove ?? selector)) ?? '');
}

function valueOf({ html, key, value, params, alert, script, redirect }) {
  const own = key === undefined ? (html ?? alert ?? script ?? redirect) : `${key}: ${asText(value)}`;
  return asText(own ?? params ?? '').slice(0, LONGEST);
}

function asText(value) {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
