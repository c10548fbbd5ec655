// The long task: a function that sends commands while it runs, and ends when it is stopped.

import { sijax } from '/dist/sijax.js';
import { duration } from '../card.js';
import { write } from '../frames.js';
import { createCallCard } from './call-card.js';
import { addCode, searchCode } from './code.js';
import { chosenTransport } from './transports.js';

const LOOK = 50; // milliseconds between two looks at the server's log
const LOOKS = 20;

/** @param tab names the calls of this tab in the server's log */
export function createSearch(commands, tab) {
  const card = document.querySelector('#search');
  const find = (selector) => card.querySelector(selector);
  const app = sijax(`sijax?key=${tab}`, { commands });
  const follow = createCallCard(card);

  addCode(card, 'the long task', searchCode);
  find('.start').addEventListener('click', () => void search());

  async function search() {
    const began = performance.now();
    const transport = chosenTransport();
    let lists = 0;
    write(find('.carrier'), transport.name);
    write(find('.first'), '–');
    const closed = await follow((options) =>
      app.comet('search', [], {
        ...options,
        transports: [transport],
        onMessage() {
          lists += 1;
          if (lists === 1) write(find('.first'), duration(performance.now() - began));
          write(find('.lists'), String(lists));
        },
      }),
    );
    if (closed?.reason === 'user') await tellOfStop(Date.now());
  }

  async function tellOfStop(stoppedAt) {
    const noticed = await whenNoticed();
    const late = `noticed ${Math.max(0, noticed - stoppedAt)} ms later`;
    write(find('.note'), `Stopped. The server ${noticed === undefined ? 'did not notice' : late}.`);
  }

  /** When the server saw its client leave, in milliseconds since the epoch; `undefined` where it did not. */
  async function whenNoticed() {
    for (let look = 0; look < LOOKS; look += 1) {
      const { records } = await (await fetch(`requests?key=${tab}`)).json();
      const record = records.at(-1);
      if (record?.closedByClient) return record.endedAt;
      await new Promise((resolve) => setTimeout(resolve, LOOK));
    }
    return undefined;
  }
}
