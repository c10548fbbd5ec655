// Small endpoints that answer as servers do when something is not a stream: statuses, pages, redirects, echoes.

import type { Endpoint, ReceivedRequest } from './exchange.ts';
import type { Wire } from './wire.ts';

/** GET /status/404: that status, with a short body that names it. `retryAfter=SECONDS` adds the header. */
export const status: Endpoint = ({ request, wire }) => {
  const code = Number(request.url.pathname.split('/')[2]);
  answerStatus(wire, code >= 200 && code <= 599 ? code : 404, request);
};

/** GET /html: a page where a stream was expected. */
export const html: Endpoint = ({ wire }) => {
  const page =
    '<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Sign in</h1></body></html>\n';
  answer(wire, 200, 'text/html; charset=utf-8', page);
};

/** GET /redirect?to=URL: 302 there, or the status in `code`. */
export const redirect: Endpoint = ({ request, wire }) => {
  const { searchParams } = request.url;
  wire.head(Number(searchParams.get('code') ?? 302), { Location: searchParams.get('to') ?? '/html' });
  wire.end();
};

/** /echo: the request as JSON. */
export const echo: Endpoint = ({ request, wire }) => {
  const { method, url, headers, body } = request;
  answer(
    wire,
    200,
    'application/json',
    JSON.stringify({ method, url: url.pathname + url.search, headers, body }),
  );
};

/** Answers with a status that carries no messages. */
export function answerStatus(wire: Wire, code: number, request: ReceivedRequest): void {
  const seconds = request.url.searchParams.get('retryAfter');
  const headers = seconds === null ? {} : { 'Retry-After': seconds };
  if (code === 204 || code === 205 || code === 304) {
    wire.head(code, headers);
    return wire.end();
  }
  answer(
    wire,
    code,
    'text/plain; charset=utf-8',
    `The reference server answers ${code} as asked.\n`,
    headers,
  );
}

export function answer(
  wire: Wire,
  code: number,
  contentType: string,
  body: string,
  headers: Record<string, string> = {},
): void {
  wire.head(code, { 'Content-Type': contentType, 'Cache-Control': 'no-store', ...headers });
  void wire.write(body);
  wire.end();
}
