// The entry encke/orbited: TCP connections from a page, over an Orbited server.

export { TCPSocket, type TCPSocketState } from './tcp-socket.ts';
export {
  OrbitedWebSocket,
  type OrbitedCloseEvent,
  type OrbitedErrorEvent,
  type OrbitedWebSocketEvents,
  type OrbitedWebSocketHandler,
} from './web-socket.ts';
export { closeCodes } from './codes.ts';
export { htmlfile, longpoll, poll, sse, xhrstream, type OrbitedTransport } from './techniques.ts';
export type { OrbitedOptions } from './options.ts';
export type { PacketReader, PacketSink } from './packets.ts';
