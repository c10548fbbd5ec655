// Why a transport was chosen: what was seen, what to set on the server, and what comes later.

import { sentence } from './sentences.js';

/** By the evidence of a change; the first choice has none. */
const HEADLINES = {
  held: ({ from, to }) => `${to} took over: ${from} is held back.`,
  mute: ({ from, to }) => `${to} took over: ${from} does not get through.`,
  unusable: ({ from, to }) => `${to} took over: ${from} cannot work here.`,
  expired: ({ to }) => `${to} is tried again.`,
};

const LATER = ({ from }) =>
  `${from} is tried again after 5 minutes, or as soon as the network has changed. Choose again does not wait.`;

/** `X-Accel-Buffering: no` and the like are set as code. */
const HEADER = /([A-Z][a-z]*(?:-[A-Z][a-z]*)+: [\w-]+)/;

export function createGrounds() {
  const element = document.createElement('div');
  element.className = 'grounds';
  element.setAttribute('role', 'status');
  return { element, show, refuse };

  /** Takes a change as `onTransport` has it. */
  function show(change) {
    const { to, evidence, fix } = change;
    const headline = HEADLINES[evidence]?.(change) ?? `${to} was chosen: the first that can carry this here.`;
    const rows = document.createElement('dl');
    if (evidence !== undefined) addRow(rows, 'Seen', makeCode(evidence), ` ${seen(change)}`);
    if (fix !== undefined) {
      addRow(rows, 'To set', ...withCode(fix));
      addRow(rows, 'Later', LATER(change));
    }
    element.replaceChildren(makeHeadline(headline), ...(rows.children.length > 0 ? [rows] : []));
  }

  /** No transport can carry it. */
  function refuse(why) {
    element.replaceChildren(makeHeadline(why));
  }
}

/** What is told of the transport that was left begins with its verb. */
function seen({ from, reason, evidence }) {
  return evidence === 'held' || evidence === 'mute' ? `${from} ${reason}.` : sentence(reason);
}

function makeHeadline(text) {
  const headline = document.createElement('p');
  headline.textContent = text;
  return headline;
}

function addRow(rows, name, ...contents) {
  const row = document.createElement('div');
  const term = document.createElement('dt');
  const meaning = document.createElement('dd');
  term.textContent = name;
  meaning.append(...contents);
  row.append(term, meaning);
  rows.append(row);
}

function makeCode(text) {
  const code = document.createElement('code');
  code.textContent = text;
  return code;
}

function withCode(text) {
  return text.split(HEADER).map((part) => (HEADER.test(part) ? makeCode(part) : part));
}
