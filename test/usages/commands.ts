// A queue with verbs of one's own.

import {
  busyMarks,
  coalesceByTarget,
  commandQueue,
  keepFocus,
  nativeSanitizer,
  nonceScripts,
  request,
  subscribe,
  type Command,
  type CommandPage,
  type CommandQueue,
  type EnckeError,
  type Verb,
} from 'encke';

const toast: Verb = ({ text }: Command, { alert }: CommandPage) => alert(String(text));

const queue: CommandQueue = commandQueue({
  verbs: {
    toast,
    hide: ({ selector }, page) =>
      page.select(selector).forEach((element) => element.setAttribute('hidden', '')),
    wait: async ({ milliseconds }) => {
      await new Promise((resolve) => setTimeout(resolve, Number(milliseconds)));
    },
  },
  functions: { chart: { draw: (rows: readonly number[]) => rows.length } },
  scripts: nonceScripts('r4nd0m'),
  sanitize: nativeSanitizer,
  preserve: keepFocus,
  coalesce: coalesceByTarget,
  ariaBusy: busyMarks,
  onError: ({ code, command }: EnckeError) => [code, command?.type],
});

subscribe('/events', { commands: queue });
export async function load(): Promise<number> {
  await request('/page', { commands: queue, body: new FormData() });
  queue.push([{ type: 'toast', text: 'loaded' }]);
  await queue.done;
  return queue.size;
}
