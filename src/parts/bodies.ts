// Requests with a body: text, forms, bytes, JSON, or a stream.

import { call } from '../ground/call.ts';
import { EnckeError } from '../ground/errors.ts';
import { hintOn, isJson, isStream, tagOf } from '../ground/request-body.ts';
import type { Part } from '../session/part.ts';
import { ask, notBuilt, type BuiltRequest } from '../session/request.ts';
import type { Demand } from '../transports/transport.ts';

/** Part of a client. Sends a body, and tells how much of it has been sent. */
export const bodies: Part<'bodies'> = {
  name: 'bodies',
  install({ seams }) {
    const texts = new WeakMap<object, string>(); // JSON as it was at the call, by the options: the caller may go on writing in it
    return {
      client: {
        demand: (next) => (target) => {
          const { body, onUploadProgress } = target.options;
          const uploadProgress = onUploadProgress !== undefined;
          return { ...next(target), body: demanded(body), uploadProgress };
        },
      },
      connection({ options }) {
        if (isJson(options.body)) texts.set(options, jsonOf(options.body));
        return {};
      },
      session({ target }) {
        const { body: asked, onUploadProgress } = target.options;
        if (asked === undefined) return {};
        return {
          request: (next) => async (transport) => {
            // At the same time: behind the headers, the body might be asked for when all is over.
            const [request, given] = await Promise.all([next(transport), ask(asked)]);
            // A function may give a stream, which was not known when the transport was chosen.
            const refusal = isStream(given) && transport.refuses({ ...seams.demand(target), body: 'stream' });
            if (refusal) {
              throw new EnckeError('invalid-option', `The body is a stream: ${transport.name} ${refusal}.`);
            }
            const { headers } = request;
            const json = isJson(given) ? (texts.get(target.options) ?? jsonOf(given)) : undefined;
            if (json && !headers.has('content-type')) headers.set('content-type', 'application/json');
            return {
              ...request,
              body: (json ?? given ?? null) as BuiltRequest['body'],
              hint: hintOn(given),
              onUploadProgress: onUploadProgress && ((progress) => call(onUploadProgress, progress)),
            };
          },
        };
      },
    };
  },
};

/** @throws EnckeError `invalid-option` */
function jsonOf(body: unknown): string {
  try {
    return JSON.stringify(body);
  } catch (cause) {
    throw notBuilt(cause);
  }
}

/** A function counts as what it may return. */
function demanded(body: unknown): Demand['body'] {
  if (body === undefined || body === null) return 'none';
  if (isStream(body)) return 'stream';
  return /^(URLSearchParams|FormData)$/.test(tagOf(body)) ? 'form' : 'any';
}
