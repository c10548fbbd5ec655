// Where a session begins: the server gives a key, which is part of its address from then on.

import type { EnckeError } from '../../ground/errors.ts';
import { browserEnvironment } from '../../session/environment.ts';
import { errorOf } from '../../session/verdict.ts';
import type { Stop } from '../../transports/transport.ts';
import { ask } from './ask.ts';
import { CONNECTION_TIMEOUT, INVALID_HANDSHAKE } from './codes.ts';
import type { ResolvedOptions } from './options.ts';
import { malformedPacket } from './packets.ts';

/** The session's address, or why there is none. */
export type KeyAnswer =
  | { readonly url: string }
  | {
      readonly error: EnckeError;
      /** What closes the session; absent where it may be otherwise the next time. */
      readonly code?: number;
    };

/** How long the server may take, and for how long it is asked, in milliseconds. */
const PATIENCE = 15_000;
const DURATION = 30_000;

/** @param began when it was asked first */
export function askForKey(
  { url, credentials }: ResolvedOptions,
  began: number,
  done: (answer: KeyAnswer) => void,
): Stop {
  const address = `${url}?nocache=${String(Math.random())}`;
  return ask({ url: address, credentials, patience: PATIENCE }, ({ status, text, end }) => {
    const key = text.trim();
    if (status === 200 && /^[\w-]{8,99}$/.test(key)) return done({ url: `${url}/${key}` });
    const error = (end && errorOf(end)) ?? malformedPacket(`${url} gave no key of a session.`, text);
    if (status !== undefined && status < 500) done({ error, code: INVALID_HANDSHAKE });
    else if (browserEnvironment.now() - began > DURATION) done({ error, code: CONNECTION_TIMEOUT });
    else done({ error });
  });
}
