// Says what is wrong with options: a name that does not exist, a value outside its bounds, a part that is missing.

import { EnckeError } from '../../ground/errors.ts';
import { refuseUnknown } from '../../ground/option-names.ts';
import type { OptionsOfParts, SubscribeOptions } from '../../options.ts';
import type { Part, SessionInside, SessionSeams, Wraps } from '../../session/part.ts';
import { checkBody } from './body.ts';
import { OF_BOTH, OF_SUBSCRIBE } from './names.ts';
import { refuse } from './refuse.ts';
import { refuseList, refuseValues } from './values.ts';

/** The parts without which an option does nothing. */
export const PART_OF: { readonly [Part in keyof OptionsOfParts as OptionsOfParts[Part]]: Part } = {
  onResync: 'gaps',
  onSettledState: 'settledState',
  onUnauthorized: 'credentials',
  body: 'bodies',
  onUploadProgress: 'bodies',
  heartbeat: 'watchdog',
  debug: 'trace',
  allowTruncated: 'truncated',
  replays: 'replays',
  resume: 'resume',
  share: 'sharing',
};

/** Part of a client. Refuses options that do not exist, values out of bounds, and options of parts that are missing. */
export const check: Part<'check'> = {
  name: 'check',
  // It sees options as the caller has written them.
  rank: 0,
  install({ given: made, names, transports, formats }) {
    refuseUnknown('createClient', made, { transports: 0, formats: 0, parts: 0, environment: 0 });
    refuseList('transports', transports, 'open', 'longPoll');
    refuseList('formats', formats, 'decoder', 'eventStream');
    const checked = new WeakMap<BodyFunction, BodyFunction>(); // one for each function: subscriptions with equal ones are equal
    return {
      client: {
        options: (next) => (given, once) => {
          if (typeof given !== 'object' || (given as object | null) === null)
            refuse('Options are an object: { onMessage }.');
          refuseUnknownOptions(given, once);
          refuseWithoutPart(given, names);
          refuseValues(given);
          return next(checkedLater(given, once), once);
        },
      },
      session: checkRetry,
    };

    /** What a function gives is checked when it gives it. */
    function checkedLater(options: SubscribeOptions, once: boolean): SubscribeOptions {
      const { body } = options;
      if (typeof body === 'function') return { ...options, body: checkedOnce(body as BodyFunction) };
      checkBody(body, once);
      return options;
    }

    function checkedOnce(given: BodyFunction): BodyFunction {
      const known = checked.get(given) ?? checkedBody(given);
      checked.set(given, known);
      return known;
    }
  },
};

type BodyFunction = Extract<SubscribeOptions['body'], (...none: never) => unknown>;

function checkedBody(given: BodyFunction): BodyFunction {
  return async () => {
    const body = await given();
    checkBody(body, true);
    return body;
  };
}

/** What is wrong is told once, to everyone who listens to the session. */
function checkRetry(inside: SessionInside): Wraps<SessionSeams> {
  let hasComplained = false;
  return {
    retry: (next) => (context) => {
      const wanted = next(context);
      const isTime = typeof wanted === 'number' && wanted >= 0 && wanted < Infinity;
      if (wanted === false || wanted === undefined || isTime) return wanted;
      const sentence =
        'retry must give milliseconds, at least 0, or false, and no promise. The default is taken.';
      if (!hasComplained) inside.report(new EnckeError('invalid-option', sentence));
      hasComplained = true;
      return undefined;
    },
  };
}

function refuseUnknownOptions(options: object, once: boolean): void {
  const misplaced =
    once &&
    Object.entries(options).find(([name, value]) => value !== undefined && Object.hasOwn(OF_SUBSCRIBE, name));
  if (misplaced) refuse(`${misplaced[0]} is an option of subscribe: a request is sent once.`);
  refuseUnknown(once ? 'request' : 'subscribe', options, { ...OF_BOTH, ...(!once && OF_SUBSCRIBE) });
}

/** `false` and such turn off what is not there. */
function refuseWithoutPart(options: SubscribeOptions, names: ReadonlySet<string>): void {
  for (const [option, part] of Object.entries(PART_OF)) {
    if (options[option as keyof SubscribeOptions]) need(part, option);
  }
  const { cursor, share } = options;
  if (typeof cursor === 'string' && !names.has('conventions')) {
    refuse('cursor must be a convention as a value, or the client needs the part conventions.');
  }
  if (share === 'tabs' || typeof share === 'object') need('tabs', 'share among tabs');

  function need(part: string, what: string): void {
    if (!names.has(part)) refuse(`${what} needs the part ${part}: createClient({ parts: [${part}] }).`);
  }
}
