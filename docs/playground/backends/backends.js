// The servers of the page: what each is, the code that reads it, and the same code at work.

import { longPoll, subscribe, text } from '/dist/index.js';
import { TCPSocket } from '/dist/orbited.js';

const PYLONS = '/backends/pylons/event_sender';
const ZOPE = '/backends/zope/events';
const ORBITED = '/backends/orbited';

/**
 * `connect({ print, note, tell }, switched)` shows lines and states, and gives what closes it. `toggle` is what a
 * button says that changes the server, and changes it back.
 */
export const backends = [
  {
    name: 'pylons',
    title: 'Pylons, 2010',
    what: 'A generator yields ten events, 0.3 s apart, and ends. They have no ids, so each connection begins anew.',
    toggle: ['Put ErrorHandler in', 'Take ErrorHandler out'],
    code: `import { subscribe } from 'encke';

subscribe('${PYLONS}', {
  onMessage: ({ data }) => console.log(data),
  onResync: ({ reason }) => console.log('again:', reason),
});`,
    connect({ print, note, tell }, isHeld) {
      if (isHeld) note('The middleware collects the whole response: 3 s.');
      const connection = subscribe(isHeld ? `${PYLONS}?middleware=in` : PYLONS, {
        share: false,
        onMessage: ({ data }) => print(data),
        onResync: ({ reason }) => note(`Again: ${reason}`),
        onState: ({ state }) => tell(state),
      });
      return () => connection.close();
    },
  },
  {
    name: 'zope',
    title: 'Zope, 2006',
    what: 'A script waits for an event before it returns, which answers a long poll. Then the page asks again.',
    code: `import { longPoll, subscribe, text } from 'encke';

subscribe('${ZOPE}', {
  transports: [longPoll],
  format: text,
  onMessage({ data }) {
    if (data !== 'None') console.log(data);
  },
});`,
    connect({ print, tell }) {
      const connection = subscribe(ZOPE, {
        transports: [longPoll],
        format: text,
        onMessage({ data }) {
          if (data !== 'None') print(data);
        },
        onState: ({ state }) => tell(state),
      });
      return () => connection.close();
    },
  },
  {
    name: 'orbited',
    title: 'Orbited',
    what: 'A TCP connection from a page: Orbited connects to a server, here a clock, and passes the bytes on.',
    code: `import { TCPSocket } from 'encke/orbited';

const socket = new TCPSocket({ url: '${ORBITED}' });
socket.onread = (data) => console.log(data);
socket.onopen = () => socket.send('hello\\n');
socket.open('clock', 13);`,
    connect({ print, note, tell }) {
      const socket = new TCPSocket({ url: ORBITED });
      tell('connecting');
      socket.onread = (data) => data.trimEnd().split('\n').forEach(print);
      socket.onopen = () => {
        tell('open');
        socket.send('hello\n');
      };
      socket.onclose = (code) => {
        tell('closed');
        note(`Closed: ${code}`);
      };
      socket.open('clock', 13);
      return () => socket.close();
    },
  },
];
