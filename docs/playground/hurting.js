// The buttons that hurt a connection, and their request to the server.

const OUTAGE = 6; // seconds
const SILENCE = 45; // seconds, longer than the watchdog waits

/**
 * What each button does, and what the library does then.
 *
 * `lasts`: milliseconds until the server heals by itself.
 */
export const wishes = [
  {
    wish: 'drop',
    label: 'Drop',
    what: 'cuts the connection, or the next one where none is open.',
    then: 'It is made anew within a second, and goes on after the last event.',
  },
  {
    wish: 'hang',
    label: 'Hang',
    what: `silences the connection for ${SILENCE} s, or the next one where none is open. It stays open, and no error tells.`,
    then:
      'The watchdog has learned how often the server speaks: after 30 s of silence the connection is made anew, ' +
      'a poll after 15 s. A long poll may be silent for 60 s, and EventSource hides the server’s comments, so that ' +
      'nothing is concluded from its silence: both go on when this is over.',
    lasts: SILENCE * 1000,
  },
  {
    wish: '502',
    label: '502',
    what: `cuts it, and answers 502 for ${OUTAGE} s, as a restarting backend does.`,
    then: 'Each wait may be twice as long as the one before, and is random, so that not all come back at once.',
    lasts: OUTAGE * 1000,
  },
  {
    wish: 'offline',
    label: 'Offline',
    what: `cuts it, and refuses every connection for ${OUTAGE} s.`,
    then: 'The same waits. One ends at once when the browser tells that the network is back, or the page is seen again.',
    lasts: OUTAGE * 1000,
  },
  {
    wish: 'hold',
    label: 'Hold',
    what: `is a proxy that keeps every response back for ${OUTAGE} s, or until it is whole.`,
    then:
      'Polls pass. A stream stays held: a card of one technique has no other to go to, and Automatic never leaves one ' +
      'that has delivered for being slow. Press Holding proxy there to see what it does about a new one.',
    lasts: OUTAGE * 1000,
  },
  { wish: 'ok', label: 'OK', what: 'heals at once.' },
];

/** Buttons of which at most one shows that its wish lasts, in however many groups. */
export function createHurtButtons() {
  const buttons = new Map();
  let timer; // until the lasting wish is over
  return { add, showLasting };

  /** Adds one for each wish to a group; `hurt` is called with that of the one pressed. */
  function add(group, added, hurt) {
    for (const wish of added) {
      const button = makeButton(wish.label, wish.what, () => hurt(wish));
      button.dataset.wish = wish.wish;
      buttons.set(wish.wish, button);
      group.append(button);
    }
  }

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

/** @param what goes on the label, as a sentence */
export function makeButton(label, what, press) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = label;
  button.title = `${label} ${what}`;
  button.addEventListener('click', press);
  return button;
}

/** Asks the server to hurt the connections of this key. */
export async function askToHurt(key, { wish, lasts }) {
  await fetch(`/hurt?key=${encodeURIComponent(key)}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ do: wish, for: lasts }),
  });
}
