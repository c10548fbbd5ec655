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
  /** Tells a 204 from a broken connection. */
  readonly sees204: boolean;
}

const everything = { posts: true, sendsHeaders: true, sees204: true } as const;

export const TECHNIQUES: readonly Technique[] = [
  { name: 'fetch-stream', wire: 'event-stream', rhythm: 'stream', ...everything },
  { name: 'xhr-stream', wire: 'event-stream', rhythm: 'stream', ...everything },
  {
    name: 'event-source',
    wire: 'event-stream',
    rhythm: 'stream',
    posts: false,
    sendsHeaders: false,
    sees204: false,
  },
  { name: 'htmlfile', wire: 'script-tags', rhythm: 'stream', ...everything },
  { name: 'iframe', wire: 'script-tags', rhythm: 'stream', posts: true, sendsHeaders: false, sees204: false },
  { name: 'long-poll', wire: 'json', rhythm: 'answer', ...everything },
  { name: 'poll', wire: 'json', rhythm: 'interval', ...everything },
];
