// Conventions of the last event id that are not the standard's, and the words for them.

import { EnckeError } from '../ground/errors.ts';
import { isEventStream } from '../ground/media-type.ts';
import type { CursorConvention, CursorName, SubscribeOptions } from '../options.ts';
import { lastEventIdHeader } from '../session/cursor-convention.ts';
import type { Part, SessionInside, SessionSeams, Wraps } from '../session/part.ts';

/** The hub of Mercure up to 0.24. */
export const mercure: CursorConvention = { param: 'lastEventID', echo: 'last-event-id' };

/** The hub of Mercure as of 1.0. */
export const mercure1: CursorConvention = { param: 'last_event_id', echo: 'mercure-last-event-id' };

/** Nchan. By 410 it says that it has let go of its listeners, as at every reload of nginx: the id is as good as before. */
export const nchan: CursorConvention = {
  param: 'last_event_id',
  withoutEtag: true,
  holds: true,
  statuses: { 410: 'retry' },
  plain: true,
  idOf: nchanId,
};

/** The polyfill event-source-polyfill, and servers written for it. */
export const yaffle: CursorConvention = { param: 'lastEventId', queryOnly: true };

/** Nchan writes an id as seconds and a tag; an answer has the one in `Last-Modified`, the other in `ETag`. */
function nchanId(headers: Headers): string | undefined {
  const time = Date.parse(headers.get('last-modified') ?? '');
  const tag = headers.get('etag');
  return Number.isNaN(time) || tag === null ? undefined : `${String(time / 1000)}:${tag}`;
}

/** By the words that stand for them in the option `cursor`. */
export const CURSOR_CONVENTIONS: Readonly<Record<CursorName, CursorConvention>> = {
  'last-event-id': lastEventIdHeader,
  mercure,
  'mercure-1': mercure1,
  nchan,
  yaffle,
};

/** Lets the option `cursor` be a word, and heeds polls whose headers state the id of the whole answer, as Nchan's do. */
export const conventions: Part<'conventions'> = {
  name: 'conventions',
  install: () => ({
    session: headerIds,
    client: {
      options: (next) => (given, once) => {
        const options: Partial<SubscribeOptions> = next(given, once);
        const { cursor } = options;
        if (cursor === undefined || typeof cursor === 'object') return options;
        if (!Object.hasOwn(CURSOR_CONVENTIONS, cursor)) {
          const words = Object.keys(CURSOR_CONVENTIONS).join(', ');
          throw new EnckeError('invalid-option', `cursor must be ${words}.`);
        }
        return { ...options, cursor: CURSOR_CONVENTIONS[cursor] };
      },
    },
  }),
};

function headerIds({ target, cursor }: SessionInside): Wraps<SessionSeams> {
  const { convention, once } = target;
  const { idOf, holds } = convention;
  if (!idOf && !holds) return {};
  return {
    // One message of however many there are leaves no time to lose.
    pause: (next) => (answer, transport) =>
      idOf && cursor.id !== answer.startedAfter ? 0 : next(answer, transport),
    turn: (next) => (transport, listener) => {
      if (transport.rhythm === 'stream') return next(transport, listener);
      const before = cursor.id;
      let id: string | undefined; // of the whole answer
      let isStated = false;
      let hasLength = false;
      const stop = next(transport, {
        ...listener,
        opened(head) {
          if (!idOf || !head.headers || (isEventStream(head) && !once)) return listener.opened(head);
          id = idOf(head.headers);
          hasLength = head.headers.has('content-length');
          if (id !== undefined || once) return listener.opened(head);
          // Without an id the same message would come again and again.
          stop();
          const sentence = `The answer of ${head.url} has no ETag. Turn compression off for it.`;
          const error = new EnckeError('unusable', sentence, head);
          listener.ended({ how: 'unusable', sent: true, error }, { elapsed: 0, isWhole: false });
        },
        message(message) {
          state();
          listener.message(message.id === before ? { ...message, id: id ?? before } : message);
        },
        ended(end, response) {
          // Some engines take a cut for the end. Where its length is stated, it is there.
          if (end.how === 'complete' && hasLength) state();
          const isSilent = end.how === 'cut' && end.error.code === 'timeout';
          // It may never have been meant to be answered.
          if (holds && isSilent && transport.rhythm === 'answer' && !once) listener.renew('rotated');
          else listener.ended(end, response);
        },
      });
      return stop;

      /** Only now: an answer that broke off before its message must be asked for again. */
      function state(): void {
        if (id !== undefined && !isStated) listener.id(id);
        isStated = true;
      }
    },
  };
}
