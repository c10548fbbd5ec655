// The buttons that hurt a connection, and their request to the server.

const SECONDS = 6;

/** What each button does. `lasts`: milliseconds until the server heals by itself. */
export const wishes = [
  { wish: 'drop', label: 'Drop', what: 'cuts the connection, or the next one where none is open.' },
  {
    wish: 'hang',
    label: 'Hang',
    what: `freezes the server for ${SECONDS} s; the connection stays open.`,
    lasts: SECONDS * 1000,
  },
  {
    wish: '502',
    label: '502',
    what: `cuts it, and answers 502 for ${SECONDS} s, as a restarting backend does.`,
    lasts: SECONDS * 1000,
  },
  {
    wish: 'offline',
    label: 'Offline',
    what: `cuts it, and refuses every connection for ${SECONDS} s.`,
    lasts: SECONDS * 1000,
  },
  {
    wish: 'hold',
    label: 'Hold',
    what: `is a proxy that keeps every response back for ${SECONDS} s, or until it is whole.`,
    lasts: SECONDS * 1000,
  },
  { wish: 'ok', label: 'OK', what: 'heals at once.' },
];

/** Fills a group of buttons; `hurt` is called with the wish of the one pressed. Returns what shows a wish as lasting. */
export function addHurtButtons(group, hurt) {
  const buttons = new Map();
  let timer; // until the lasting wish is over
  for (const wish of wishes) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = wish.label;
    button.title = `${wish.label} ${wish.what}`;
    button.dataset.wish = wish.wish;
    button.addEventListener('click', () => hurt(wish));
    buttons.set(wish.wish, button);
    group.append(button);
  }
  return showLasting;

  function showLasting({ wish, lasts }) {
    clearTimeout(timer);
    for (const button of buttons.values()) delete button.dataset.lasting;
    const button = buttons.get(wish);
    if (!button || lasts === undefined) return;
    button.style.setProperty('--lasts', `${lasts}ms`);
    button.dataset.lasting = '';
    timer = setTimeout(() => delete button.dataset.lasting, lasts);
  }
}

/** Asks the server to hurt the connections of this key. */
export async function askToHurt(key, { wish, lasts }) {
  await fetch(`/hurt?key=${encodeURIComponent(key)}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ do: wish, for: lasts }),
  });
}
