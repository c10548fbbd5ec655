// The script that installs it as the page's EventSource, or a worker's.

import { EventSource } from './event-source.ts';

Object.defineProperty(globalThis, 'EventSource', { value: EventSource, configurable: true, writable: true });
