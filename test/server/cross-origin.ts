// Cross-origin permission: everything is allowed to everybody, except where the query says `cors=off`.

import type { IncomingMessage, ServerResponse } from 'node:http';

const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE, QUERY';
const EXPOSED = 'ETag, Retry-After, Last-Event-ID, Location';

/** Sets the headers; true when the request was a preflight, which is answered here. */
export function allowCrossOrigin(request: IncomingMessage, response: ServerResponse): boolean {
  if (!/[?&]cors=off(&|$)/.test(request.url ?? '')) permit(request, response);
  if (request.method !== 'OPTIONS') return false;
  response.writeHead(204).end();
  return true;
}

function permit({ headers }: IncomingMessage, response: ServerResponse): void {
  // A wildcard is void for requests with credentials, so the origin is named.
  response.setHeader('Access-Control-Allow-Origin', headers.origin ?? '*');
  response.setHeader('Access-Control-Allow-Credentials', 'true');
  response.setHeader('Access-Control-Expose-Headers', EXPOSED);
  response.setHeader('Vary', 'Origin');
  const asked = headers['access-control-request-headers'];
  if (asked !== undefined) response.setHeader('Access-Control-Allow-Headers', asked);
  if (headers['access-control-request-method'] === undefined) return;
  response.setHeader('Access-Control-Allow-Methods', METHODS);
  response.setHeader('Access-Control-Max-Age', '0'); // each preflight is to be seen
}
