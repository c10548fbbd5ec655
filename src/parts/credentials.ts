// Credentials that the server refuses are refreshed, once for all who ask with the same handler.

import { isStream } from '../ground/request-body.ts';
import type { Part, Phase } from '../session/part.ts';
import type { Stop } from '../transports/transport.ts';

/** How long what begins meanwhile waits for a refresh. Milliseconds. */
const PATIENCE = 15_000;

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
  // Outermost: while an attempt waits for a refresh, nothing is opened beside it.
  rank: 1,
  install({ environment }) {
    const refreshes = new WeakMap<object, Refresh>(); // by handler
    let called: object | undefined; // the handler that is being called
    return {
      session(inside) {
        const { onUnauthorized, body } = inside.target.options;
        if (!onUnauthorized) return {};
        // A hook has a function of its own around each of the caller's, and gives that as the value.
        const handler = (): object => onUnauthorized.valueOf();
        // What a refresh asks for itself must not wait for it.
        let isOfRefresh = called === handler();
        let isRefreshed = false; // since credentials were last accepted
        let askedAt = 0; // when the last attempt began, with the credentials of that time
        return {
          // With credentials that are known to be refused nothing is sent: a stream could be sent no second time.
          attempt: (next) => (listener) => {
            let stop: Stop | undefined; // of the wait, or the attempt
            let isBegun = false;
            let isStopped = false;
            begin();
            return () => {
              isStopped = true;
              stop?.();
            };

            function begin(): void {
              if (isOver() || isBegun) return;
              stop?.();
              const pending = isOfRefresh ? undefined : refreshOf(handler()).pending;
              if (!pending) return goOn();
              // The handler may wait for this one itself.
              stop = environment.setTimer(goOn, PATIENCE);
              void pending.then(begin, begin);
            }

            function goOn(): void {
              isBegun = true;
              askedAt = environment.now();
              stop = next(listener);
              if (isOver()) stop();
            }

            /** A function, so that the compiler forgets what it knew before the attempt began. */
            function isOver(): boolean {
              return isStopped;
            }
          },
          opened: (next) => (head) => {
            isRefreshed = isOfRefresh = false;
            next(head);
          },
          // Once, until credentials were accepted again; for one handler at a time.
          refused: (next) => (error) => {
            const known = refreshOf(handler());
            // Refused with the credentials of before a refresh, which is under way or has ended since.
            const isStale = known.pending !== undefined || askedAt < known.endedAt;
            const isFinal = isStale ? isOfRefresh && known.pending : isRefreshed;
            // A stream was read by the first request, and cannot be sent again.
            if (isFinal || isStream(body)) return next(error);
            isRefreshed = true;
            const phase: Phase = { is: 'refreshing' };
            inside.rest(phase, error.message, error);
            if (inside.phase !== phase) return true;
            if (!isStale) start(known, handler(), () => onUnauthorized(error));
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

    function start(refresh: Refresh, handler: object, ask: () => void | Promise<void>): void {
      called = handler;
      // Asynchronous, so that what it throws is a rejection as well.
      const asked = (async () => ask())();
      called = undefined;
      refresh.pending = asked.finally(() => {
        refresh.pending = undefined;
        refresh.endedAt = environment.now();
      });
    }
  },
};
