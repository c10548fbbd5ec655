// What to do about it, the most important first.

import { encodingOf, isStream } from './buffered.ts';
import { compressorAdvice, headerAdvice, holdingAdvice } from './holding-advice.ts';
import { obstacleAdvice } from './obstacle-advice.ts';
import type { Case, ProbeVerdict } from './report.ts';
import { statusAdvice } from './status-advice.ts';
import { findTextFault, type TextFault } from './text-fault.ts';
import { time } from './words.ts';

/** A silence in which a heartbeat should have come. Milliseconds. */
const LONG_SILENCE = 20_000;

/** Each says what it has to say, or nothing. */
const ADVISERS: readonly ((facts: Case) => string | readonly string[] | undefined)[] = [
  obstacleAdvice,
  statusAdvice,
  aboutPage,
  aboutText,
  aboutCache,
  holdingAdvice,
  aboutServiceWorker,
  aboutSilence,
  aboutEnding,
  aboutIds,
  aboutHeartbeat,
  aboutCacheControl,
];

export function adviseOn(facts: Case): string[] {
  return ADVISERS.flatMap((advise) => advise(facts) ?? []);
}

function aboutPage({ verdict, head, said }: Case): string | undefined {
  if (verdict !== 'page' || !head) return undefined;
  const title = /<title>([^<]*)/i.exec(said.beginning)?.[1]?.trim();
  const what = title ? `A page came, “${title}”` : 'A page came';
  return head.redirected
    ? `${what}, from ${head.url}, where the server sent the request: often a login. Log in, or send what the server knows you by. Let it answer 401 there, not a redirect.`
    : `${what}. Check the path: many servers answer one they do not know with their start page, and one they do not let you see with a login.`;
}

const TEXT_FAULTS: Readonly<Record<TextFault, string>> = {
  escaped: 'Its line ends are a backslash and an n. Write real ones: in PHP that takes double quotes.',
  'strange-lines':
    'A message is a line that begins with “data:”, without a space before it, and an empty line behind it. Other lines are passed over.',
  'no-blank-line':
    'Nothing ends its messages. Write an empty line behind each: two line ends after the data.',
};

function aboutText(facts: Case): readonly string[] | undefined {
  const { verdict, said, head } = facts;
  if (verdict !== 'unreadable') return undefined;
  const type = head?.headers['content-type'] ?? 'a body without a Content-Type';
  const advice: string[] = [];
  if (said.looksLike === 'event-stream') {
    advice.push(
      `It looks like an event stream, but is sent as ${type}. Send Content-Type: text/event-stream.`,
    );
  } else if (said.format === undefined) {
    advice.push(
      `Nothing reads ${type}. Send Content-Type: text/event-stream, or application/x-ndjson for lines of JSON.`,
    );
  }
  const fault = findTextFault(said);
  return fault ? [...advice, TEXT_FAULTS[fault]] : [...advice, ...said.problems];
}

function aboutCache({ head }: Case): string | undefined {
  const { age = '0', 'x-cache': cache = '', 'cf-cache-status': status = '' } = head?.headers ?? {};
  const cached = Number(age) > 0 || /\bhit\b/i.test(`${cache} ${status}`);
  return cached ? 'It came out of a cache. Send Cache-Control: no-store.' : undefined;
}

function aboutServiceWorker({ verdict, serviceWorker }: Case): string | undefined {
  const concerned = verdict === 'held' || verdict === 'silent' || verdict === 'cut';
  if (!concerned || serviceWorker === 'none' || serviceWorker === 'not-seen') return undefined;
  return 'A service worker is in the way. Let its fetch handler return without respondWith for this URL, and probe again.';
}

function aboutSilence(facts: Case): readonly string[] | undefined {
  const { verdict, head, root } = facts;
  if (verdict !== 'silent') return undefined;
  if (!head && !root?.head) return [BUSY];
  return [
    ...(head ? [] : [WAITING]),
    'When a stream opens, send its head and a comment (a line that is a colon, and an empty line), and another comment every 15 s. A stream that is held can then be told from one that has nothing to say.',
    ...headerAdvice(facts),
    'Probe again, while something is sent.',
  ];
}

const BUSY =
  'The server answers nothing else either. It hangs; or other tabs have taken the six connections that a browser opens to a host over HTTP/1.1: close them, and probe again.';
const WAITING =
  'The server answers other requests, but not this one: nothing has been written yet, or something on the way holds back the head, too.';

function aboutEnding({ verdict, listened, said, method, head, chunks }: Case): string | undefined {
  // One exchange ends when it is done.
  if (verdict === 'ended' && method !== 'GET') return undefined;
  // A compressor that ends with each piece has browsers end after the first.
  if (verdict === 'ended' && chunks.length === 1 && encodingOf(head)) return compressorAdvice(head);
  const ended: Partial<Record<ProbeVerdict, string>> = {
    ended: `The server ended it after ${time(listened)}. Where more is to come, keep the response open: each end costs a new connection.`,
    cut: `It broke off after ${time(listened)}: a limit of the server or of a proxy, or a crash. Look at their logs; send a comment every 15 s, so that it is never silent.`,
    answered:
      said.format === 'json'
        ? 'To have news at once, let the server stream text/event-stream; or poll it: transports: [poll].'
        : 'Let the server send something: the answer was empty.',
  };
  return ended[verdict];
}

function aboutIds(facts: Case): string | undefined {
  const { said } = facts;
  if (said.messages === 0 || said.withId > 0 || !isStream(facts)) return undefined;
  return 'Give each message an id: without ids, what is sent while a connection is made again is lost.';
}

function aboutHeartbeat({ verdict, said, gaps, listened, chunks }: Case): string | undefined {
  const silence = Math.max(gaps?.max ?? 0, listened - (chunks.at(-1)?.at ?? 0));
  if (verdict !== 'live' || said.heartbeats.length > 0 || silence < LONG_SILENCE) return undefined;
  return `Nothing came for ${time(silence)}. Send a comment every 15 s: proxies end what is silent for long.`;
}

function aboutCacheControl(facts: Case): string | undefined {
  const open = facts.verdict === 'live' && facts.method === 'GET';
  const missing = open && isStream(facts) && facts.head?.headers['cache-control'] === undefined;
  return missing
    ? 'Send Cache-Control: no-cache, no-transform, so that nobody keeps or changes the stream.'
    : undefined;
}
