import { composeClient, eventStream, fetchStream, nativeSanitizer, subscribe } from 'encke';
import { defineEnckeStream, type EnckeStreamOptions } from 'encke/element';
import { subscribe as light } from 'encke/light';

const small = composeClient({ transports: [fetchStream], formats: [eventStream] });

defineEnckeStream({ subscribe });
defineEnckeStream({ subscribe: light });

const options: EnckeStreamOptions = {
  subscribe: small.subscribe,
  transports: [fetchStream],
  sanitizers: { native: nativeSanitizer, upper: (html) => html.toUpperCase() },
  functions: { show: (text: string) => text },
  origins: ['https://hub.example'],
};
defineEnckeStream(options);

const element = document.querySelector('encke-stream');
const state: string | undefined = element?.connection?.state;
element?.connection?.reconnect();
document.createElement('encke-stream').setAttribute('src', state ?? '/updates');

// @ts-expect-error -- it is an event of the element
defineEnckeStream({ subscribe, onError: () => undefined });
