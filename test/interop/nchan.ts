// Nchan as docs/backends/nchan sets it up.

import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { startNginx, type Nginx } from './nginx.ts';
import { freePort } from './service.ts';

export interface Nchan {
  readonly origin: string;
  /** Where a channel is subscribed to. */
  url(channel: string, query?: string): string;
  /** Publishes JSON, and gives the id of the message. */
  publish(channel: string, data: unknown, headers?: Record<string, string>): Promise<string>;
  /** Ends the channel for everyone who listens, and drops its messages. */
  remove(channel: string): Promise<void>;
}

/** An Nchan that was started here. */
export type OwnNchan = Nchan & Nginx;

/** nginx.conf: one process of its own. */
export async function startNchan(path: string, changes: Record<string, string> = {}): Promise<OwnNchan> {
  const port = await freePort();
  const file = 'backends/nchan/nginx.conf';
  const nginx = await startNginx({
    path,
    file,
    changes: { 'listen 8080': listen(port), ...changes },
    ports: [port],
  });
  return { ...nginx, ...nchanAt(port) };
}

export function listen(port: number): string {
  return `listen 127.0.0.1:${port}`;
}

/** What can be asked of whatever stands on this port: Nchan, or a balancer in front of it. */
export function nchanAt(port: number): Nchan {
  const origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    url: (channel, query = '') => `${origin}/events/${channel}${query}`,
    async publish(channel, data, headers = {}) {
      const sent = { 'Content-Type': 'application/json', Accept: 'application/json', ...headers };
      const url = `${origin}/publish/${channel}`;
      const { status, answer } = await exchange(url, 'POST', sent, JSON.stringify(data));
      if (status > 299) throw new Error(`Publishing was answered ${status}.`);
      return (JSON.parse(answer) as { last_message_id: string }).last_message_id;
    },
    async remove(channel) {
      await exchange(`${origin}/publish/${channel}`, 'DELETE');
    },
  };
}

/** Over a connection of its own: one that is kept would be closed by a reload, just when it is used. */
async function exchange(
  url: string,
  method: string,
  headers: Record<string, string> = {},
  body = '',
): Promise<{ status: number; answer: string }> {
  const asked = request(url, { method, headers, agent: false }).end(body);
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  return { status: response.statusCode ?? 0, answer: await text(response) };
}
