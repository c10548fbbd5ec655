// The card of one request: a prompt is posted, the answer streams in, Stop ends it on the server.

import { request } from '/dist/index.js';
import { modelCode, showCode } from './code.js';
import { write } from './frames.js';

const WORDS = 24; // the prompt, and the sentence once
const PER_SECOND = 8;
const LOOK = 50; // milliseconds between two looks at the server's log
const LOOKS = 20;

export function createModel({ key, origin }) {
  const element = document.querySelector('#model').content.firstElementChild.cloneNode(true);
  const find = (selector) => element.querySelector(selector);
  const url = new URL(`/llm?tokens=${WORDS}&rate=${PER_SECOND}`, origin).href;
  const stopButton = find('.stop');
  let asked = 0; // requests made
  let answer; // while one is under way

  showCode(find('.code'), 'one request', modelCode(url));
  find('form').addEventListener('submit', (event) => {
    event.preventDefault();
    void ask(new FormData(event.currentTarget).get('prompt'));
  });
  stopButton.addEventListener('click', () => answer?.close());
  return element;

  async function ask(prompt) {
    answer?.close();
    asked += 1;
    const own = `${key}-${asked}`;
    const began = performance.now();
    const current = request(`${url}&key=${own}`, {
      body: { prompt },
      endOn: '[DONE]',
      parse: (text) => JSON.parse(text),
    });
    answer = current;
    stopButton.disabled = false;
    find('.answer').replaceChildren();
    write(find('.requests'), String(asked));
    write(find('.first'), '–');
    write(find('.server'), 'writing');
    write(find('.note'), '');
    const words = await show(current, began);
    // Another question may have been asked meanwhile.
    if (answer === current) await conclude(current, words, own);
  }

  /** Shows the words as they come; gives their number. */
  async function show(current, began) {
    let words = 0;
    try {
      for await (const { data } of current) {
        if (answer !== current) break;
        words += 1;
        if (words === 1) write(find('.first'), `${Math.round(performance.now() - began)} ms`);
        write(find('.words'), String(words));
        find('.answer').append(data.token);
      }
    } catch (error) {
      write(find('.note'), error.message);
    }
    return words;
  }

  async function conclude(current, words, own) {
    const stoppedAt = Date.now();
    const { reason, error } = await current.closed;
    stopButton.disabled = true;
    if (error) return write(find('.server'), 'failed');
    write(find('.server'), reason === 'done' ? 'done' : 'stopped');
    if (reason === 'done') return write(find('.note'), `Done: ${words} words.`);
    const noticed = await whenNoticed(own);
    if (answer !== current) return;
    const delay = `${Math.max(0, noticed - stoppedAt)} ms later`;
    const server = noticed === undefined ? 'did not notice' : `noticed ${delay}`;
    write(find('.note'), `Stopped after ${words} words. The server ${server}.`);
  }

  /** When the server saw its client leave, in milliseconds since the epoch; `undefined` where it did not. */
  async function whenNoticed(own) {
    for (let look = 0; look < LOOKS; look += 1) {
      const { records } = await (await fetch(`/requests?key=${own}`)).json();
      const record = records.at(-1);
      if (record?.closedByClient) return record.endedAt;
      await new Promise((resolve) => setTimeout(resolve, LOOK));
    }
    return undefined;
  }
}
