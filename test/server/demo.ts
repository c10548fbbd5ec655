// What the playground shows by itself: five channels that always have something to say.
//
//   clock  once a second       event `tick`   {time}
//   load   ten times a second  event `load`   {time, load}: 0 to 100, a random walk
//   chat   what is published   event `line`   {from, text}; one line of welcome is there from the start
//   llm    eight times a second event `token` {text}, after each answer `done`, a moment's silence, and another answer
//   page   once a second       commands for the page of the tag
//
// `time` is milliseconds since the epoch on this machine, so that a page here can draw how late a message came.

import { tokensFor } from './language-model.ts';
import { append, attr, css, html, type Command } from './page-commands.ts';
import type { ReferenceServer } from './server.ts';

const CLOCK_PERIOD = 1000;
const LOAD_PERIOD = 100;
const TOKEN_PERIOD = 125;
const TOKENS = 40;
const SILENCE = 16; // in tokens
const NEWS_PERIOD = 3; // in seconds
const NEWS_KEPT = 5;

type Publisher = Pick<ReferenceServer, 'publish'>;

/** Starts all channels; returns what stops them. */
export function startDemo(server: Publisher): () => void {
  server.publish('chat', {
    event: 'line',
    data: { from: 'server', text: 'Say something: every page here sees it.' },
  });
  const timers = [
    setInterval(() => server.publish('clock', { event: 'tick', data: { time: Date.now() } }), CLOCK_PERIOD),
    setInterval(randomWalk(server), LOAD_PERIOD),
    setInterval(talk(server), TOKEN_PERIOD),
    setInterval(changePage(server), CLOCK_PERIOD),
  ];
  return () => timers.forEach((timer) => clearInterval(timer));
}

function randomWalk(server: Publisher): () => void {
  let load = 50; // percent
  return () => {
    load = Math.min(100, Math.max(0, load + (Math.random() - 0.5) * 10));
    server.publish('load', { event: 'load', data: { time: Date.now(), load: Math.round(load * 10) / 10 } });
  };
}

function talk(server: Publisher): () => void {
  const tokens = tokensFor('What is a comet?', TOKENS);
  let position = 0; // in the answer, and in the silence after it
  return () => {
    const text = tokens[position];
    if (text !== undefined) server.publish('llm', { event: 'token', data: { text } });
    if (position === tokens.length) server.publish('llm', { event: 'done', data: {} });
    position = position < tokens.length + SILENCE ? position + 1 : 0;
  };
}

function changePage(server: Publisher): () => void {
  let seconds = 0;
  return () => {
    const load = Math.round(50 + 45 * Math.sin(seconds / 4)); // percent
    const commands: Command[] = [
      html('#time', new Date().toLocaleTimeString('en-GB')),
      css('#fill', 'width', `${load}%`),
      attr('#bar', 'aria-valuenow', load),
    ];
    if (seconds++ % NEWS_PERIOD === 0) {
      commands.push(append('#news', `<li>The server has run for ${seconds} s.</li>`));
      commands.push({ type: 'remove', remove: `#news li:nth-last-child(n + ${NEWS_KEPT + 1})` });
    }
    server.publish('page', { data: commands });
  };
}
