// Requests of every kind, and how the server must see each.

import type { Demand, TransportRequest } from '../../src/transports/transport.ts';
import type { ConnectionRecord } from '../server/server.ts';

export interface Cargo {
  readonly what: string;
  readonly demand: Partial<Demand>;
  request(): Partial<TransportRequest>;
  isCarried(seen: ConnectionRecord): boolean;
}

const POST = { method: 'POST' } as const;
const TEXT = 'grüße & <1> 😀';

export const CARGO: readonly Cargo[] = [
  {
    what: 'a header',
    demand: { headers: true },
    request: () => ({ headers: new Headers({ accept: '*/*', 'x-probe': 'one' }) }),
    isCarried: ({ method, headers }) => method === 'GET' && headers['x-probe'] === 'one',
  },
  {
    what: 'an empty POST',
    demand: POST,
    request: () => POST,
    isCarried: ({ method, body }) => method === 'POST' && body === '',
  },
  {
    what: 'a URL-encoded form',
    demand: { ...POST, body: 'form' },
    request: () => ({ ...POST, body: new URLSearchParams({ submit: TEXT, action: '' }) }),
    isCarried: ({ method, headers, body }) =>
      method === 'POST' &&
      isType(headers, 'application/x-www-form-urlencoded') &&
      body === new URLSearchParams({ submit: TEXT, action: '' }).toString(),
  },
  {
    what: 'a form of texts',
    demand: { ...POST, body: 'form' },
    request: () => ({ ...POST, body: form({ remove: TEXT }) }),
    isCarried: ({ body }) =>
      body.includes('remove') && (body.includes(TEXT) || body.includes(encodeURIComponent('grüße'))),
  },
  {
    what: 'a form with a file',
    demand: { ...POST, body: 'form' },
    request: () => ({
      ...POST,
      body: form({ kind: 'a', file: new File([TEXT], 'name.txt', { type: 'text/plain' }) }),
    }),
    isCarried: ({ headers, body }) =>
      isType(headers, 'multipart/form-data') && body.includes('filename="name.txt"') && body.includes(TEXT),
  },
  {
    what: 'text',
    demand: { ...POST, body: 'any' },
    request: () => ({ ...POST, body: TEXT }),
    isCarried: ({ body }) => body === TEXT,
  },
  {
    what: 'a PUT of bytes',
    demand: { method: 'PUT', body: 'any' },
    request: () => ({ method: 'PUT', body: new TextEncoder().encode(TEXT) }),
    isCarried: ({ method, body }) => method === 'PUT' && body === TEXT,
  },
];

function form(fields: Record<string, string | File>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return data;
}

function isType(headers: ConnectionRecord['headers'], type: string): boolean {
  return headers['content-type']?.startsWith(type) ?? false;
}
