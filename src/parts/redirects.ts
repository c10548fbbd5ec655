// The last event id of a URL that is answered from another origin goes by query: as a header it would cost a preflight.

import { answeredFrom } from '../session/cursor.ts';
import type { Part } from '../session/part.ts';
import type { End, Head, Stop } from '../transports/transport.ts';

/** Of so many failures in a row one may be due to a redirect that is new. */
const GUESS_EVERY = 8;

/** Part of a client. Sends the last event id by query where another origin answers, so that no header needs a preflight. */
export const redirects: Part<'redirects'> = {
  name: 'redirects',
  rank: 2,
  install: () => ({
    session(inside) {
      const { target, cursor, environment } = inside;
      let suspects = false; // the last attempt may have failed for its header, at another origin
      return {
        attempt: (next) => (listener) => {
          let stopAttempt: Stop;
          let isGuess = suspects; // this one sends the id by query because of that
          if (isGuess) cursor.inQuery = true;
          begin();
          return () => {
            stopAttempt();
          };

          function begin(): void {
            stopAttempt = next({
              ...listener,
              opened(head) {
                if (isWellAsked(head)) listener.opened(head);
              },
              ended(end, response) {
                if (end.how === 'status' && !isWellAsked(end.head)) return;
                suspects = mayBeRedirected(end);
                listener.ended(end, response);
              },
            });
          }

          /** Where the query was a guess, and the answer comes from the page's own origin after all, it is asked once more by header. */
          function isWellAsked({ url }: Head): boolean {
            answeredFrom(cursor, url, environment.origin());
            const isWrong = isGuess && !cursor.inQuery;
            isGuess = suspects = false;
            if (isWrong) {
              stopAttempt();
              begin();
            }
            return !isWrong;
          }

          /** A redirect to another origin refuses a header of ours, and nothing tells that from a server that is down. */
          function mayBeRedirected(end: End): boolean {
            const { head, startedAfter } = inside.run;
            const isUnanswered = end.how === 'cut' && end.error.code === 'network' && !head;
            const wasInHeader = startedAfter !== '' && inside.transport.sendsHeaders && !cursor.inQuery;
            if (isGuess) cursor.inQuery = false;
            const isDue = !cursor.wasAnswered || (inside.failures + 1) % GUESS_EVERY === 0;
            return isUnanswered && wasInHeader && !target.crossOrigin && isDue;
          }
        },
      };
    },
  }),
};
