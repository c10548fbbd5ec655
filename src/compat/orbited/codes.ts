// The numbers that `onclose` is given.

/** The server has not been heard for too long. */
export const CONNECTION_TIMEOUT = 101;
/** The server is no Orbited server, or refuses. */
export const INVALID_HANDSHAKE = 102;
/** Closed by the page. */
export const USER_CONNECTION_RESET = 103;
/** The server has closed it, or no longer knows it. */
export const SERVER_CLOSED_CONNECTION = 201;

/** The numbers that `onclose` is given, by Orbited's own names. */
export const closeCodes = {
  /** The server has not been heard for too long. */
  ConnectionTimeout: CONNECTION_TIMEOUT,
  /** The server is no Orbited server, or refuses. */
  InvalidHandshake: INVALID_HANDSHAKE,
  /** Closed by the page. */
  UserConnectionReset: USER_CONNECTION_RESET,
  /** Orbited waited too long for the server behind it. */
  RemoteConnectionTimeout: 104,
  /** Orbited may not connect there: its `[access]` does not name it. */
  Unauthorized: 106,
  /** The server behind Orbited does not answer. */
  RemoteConnectionFailed: 108,
  /** The server has closed it, or no longer knows it. */
  ServerClosedConnection: SERVER_CLOSED_CONNECTION,
} as const;
