// A client of one's own parts: an option without its part is an error, and so is a member.

import {
  allParts,
  bodies,
  composeClient,
  eventStream,
  exchange,
  fetchStream,
  loops,
  mercure,
  replays,
  sharing,
  watchdog,
  type Part,
} from 'encke';

const transports = [fetchStream];
const formats = [eventStream];

const bare = composeClient({ transports, formats });
bare.subscribe('/events', { cursor: mercure, retry: ({ failures }) => failures < 3 && 1_000 }).close();
// @ts-expect-error -- heartbeat needs watchdog
bare.subscribe('/events', { heartbeat: 5_000 });
// @ts-expect-error -- body needs bodies
bare.subscribe('/events', { method: 'POST', body: { room: 7 } });
// @ts-expect-error -- onUploadProgress, too
bare.subscribe('/events', { onUploadProgress: () => undefined });
// @ts-expect-error -- onResync needs gaps
bare.subscribe('/events', { onResync: () => undefined });
// @ts-expect-error -- a word needs conventions
bare.subscribe('/events', { cursor: 'mercure' });
composeClient({ transports, formats, parts: [bodies] })
  .subscribe('/events', { body: { room: 7 } })
  .close();
const sharer = composeClient({ transports, formats, parts: [sharing, exchange] });
sharer.subscribe('/events', { share: 'page' }).close();
// @ts-expect-error -- among tabs it needs tabs, too
sharer.subscribe('/events', { share: 'tabs' });
// @ts-expect-error -- a request is shared by nobody
void sharer.request('/answer', { share: 'page' });
// @ts-expect-error -- request needs exchange
void bare.request;
// @ts-expect-error -- settledState needs the part of that name
void bare.subscribe('/events').settledState;

export async function looped(): Promise<void> {
  // @ts-expect-error -- for await needs loops
  for await (const { data } of bare.subscribe('/events')) void data;
  const client = composeClient({ transports, formats, parts: [loops, exchange, watchdog, replays] });
  for await (const { data } of client.subscribe<{ price: number }>('/events', { heartbeat: 5_000 })) {
    if (data > 0) break;
  }
  for await (const { data } of client.request<string>('/answer')) void data.length;
  const { status } = await client.request('/answer');
  void status;
}

/** Counts requests. */
export function counter(counted: (count: number) => void): Part<'counter'> {
  return {
    name: 'counter',
    install() {
      let count = 0;
      return {
        session: () => ({
          turn: (next) => (transport, listener) =>
            next(transport, {
              ...listener,
              asked(request) {
                counted(++count);
                listener.asked(request);
              },
            }),
        }),
      };
    },
  };
}

const counting = composeClient({ transports, formats, parts: [counter((count) => void count), loops] });
// @ts-expect-error -- a part of one's own brings no option of another
counting.subscribe('/events', { heartbeat: 5_000 });

const every = composeClient({ transports, formats, parts: [...allParts, counter((count) => void count)] });
void every.subscribe('/events', { heartbeat: 5_000, share: 'page' }).trace;
