// What is no option is an error.

import { commandQueue, allParts, createClient, eventStream, fetchStream, request, subscribe } from 'encke';
import { probe } from 'encke/probe';
import { sijax } from 'encke/sijax';
import { memoryTransport } from 'encke/testing';

// @ts-expect-error -- onMessage
subscribe('/events', { onMesage: () => undefined });
// @ts-expect-error -- onMessage, beside handlers by name
subscribe('/events', { on: { price: (data) => data.value }, onMesage: () => undefined });
// @ts-expect-error -- heartbeat, with a map
subscribe<{ price: number }>('/events', { heartbeet: 5_000 });
// @ts-expect-error -- an option of subscribe
request('/answer', { retry: () => false });
// @ts-expect-error -- the same, with the type of the data
request<string>('/answer', { share: false });
// @ts-expect-error -- not a word of it
subscribe('/events', { share: 'everyone' });
// @ts-expect-error -- environment
createClient({ transports: [fetchStream], formats: [eventStream], enviroment: undefined });
// @ts-expect-error -- functions
commandQueue({ function: {} });
// @ts-expect-error -- params
sijax('/app', { parms: {} });
// @ts-expect-error -- duration
void probe('/events', { durations: 1 });
// @ts-expect-error -- rhythm
memoryTransport({ rythm: 'stream' });
