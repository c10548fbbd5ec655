// The globals that Orbited's scripts give a page, from the modules: for pages that choose how they listen.

import * as orbited from '../../../src/compat/orbited/orbited.ts';
import { STOMPClient } from '../../../src/compat/stomp/stomp.ts';

const { TCPSocket } = orbited;

/** Listens in this one way, by sockets made from now on. */
function listenBy(name: orbited.OrbitedTransport['name']): void {
  TCPSocket.defaults = { transports: [orbited[name]], pollInterval: 300 };
}

Object.assign(globalThis, { Orbited: { TCPSocket, settings: {}, listenBy }, TCPSocket, STOMPClient });
