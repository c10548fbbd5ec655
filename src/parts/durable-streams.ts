// Durable Streams: one offset through plain reads, long polls and event streams.
//
// What a response brings is held until its offset is known, in a header or in the event `control` that follows. So a
// response that breaks off has delivered nothing that the next one sends again.

import { EnckeError } from '../ground/errors.ts';
import { unreadable } from '../ground/unreadable.ts';
import { isEventStream } from '../ground/media-type.ts';
import type { CursorConvention } from '../options.ts';
import type { SessionInside, SessionSeams, Wraps } from '../session/part.ts';
import { setParam } from '../session/request.ts';
import type { Transport } from '../transports/transport.ts';

/** A stream of Durable Streams whose content is JSON: each value is a message. */
export const durableStreams: CursorConvention = /* @__PURE__ */ conventionOf((data) => {
  const list = parsed(data);
  return Array.isArray(list) ? list : undefined;
});

/** A stream of Durable Streams whose content is text: it comes in pieces. */
export const durableTextStreams: CursorConvention = /* @__PURE__ */ conventionOf((data) => [data]);

/** What the event `control` says. */
interface Control {
  readonly streamNextOffset?: unknown;
  readonly streamCursor?: unknown;
  readonly streamClosed?: unknown;
}

const UNREADABLE = 'An event of the stream is no list of JSON. It was skipped.';

/** The offset before the first message. */
const START = '-1';

/** @param contentOf - what an event of a stream holds; `undefined` where it cannot be read */
function conventionOf(contentOf: (data: string) => readonly unknown[] | undefined): CursorConvention {
  return {
    param: 'offset',
    queryOnly: true,
    plain: true,
    session: (inside: SessionInside) => speak(inside, contentOf),
  };
}

function speak(
  { target, cursor }: SessionInside,
  contentOf: (data: string) => readonly unknown[] | undefined,
): Wraps<SessionSeams> {
  /** What the server wants to hear again, so that a cache answers all who wait by one answer. */
  let shared: string | null | undefined;

  return {
    request: (next) => async (transport) => {
      // `live` says it. Not a copy: a transport may have getters.
      const silent = Object.create(transport, { namesItself: { value: false } }) as Transport;
      const request = await next(silent);
      const url = new URL(request.url);
      if (!cursor.id) setParam(url, 'offset', START);
      if (!target.once && transport.rhythm !== 'interval') {
        setParam(url, 'live', transport.rhythm === 'stream' ? 'sse' : 'long-poll');
        if (shared) setParam(url, 'cursor', shared);
      }
      return { ...request, url: url.href, events: [...request.events, 'data', 'control'] };
    },
    turn: (next) => (transport, listener) => {
      let live = true;
      let id = cursor.id;
      let held: unknown[] = []; // what came since that id
      let headers: Headers | undefined;
      let areEvents = false;
      let size = 0; // characters so far
      const stopTurn = next(transport, {
        ...listener,
        opened(head) {
          ({ headers } = head);
          // A browser that shows no headers has found an event stream.
          areEvents = !headers || isEventStream(head);
          listener.opened(head);
          if (live && !id) listener.id((id = START));
          if (headers?.get('stream-sse-data-encoding')) {
            const sentence = 'The stream is binary. encke reads streams of JSON and of text.';
            end({ how: 'failed', error: new EnckeError('content-type', sentence, head) });
          }
        },
        // No other ids count than the offsets.
        id: () => undefined,
        message({ event, data }) {
          if (!areEvents) held.push(data);
          else if (event === 'control') takeControl(String(data));
          else if (event === 'data') takeData(String(data));
        },
        alive(more, at) {
          size += more;
          listener.alive(more, at);
        },
        ended(how, response) {
          const answer = how.how === 'status' ? how.head.headers : headers;
          if (
            answer &&
            (how.how === 'complete'
              ? isWhole(how.truncated)
              : how.how === 'status' && how.head.status === 204)
          ) {
            shared = answer.get('stream-cursor') ?? shared;
            reach(answer.get('stream-next-offset'), answer.has('stream-closed'));
          }
          if (live) listener.ended(how, response);
        },
      });
      return stop;

      function stop(): void {
        live = false;
        stopTurn();
      }

      /**
       * Some engines take a cut between two chunks for the end: half a list is no JSON, and neither is nothing, unless it
       * stands for nothing.
       */
      function isWhole(isTruncated = false): boolean {
        const mayBeEmpty = contentOf('') ?? headers?.get('stream-next-offset') === id;
        return !areEvents && !isTruncated && (size > 0 || Boolean(mayBeEmpty));
      }

      function takeData(data: string): void {
        const content = contentOf(data);
        if (content) held.push(...content);
        else listener.problem(unreadable('malformed', UNREADABLE, data));
      }

      function takeControl(data: string): void {
        const control = (parsed(data) ?? {}) as Control;
        const { streamNextOffset: offset, streamCursor } = control;
        const isClosed = control.streamClosed === true;
        if (typeof streamCursor === 'string') shared = streamCursor;
        // What states no offset is of no use: what is held waits for one that does.
        if (typeof offset === 'string') reach(offset, isClosed);
        else if (isClosed) reach(null, true);
      }

      /** All until this offset is there. */
      function reach(offset: string | null | undefined, isClosed = false): void {
        const all = held;
        held = [];
        all.forEach((data, index) => {
          // Whoever goes on after a message that is not the last of its answer must ask for that answer again.
          if (index === all.length - 1) goTo(offset);
          if (live) listener.message({ event: 'message', data, id });
        });
        goTo(offset);
        // What ends a stream, and a poll.
        if (live && isClosed) end({ how: 'status', head: { status: 205, url: '' }, body: '' });
      }

      function goTo(offset: string | null | undefined): void {
        if (live && offset && offset !== id) listener.id((id = offset));
      }

      function end(how: Parameters<typeof listener.ended>[0]): void {
        if (!live) return;
        stop();
        listener.ended(how, { elapsed: 0, isWhole: false });
      }
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
