// The techniques a journey is run over, and what each can be expected to carry and to see.

export interface Technique {
  readonly name: string;
  /** What the server writes for it when not told otherwise. */
  readonly wire: 'event-stream' | 'script-tags' | 'json';
  readonly rhythm: 'stream' | 'answer' | 'interval';
  /** Carries a POST. */
  readonly posts: boolean;
  /** Carries request headers. */
  readonly sendsHeaders: boolean;
  /** Sees the status and the headers of a response. */
  readonly seesHead: boolean;
  /** Sees the bytes, and so those that are not UTF-8. */
  readonly seesBytes: boolean;
  /** Decodes the messages itself: stops at one that is too long, reports one that cannot be read. */
  readonly decodes: boolean;
}

const everything = {
  posts: true,
  sendsHeaders: true,
  seesHead: true,
  seesBytes: true,
  decodes: true,
} as const;

const byTheBrowser = { sendsHeaders: false, seesHead: false, seesBytes: false, decodes: false } as const;

export const TECHNIQUES: readonly Technique[] = [
  { name: 'fetch-stream', wire: 'event-stream', rhythm: 'stream', ...everything },
  { name: 'xhr-stream', wire: 'event-stream', rhythm: 'stream', ...everything, seesBytes: false },
  { name: 'event-source', wire: 'event-stream', rhythm: 'stream', ...byTheBrowser, posts: false },
  { name: 'htmlfile', wire: 'script-tags', rhythm: 'stream', ...everything },
  { name: 'iframe', wire: 'script-tags', rhythm: 'stream', ...byTheBrowser, posts: true, decodes: true },
  { name: 'long-poll', wire: 'json', rhythm: 'answer', ...everything },
  { name: 'poll', wire: 'json', rhythm: 'interval', ...everything },
];
