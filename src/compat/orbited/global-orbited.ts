// What a page with Orbited finds in `Orbited`, as far as pages and the protocols of Orbited use it.

import { nothing } from '../../ground/nothing.ts';
import { bytesOf, utf8Text } from './bytes.ts';
import { closeCodes } from './codes.ts';
import type { OrbitedOptions } from './options.ts';
import { TCPSocket } from './tcp-socket.ts';
import { longpoll, poll, xhrstream } from './techniques.ts';

/** What pages set. Each is looked at when a socket is made. */
export interface OrbitedSettings {
  hostname: string;
  port: number | string;
  protocol: string;
  /** Whether the server may stream. */
  streaming: boolean;
  HEARTBEAT_TIMEOUT: number;
  POLL_INTERVAL: number;
  log: boolean;
}

const STATES = {
  READY_STATE_INITIALIZED: 1,
  READY_STATE_OPENING: 2,
  READY_STATE_OPEN: 3,
  READY_STATE_CLOSING: 4,
  READY_STATE_CLOSED: 5,
} as const;

/** Everything else is an object, or a function. */
export interface OrbitedGlobal {
  readonly settings: OrbitedSettings;
  readonly TCPSocket: new () => TCPSocket;
  readonly [name: string]: unknown;
}

/** @param options those of the settings, as they are when they are asked for */
export function createOrbited(settings: OrbitedSettings, options: OrbitedOptions): OrbitedGlobal {
  const loggers: Record<string, object> = {};
  let count = 0;

  class PageSocket extends TCPSocket {
    readonly id = ++count;

    constructor() {
      super(options);
    }

    override toString(): string {
      return `<Orbited.TCPSocket ${String(this.id)}>`;
    }
  }
  Object.assign(PageSocket.prototype, STATES);

  return {
    settings,
    TCPSocket: PageSocket,
    Errors: closeCodes,
    Statuses: { ServerClosedConnection: closeCodes.ServerClosedConnection, SocketControlKilled: 301 },
    base64: { encode: (bytes: string) => btoa(bytes), decode: (text: string) => atob(text) },
    utf8: { encode: utf8Text, decode: decodeUtf8 },
    JSON,
    loggers,
    getLogger: (name: string) => (loggers[name] ??= silentLogger()),
    system: silentLogger(),
    Loggers: {},
    CometTransports: {},
    singleton: { pageLoggerPane: null, HTMLFile: { instances: {} } },
    util: { browser: null, loggingSystem: null },
    legacy: {},
    test: {},
  };
}

/** Those of a page that has set nothing. */
export function defaultSettings({ hostname, port, protocol }: Location): OrbitedSettings {
  return {
    hostname,
    port: port || (protocol === 'https:' ? 443 : 80),
    protocol: protocol.slice(0, -1),
    streaming: true,
    HEARTBEAT_TIMEOUT: 6_000,
    POLL_INTERVAL: 2_000,
    log: false,
  };
}

/** The settings as options, each as it is when it is asked for. */
export function optionsOf(settings: OrbitedSettings): OrbitedOptions {
  return {
    get url() {
      return `${settings.protocol}://${settings.hostname}:${String(settings.port)}`;
    },
    get transports() {
      return settings.streaming ? [xhrstream, longpoll, poll] : [longpoll, poll];
    },
    get heartbeatTimeout() {
      return settings.HEARTBEAT_TIMEOUT;
    },
    get pollInterval() {
      return settings.POLL_INTERVAL;
    },
  };
}

/** Gives the text, and how many bytes it was: a character that is cut at the end is left for the next time. */
function decodeUtf8(bytes: string): [text: string, length: number] {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytesOf(bytes), { stream: true });
  const [rest = ''] =
    /(?:[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2})$/.exec(bytes) ?? [];
  return [text, bytes.length - rest.length];
}

/** What was written into the page, or to Firebug's console, is not written. */
function silentLogger(): object {
  const names = ['log', 'debug', 'info', 'warn', 'error', 'assert', 'trace', 'setLevel', 'addAppender'];
  return { enabled: false, ...Object.fromEntries(names.map((name) => [name, nothing])) };
}
