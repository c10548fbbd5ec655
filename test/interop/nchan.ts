// Nchan as docs/backends/nchan sets it up.

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
      const response = await fetch(`${origin}/publish/${channel}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Accept: 'application/json', ...headers },
        body: JSON.stringify(data),
      });
      if (!response.ok) throw new Error(`Publishing was answered ${response.status}.`);
      const { last_message_id: id } = (await response.json()) as { last_message_id: string };
      return id;
    },
    async remove(channel) {
      await fetch(`${origin}/publish/${channel}`, { method: 'DELETE' });
    },
  };
}
