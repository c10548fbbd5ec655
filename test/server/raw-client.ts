// A client without manners for the server's own tests: sees the bytes, the chunk framing and how the socket ended.

import { connect } from 'node:net';

export interface RawAnswer {
  /** Everything received, as Latin-1, so that one character is one byte. */
  readonly text: string;
  /** Head and body of it; the body still in its chunked coding. */
  readonly head: string;
  readonly body: string;
  /** Sizes of the chunks of a chunked body that arrived whole. */
  readonly chunks: readonly number[];
  readonly ending: 'fin' | 'reset';
}

export interface RawRequest {
  readonly headers?: Readonly<Record<string, string>>;
  /** With one it is a POST. */
  readonly body?: string;
  /** Called with every piece as it comes. */
  readonly onPiece?: (piece: string) => void;
}

/** Sends one GET and collects until the server ends the connection. */
export function rawGet(url: string, headers: Record<string, string> = {}): Promise<RawAnswer> {
  return rawRequest(url, { headers });
}

/** Sends one request and collects until the server ends the connection. */
export function rawRequest(url: string, request: RawRequest): Promise<RawAnswer> {
  const { body, headers, onPiece } = request;
  const method = body === undefined ? 'GET' : 'POST';
  const { hostname, port, pathname, search } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let text = '';
    let ending: 'fin' | 'reset' = 'fin';
    socket.setEncoding('latin1');
    socket.on('data', (piece: string) => {
      text += piece;
      onPiece?.(piece);
    });
    socket.on('error', () => (ending = 'reset'));
    socket.on('close', () => resolve({ text, ...parts(text), ending }));
    const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
    const lines = Object.entries({ Host: `${hostname}:${port}`, Connection: 'close', ...length, ...headers });
    const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    socket.write(`${method} ${pathname}${search} HTTP/1.1\r\n${head}\r\n${body ?? ''}`);
  });
}

/** The body of a chunked answer without its framing, as text. */
export function unchunked({ body, chunks }: RawAnswer): string {
  let position = 0;
  let bytes = '';
  for (const size of chunks) {
    position = body.indexOf('\r\n', position) + 2;
    bytes += body.slice(position, position + size);
    position += size + 2;
  }
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

function parts(text: string): { head: string; body: string; chunks: number[] } {
  const border = text.indexOf('\r\n\r\n');
  const body = border < 0 ? '' : text.slice(border + 4);
  return { head: border < 0 ? text : text.slice(0, border), body, chunks: chunkSizes(body) };
}

function chunkSizes(body: string): number[] {
  const sizes: number[] = [];
  let position = 0;
  for (;;) {
    const lineEnd = body.indexOf('\r\n', position);
    const size = lineEnd < 0 ? 0 : Number.parseInt(body.slice(position, lineEnd), 16);
    position = lineEnd + 2 + size + 2;
    if (!(size > 0) || position > body.length) return sizes;
    sizes.push(size);
  }
}
