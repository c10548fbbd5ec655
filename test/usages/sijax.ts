// Functions of a Sijax backend.

import type { Closed, Command } from 'encke';
import {
  cookie,
  metaTag,
  sijax,
  withSuggestions,
  xhrStream,
  type SijaxApp,
  type SijaxCall,
} from 'encke/sijax';

interface Backend {
  greet: [name: string];
  work: [seconds: number, label?: string];
  list: [];
}

const app: SijaxApp<Backend> = sijax<Backend>('/sijax', {
  headers: { 'X-CSRFToken': cookie('csrftoken') },
  params: { token: metaTag('csrf-token'), page: 7 },
  commands: { functions: { draw: () => undefined } },
  onError: ({ code, status }) => [code, status],
});

export async function run(form: HTMLFormElement, signal: AbortSignal | undefined): Promise<Closed> {
  await app.request('list');
  const { messages } = await app.request('greet', ['Ada'], { signal });
  const lists: readonly (readonly Command[])[] = messages.map(({ data }) => data);
  const work: SijaxCall = app.comet('work', [lists.length]);
  for await (const { data } of work) data[0]?.type.trim();
  app
    .upload(form, {
      transports: [xhrStream],
      onUploadProgress: ({ loaded, total }) => loaded / total,
      submitter: null,
    })
    .catch(() => undefined);
  const { suggestions } = await withSuggestions(app)
    .suggest('greet', { fieldId: 'name', fieldValue: 'A' })
    .finally(() => undefined);
  suggestions.map(({ display }) => display);
  return work.closed;
}

// @ts-expect-error -- a function has arguments of its own
app.request('greet', [7]);
// @ts-expect-error -- no such function
app.comet('unknown');
