// Credentials that the server refuses are refreshed, once for all who ask with the same handler.

import type { EnckeError } from '../ground/errors.ts';
import { isStream } from '../ground/request-body.ts';
import type { Part, Phase } from '../session/part.ts';

/** What is known of one handler. */
interface Refresh {
  /** While it is under way. */
  pending?: Promise<void> | undefined;
  /** When the last one ended. */
  endedAt: number;
}

/** Part of a client. Refreshes credentials after a 401 or 403, once for all connections with the same function. */
export const credentials: Part<'credentials'> = {
  name: 'credentials',
  install({ environment }) {
    const refreshes = new WeakMap<object, Refresh>(); // by handler
    let called: object | undefined; // the handler that is being called
    return {
      session(inside) {
        const { onUnauthorized, body } = inside.target.options;
        if (!onUnauthorized) return {};
        // What a refresh asks for itself must not wait for it.
        let isOfRefresh = called === onUnauthorized;
        let isRefreshed = false; // since credentials were last accepted
        return {
          opened: (next) => (head) => {
            isRefreshed = isOfRefresh = false;
            next(head);
          },
          // Once, until credentials were accepted again; for one handler at a time.
          refused: (next) => (error) => {
            const known = refreshOf(onUnauthorized);
            // Refused with the credentials of before a refresh, which is under way or has ended since.
            const isStale = known.pending !== undefined || inside.run.startedAt < known.endedAt;
            const isFinal = isStale ? isOfRefresh && known.pending : isRefreshed;
            // A stream was read by the first request, and cannot be sent again.
            if (isFinal || isStream(body)) return next(error);
            isRefreshed = true;
            const phase: Phase = { is: 'refreshing' };
            inside.rest(phase, error.message, error);
            if (inside.phase !== phase) return true;
            if (!isStale) start(known, onUnauthorized, error);
            Promise.resolve(known.pending).then(
              () => {
                if (inside.phase === phase) inside.connectAtOnce('the credentials were refreshed');
              },
              (cause: unknown) => {
                if (inside.phase === phase) inside.over('fatal', Object.assign(error, { cause }));
              },
            );
            return true;
          },
        };
      },
    };

    function refreshOf(handler: object): Refresh {
      const known = refreshes.get(handler) ?? { endedAt: -Infinity };
      refreshes.set(handler, known);
      return known;
    }

    function start(refresh: Refresh, handler: (error: EnckeError) => unknown, error: EnckeError): void {
      // Asynchronous, so that what it throws is a rejection as well.
      const ask = async (): Promise<void> => {
        await handler(error);
      };
      called = handler;
      const asked = ask();
      called = undefined;
      refresh.pending = asked.finally(() => {
        refresh.pending = undefined;
        refresh.endedAt = environment.now();
      });
    }
  },
};
