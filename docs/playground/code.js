// The code behind a card, to be read and copied.

import { copy } from './copy.js';

/** Fills the `details` of a card. */
export function showCode(details, title, text) {
  const button = details.querySelector('.copy');
  const code = details.querySelector('code');
  code.textContent = text;
  details.querySelector('pre').setAttribute('aria-label', `Code of ${title}`);
  details.querySelector('summary').setAttribute('aria-label', `The code of ${title}`);
  button.setAttribute('aria-label', `Copy the code of ${title}`);
  button.addEventListener('click', () => copy(button, text, code));
}

/** The code of one technique's card. */
export function techniqueCode({ exported, options = {} }, url) {
  const extra = Object.entries(options).map(([name, value]) => `\n  ${name}: ${value},`);
  return `import { subscribe, ${exported} } from 'encke';

const feed = subscribe('${url}', {
  transports: [${exported}],${extra.join('')}
  parse: (text) => JSON.parse(text),
  on: { tick: ({ n, time }) => console.log(n, Date.now() - time) },
  onState: ({ state, reason, retryIn }) => console.log(state, reason, retryIn),
});

// feed.trace is what happened, feed.close() ends it.`;
}

export function automaticCode(url) {
  return `import { subscribe } from 'encke';

const feed = subscribe('${url}', {
  parse: (text) => JSON.parse(text),
  on: { tick: ({ n, time }) => console.log(n, Date.now() - time) },
  onTransport: ({ to, evidence, fix }) => console.log(to, evidence, fix),
});

// feed.trace is what happened, feed.close() ends it.`;
}

export function modelCode(url) {
  return `import { request } from 'encke';

const answer = request('${url}', {
  body: { prompt: 'In one sentence' },
  endOn: '[DONE]',
  parse: (text) => JSON.parse(text),
});

// answer.close() stops it, on the server too.
for await (const { data } of answer) console.log(data.token);`;
}
