// A POST with a form as its body, and the server's answer to it.

import type { Technique } from '../techniques.ts';
import { record } from './recording.ts';
import { fresh, report } from './server.ts';

const FIELDS = { text: 'Grüße & ☄️ = 100 %', list: '1,2' };

export interface PostingFacts {
  readonly method: string;
  readonly header: string | undefined;
  /** What the server read, as it echoed it. */
  readonly echo: unknown;
  readonly sent: unknown;
}

export async function posting(technique: Technique): Promise<PostingFacts> {
  const key = fresh('posting');
  const url = `/events?${new URLSearchParams({ channel: key, key })}`;
  const recording = record(url, technique.name, {
    method: 'POST',
    body: new URLSearchParams(FIELDS),
    ...(technique.sendsHeaders && { headers: { 'X-Comet': 'encke' } }),
    until: ({ event }) => event === 'echo',
  });
  await recording.closed();
  const data = recording.messages.find(({ event }) => event === 'echo')?.data;
  const [first] = (await report(key)).records;
  return {
    method: first?.method ?? 'none',
    header: first?.headers['x-comet'],
    echo: typeof data === 'string' ? JSON.parse(data) : data,
    sent: FIELDS,
  };
}
