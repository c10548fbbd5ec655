// The script that stands in for Orbited.js, JSON.js and protocols/stomp/stomp.js: it installs what they do.

import { createOrbited, defaultSettings, optionsOf } from '../orbited/global-orbited.ts';
import { STOMPClient } from './stomp.ts';

const settings = defaultSettings(location);
const options = optionsOf(settings);
const Orbited = createOrbited(settings, options);
const { TCPSocket } = Orbited;

class PageSTOMPClient extends STOMPClient {
  constructor() {
    super(options);
  }
}

Object.assign(globalThis, { Orbited, TCPSocket, STOMPClient: PageSTOMPClient });
