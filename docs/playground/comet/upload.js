// The upload: a form with its file, how much of it is sent, and what the server makes of it.

import { xhrStream } from '/dist/sijax.js';
import { write } from '../frames.js';
import { createCallCard } from './call-card.js';
import { addCode, uploadCode } from './code.js';

/** Size of what is sent where no file was chosen, in bytes. */
const NIGHT = 16_000_000;

/** The most that `getRandomValues` gives at once, in bytes. */
const MOST_RANDOM = 65_536;

export function createUpload(app) {
  const card = document.querySelector('#upload');
  const find = (selector) => card.querySelector(selector);
  const form = find('form');
  const follow = createCallCard(card, 'sending');
  let file; // what is being sent

  addCode(card, 'the upload', uploadCode);
  form.addEventListener('formdata', ({ formData }) => {
    if (formData.get('plate').size === 0) formData.set('plate', nightSky());
    file = formData.get('plate');
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void upload();
  });

  async function upload() {
    showSent(0);
    find('#work-bar').style.width = '0';
    write(find('#work-percent'), '0 %');
    write(find('#upload-hash'), '');
    write(find('.note'), 'On its way.');
    const closed = await follow((options) =>
      app.upload(form, {
        ...options,
        transports: [xhrStream],
        onUploadProgress: ({ loaded, total }) => showSent(total && loaded / total),
      }),
    );
    if (closed?.reason === 'user') write(find('.note'), 'Stopped.');
    if (closed?.reason === 'done') await compare(file);
  }

  function showSent(share) {
    const percent = Math.round(100 * share);
    find('#sent-bar').style.width = `${percent}%`;
    find('#sent-bar').setAttribute('aria-valuenow', percent);
    write(find('#sent-percent'), `${percent} %`);
  }

  /** The bytes that arrived are those that were sent: both ends come to the same hash. */
  async function compare(sent) {
    await app.commands.done;
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await sent.arrayBuffer()));
    const here = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
    const same = here === find('#upload-hash').textContent;
    find('.note').append(same ? ' The same as here.' : ' Not the same as here!');
  }
}

/** Noise, so that nothing on the way can make it smaller. */
function nightSky() {
  const bytes = new Uint8Array(NIGHT);
  for (let start = 0; start < NIGHT; start += MOST_RANDOM) {
    crypto.getRandomValues(bytes.subarray(start, start + MOST_RANDOM));
  }
  return new File([bytes], 'night-sky.raw');
}
