// The page: one client for the server's functions, one queue for its commands, and the cards that use them.

import { sijax } from '/dist/sijax.js';
import { onFrame } from '../frames.js';
import { watchTheme } from '../theme.js';
import { createChat } from './chat.js';
import { createHostile } from './hostile.js';
import { createLog } from './log.js';
import { createPicture } from './picture.js';
import { showPolicy } from './policy.js';
import { createQueueControls } from './queue-controls.js';
import { createSearch } from './search.js';
import { createUpload } from './upload.js';

const find = (selector) => document.querySelector(selector);

const tab = Math.random().toString(36).slice(2); // tells this tab from the others
const log = createLog();
const chat = createChat(tab);
const hostile = createHostile();

const app = sijax('sijax', {
  commands: {
    functions: { chat: { arrived: chat.arrived } },
    alert: showSaying,
    afterApply: log.applied,
    onError(error) {
      log.reported(error);
      hostile.reported(error);
    },
  },
});

const queueControls = createQueueControls(app.commands);
createSearch(app.commands, tab);
createUpload(app);
createPicture(app);
hostile.send(app);
chat.join(app);
showPolicy();
watchTheme(find('#theme'));
onFrame(log.paint);
onFrame(queueControls.paint);
find('#no-server').remove();
find('#main').hidden = false;

/** What a server wants to say, where `window.alert` would hold up everything. */
function showSaying(text) {
  find('#said').textContent = text;
  if (!find('#saying').open) find('#saying').showModal();
}
