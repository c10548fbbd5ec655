// The report as text.

import { shownUrl } from '../ground/shown-url.ts';
import { besideBrought } from './buffered.ts';
import type { ProbeFacts, ProbeReport, Spread } from './report.ts';
import { VERDICTS } from './verdict.ts';
import { count, size, time } from './words.ts';

/** All but the text itself. */
type Untold = Omit<ProbeReport, 'text'>;

const LABEL_WIDTH = 16;
const EXCERPT_LENGTH = 80;
const NOT_SEEN = 'not seen';

/** What has nothing to say is left out. */
const ROWS: readonly (readonly [label: string, tell: (report: Untold) => string | undefined])[] = [
  ['answer', answer],
  ['redirected', ({ head }) => (head?.redirected ? `to ${shownUrl(head.url)}` : undefined)],
  ['headers', headers],
  ['protocol', protocol],
  ['service worker', ({ serviceWorker }) => SERVICE_WORKER[serviceWorker]],
  ['head', ({ head }) => head && `after ${time(head.after)}`],
  ['first byte', firstByte],
  ['chunks', chunks],
  ['messages', messages],
  ['heartbeat', heartbeat],
  ['ids', ids],
  ['retry', ({ said }) => (said.retry === undefined ? undefined : time(said.retry))],
  ['end', ({ ending, listened }) => ENDINGS[ending]?.(time(listened))],
  ['it begins', beginning],
  ['long poll', longPoll],
  ['other requests', otherRequests],
  ['buffered', bufferedLine],
];

const SERVICE_WORKER: Readonly<Record<ProbeFacts['serviceWorker'], string>> = {
  handled: 'this request went through it',
  present: 'controls this page, and may have had this request',
  none: 'none in the way',
  'not-seen': NOT_SEEN,
};

const ENDINGS: Readonly<Partial<Record<ProbeFacts['ending'], (listened: string) => string>>> = {
  open: (listened) => `still open after ${listened}`,
  complete: (listened) => `ended by the server after ${listened}`,
  cut: (listened) => `broke off after ${listened}`,
};

export function linesOf(report: Untold): string {
  const { verdict, method, url, advice } = report;
  const rows = ROWS.flatMap(([label, tell]) => {
    const value = tell(report);
    return value === undefined ? [] : [label.padEnd(LABEL_WIDTH) + value];
  });
  const steps = advice.map((step, index) => `${index + 1}. ${step}`);
  const end = steps.length > 0 ? ['What to do', ...steps] : ['Nothing to do.'];
  return [`${method} ${shownUrl(url)}`, `${verdict}: ${VERDICTS[verdict]}`, '', ...rows, '', ...end].join(
    '\n',
  );
}

function answer({ head, said, verdict, obstacle, listened }: Untold): string {
  if (!head) return `none${obstacle ? `: ${obstacle}` : ` in ${time(listened)}`}`;
  const type = head.headers['content-type'] ?? 'without a content type';
  if (verdict === 'refused') return `${head.status}, ${type}`;
  const read = said.format === undefined ? 'which nothing reads' : `read as ${said.format}`;
  return `${head.status}, ${type}, ${read}`;
}

function headers({ head, crossOrigin }: Untold): string | undefined {
  if (!head) return undefined;
  const shown = Object.entries(head.headers).filter(([name]) => name !== 'content-type');
  const list = shown.map(([name, value]) => `${name}: ${value}`).join(' · ') || 'none that tell anything';
  return crossOrigin ? `${list} (others may be hidden from another origin)` : list;
}

function protocol({ protocol: name, head }: Untold): string | undefined {
  if (!head) return undefined;
  return name === 'http/1.1'
    ? `${name}, six connections to a host for all tabs together`
    : (name ?? NOT_SEEN);
}

function firstByte({ head, firstByteAfter, listened }: Untold): string | undefined {
  if (firstByteAfter !== undefined) return `after ${time(firstByteAfter)}`;
  return head && `none in ${time(listened)}`;
}

function chunks({ chunks: list, sizes, gaps }: Untold): string | undefined {
  if (!sizes) return undefined;
  const spaced = gaps ? `, ${spread(gaps, time)} apart` : '';
  return `${list.length}, of ${spread(sizes, size)}${spaced}`;
}

function messages({ head, said }: Untold): string | undefined {
  if (!head || said.format === undefined) return undefined;
  const names = Object.entries(said.names).map(([name, number]) => `${name} ${number}`);
  return names.length > 0 ? `${said.messages} (${names.join(', ')})` : 'none';
}

function heartbeat({ head, said, heartbeat: interval, listened }: Untold): string | undefined {
  if (!head || said.format === undefined || said.format === 'json') return undefined;
  if (interval !== undefined) return `every ${time(interval)}`;
  return said.heartbeats.length > 0 ? 'one seen' : `${NOT_SEEN} in ${time(listened)}`;
}

function ids({ said }: Untold): string | undefined {
  if (said.messages === 0 && said.lastEventId === '') return undefined;
  if (said.lastEventId === '') return NOT_SEEN;
  return `${said.withId} of ${count(said.messages, 'message')}, the last is ${said.lastEventId}`;
}

/** Only where it was not understood, or refused. */
function beginning({ verdict, said }: Untold): string | undefined {
  const odd = verdict === 'unreadable' || verdict === 'page' || verdict === 'refused';
  return odd && said.beginning ? JSON.stringify(said.beginning.slice(0, EXCERPT_LENGTH)) : undefined;
}

function longPoll(report: Untold): string | undefined {
  const { beside } = report;
  if (!beside) return undefined;
  const brought = besideBrought(report);
  const asked = `asked beside it after ${time(beside.asked)}`;
  if (brought !== undefined) return `${asked}: its first message came after ${time(brought - beside.asked)}`;
  return beside.head ? `${asked}: ${beside.head.status}, no message` : `${asked}: no answer`;
}

function otherRequests({ root }: Untold): string | undefined {
  if (!root) return undefined;
  const { head } = root;
  if (!head) return 'to this host are not answered either';
  const by = head.headers['server'] ? `, by ${head.headers['server']}` : '';
  return `to this host are answered after ${time(head.after)}${by}`;
}

function bufferedLine({ head, buffered: { answer: found, because } }: Untold): string | undefined {
  return head || found !== 'not-seen' ? `${found.replace('-', ' ')}. ${because}` : undefined;
}

function spread({ min, median, max }: Spread, tell: (number: number) => string): string {
  return min === max ? tell(min) : `${tell(min)} to ${tell(max)} (median ${tell(median)})`;
}
