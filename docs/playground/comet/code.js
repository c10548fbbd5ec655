// The code behind each card.

import { showCode } from '../code.js';

/** Adds the code to the end of a card. */
export function addCode(card, title, text) {
  const details = document.querySelector('#code').content.firstElementChild.cloneNode(true);
  showCode(details, title, text);
  card.append(details);
}

export const searchCode = `import { sijax } from 'encke/sijax';

const app = sijax('/sijax');

const call = app.comet('search');
// call.close() stops it, on the server too.
await call;

// The server's function, in Python:
//
// def search(response):
//     for percent in range(0, 101, 5):
//         response.css('#search-bar', 'width', f'{percent}%')
//         yield response`;

export const chatCode = `import { subscribe } from 'encke';
import { sijax } from 'encke/sijax';

const app = sijax('/sijax', {
  commands: {
    // What the server may call, and nothing else.
    functions: { chat: { arrived: (id) => console.log(id) } },
  },
});

subscribe('/events?channel=comet-chat', { commands: app.commands });
await app.request('say', ['Halley', 'Back again.']);

// Every tab is sent, as the data of an event:
//
// [{"type": "html", "selector": "#lines", "html": "<li>…</li>", "setType": "append"},
//  {"type": "call", "call": "chat.arrived", "params": ["line-7"]}]`;

export const uploadCode = `import { sijax, xhrStream } from 'encke/sijax';

const app = sijax('/sijax');

await app.upload(document.querySelector('#plates'), {
  transports: [xhrStream],
  onUploadProgress: ({ loaded, total }) => console.log(loaded / total),
});`;

export const hostileCode = `import { sijax } from 'encke/sijax';

const app = sijax('/sijax', {
  commands: {
    onError: ({ code, message, command }) => console.warn(code, message, command),
  },
});

await app.request('hostile', ['script', 1]);`;
