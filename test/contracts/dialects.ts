// What the server must write for a transport, and how what arrived is read: the suite is the same for all.

import type { Recording } from './recording.ts';

export interface Dialect {
  readonly contentType: string;
  /** What comes first: browsers hold back the beginning of a page. */
  readonly prelude: string;
  write(data: unknown): string;
  /** The data of everything that has arrived. */
  read(recording: Recording): unknown[];
  /** Which statuses it sees: all, those of responses that become a document in some engines, or none. */
  readonly statuses: 'all' | 'documents' | 'none';
  /** Whether bytes can be left with the network, so that the server feels it. */
  readonly leavesBytes: boolean;
  /** Whether the URL after redirects is seen. */
  readonly seesFinalUrl: boolean;
}

const CALL = /<script>(?:parent\.)?enckeReceive\((.*?)\)<\/script>/gs;

const lines: Dialect = {
  contentType: 'application/x-ndjson',
  prelude: '',
  write: (data) => `${JSON.stringify(data)}\n`,
  read: ({ text }) => wholeLines(text).map((line) => JSON.parse(line) as unknown),
  statuses: 'all',
  leavesBytes: true,
  seesFinalUrl: true,
};

const scripts: Dialect = {
  contentType: 'text/html; charset=utf-8',
  prelude: `<!DOCTYPE html><title>stream</title>${' '.repeat(2_048)}\n`,
  write: (data) => `<script>parent.enckeReceive(${toScript(data)})</script>\n`,
  read: ({ text }) => [...text.matchAll(CALL)].map(([, json = '']) => JSON.parse(json) as unknown),
  statuses: 'all',
  leavesBytes: true,
  seesFinalUrl: true,
};

const DIALECTS: Readonly<Record<string, Dialect>> = {
  'event-source': {
    contentType: 'text/event-stream',
    prelude: ':\n\n',
    write: (data) => `data: ${JSON.stringify(data)}\n\n`,
    read: ({ messages }) => messages.map(({ data }) => JSON.parse(String(data)) as unknown),
    statuses: 'none',
    leavesBytes: false,
    seesFinalUrl: false,
  },
  'xhr-stream': { ...lines, leavesBytes: false },
  htmlfile: scripts,
  iframe: {
    ...scripts,
    statuses: 'documents',
    leavesBytes: false,
  },
};

export function dialectOf(transport: string): Dialect {
  return DIALECTS[transport] ?? lines;
}

function wholeLines(text: string): string[] {
  return text.split('\n').slice(0, -1);
}

function toScript(data: unknown): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}
