// The transport that was chosen for the next call, and who wants to know of another choice.

import { fetchStream, htmlFile, iframe, xhrStream } from '/dist/index.js';

const transports = [fetchStream, xhrStream, htmlFile, iframe];

export function chosenTransport() {
  const { value } = document.querySelector('#transport input:checked');
  return transports.find(({ name }) => name === value);
}

export function onChoice(choose) {
  document.querySelector('#transport').addEventListener('change', choose);
}
