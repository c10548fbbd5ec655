// `sjxComet`: calls of which the answer streams.

import { openFetch } from '../../transports/fetch-body.ts';
import { postInto } from '../../transports/form-post.ts';
import type { Stop, TransportRequest } from '../../transports/transport.ts';
import { encodeData, withFields, type AjaxData } from './ajax-data.ts';
import { postOnce } from './one-post.ts';
import type { Sijax } from './global-sijax.ts';
import { ownUrl } from '../wire/own-url.ts';
import { callFields } from '../wire/sijax-wire.ts';

/** What the original does not have: fields and headers of your own, against request forgery for example. */
export interface CometParams {
  data?: AjaxData;
  headers?: HeadersInit;
}

export interface SjxComet {
  /** The answer ends by itself, or by `abort`. */
  request(functionName: string, callArgs?: unknown, params?: CometParams): { abort: Stop };
}

export function createComet(sijax: Sijax): SjxComet {
  return {
    request(functionName, callArgs = [], { data, headers } = {}) {
      const abort = postOnce({
        url: String(ownUrl(sijax.getRequestUri() ?? location.href)),
        body: encodeData(withFields(data, callFields(functionName, callArgs))),
        headers,
        open: openFetch,
        onCommands: (commands) => sijax.processCommands(commands),
        instead: postIntoFrame,
      });
      return { abort };
    },
  };
}

/** As the original does: the scripts of the frame call the page. */
function postIntoFrame(request: TransportRequest): Stop {
  const frame = document.createElement('iframe');
  const stop = (): void => frame.remove();
  frame.style.display = 'none';
  frame.name = `sjxComet-${String(Math.random())}`;
  document.documentElement.append(frame);
  // Not before: the empty page that a frame begins with counts as loaded, too.
  frame.onload = () => setTimeout(stop);
  postInto(document, frame.name, request);
  return stop;
}
