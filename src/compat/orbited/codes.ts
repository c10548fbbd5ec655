// The numbers that `onclose` is given.

/** Orbited's own names and numbers. The server may send others. */
export const codes = {
  /** The server has not been heard for too long. */
  ConnectionTimeout: 101,
  /** The server is no Orbited server, or refuses. */
  InvalidHandshake: 102,
  /** Closed by the page. */
  UserConnectionReset: 103,
  /** Orbited waited too long for the server behind it. */
  RemoteConnectionTimeout: 104,
  /** Orbited may not connect there: its `[access]` does not name it. */
  Unauthorized: 106,
  /** The server behind Orbited does not answer. */
  RemoteConnectionFailed: 108,
  /** The server has closed it, or no longer knows it. */
  ServerClosedConnection: 201,
} as const;
