// Nchan as docs/backends/nchan sets it up: alone, and two with Redis behind and a balancer in front of them.

import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Changes } from './documented.ts';
import { startNginx, type Nginx } from './nginx.ts';
import { freePort } from './service.ts';

export interface Nchan {
  /** Where pages subscribe. */
  readonly origin: string;
  /** The address of a channel. */
  url(channel: string, query?: string): string;
  /** Publishes JSON, and gives the id of the message. */
  publish(channel: string, data: unknown, headers?: Record<string, string>): Promise<string>;
  /** How many listen to a channel. */
  listeners(channel: string): Promise<number>;
  /** Ends the channel for everyone who listens, and drops its messages. */
  remove(channel: string): Promise<void>;
  /** Has nginx read its configuration again: other workers take over. */
  reload(): Promise<void>;
  /** Ends it, however often it is called. */
  stop(): Promise<void>;
  /** Starts it again, on the same ports. */
  start(): Promise<void>;
}

/** One for itself. */
export function startNchan(path: string, changes: Changes = {}): Promise<Nchan> {
  return startAny(path, 'nginx.conf', ['listen 8080', 'listen 127.0.0.1:8090'], changes);
}

/** One of several on one Redis. */
export function startNode(path: string, redisPort: number, changes: Changes = {}): Promise<Nchan> {
  const redis = { 'redis://127.0.0.1:6379': `redis://127.0.0.1:${redisPort}` };
  return startAny(path, 'node.conf', ['listen 8081', 'listen 8091'], { ...redis, ...changes });
}

export interface Balancer {
  readonly origin: string;
  stop(): Promise<void>;
}

export async function startBalancer(
  path: string,
  nodes: readonly [Nchan, Nchan],
  changes: Changes = {},
): Promise<Balancer> {
  const port = await freePort();
  const [first, second] = nodes.map(({ origin }) => `server ${new URL(origin).host}`);
  const { stop } = await startNginx({
    path,
    file: 'backends/nchan/balancer.conf',
    changes: {
      'listen 8080': `listen 127.0.0.1:${port}`,
      // A test has no five seconds.
      'fail_timeout=5s': 'fail_timeout=1s',
      'server 127.0.0.1:8081': String(first),
      'server 127.0.0.1:8082': String(second),
      ...changes,
    },
    ports: [port],
  });
  return { origin: `http://127.0.0.1:${port}`, stop };
}

async function startAny(
  path: string,
  file: string,
  [pages, programs]: readonly [string, string],
  changes: Changes,
): Promise<Nchan> {
  const ports = [await freePort(), await freePort()];
  const [origin, publishing] = ports.map((port) => `http://127.0.0.1:${port}`);
  const listen = ports.map((port) => `listen 127.0.0.1:${port}`);
  let nginx: Nginx | undefined;
  await start();

  return {
    origin: String(origin),
    url: (channel, query = '') => `${origin}/events/${channel}${query}`,
    async publish(channel, data, headers = {}) {
      const sent = { ...ASKED, 'Content-Type': 'application/json', ...headers };
      const { status, answer } = await exchange(channel, 'POST', sent, JSON.stringify(data));
      if (status > 299) throw new Error(`Publishing was answered ${status}.`);
      return (JSON.parse(answer) as { last_message_id: string }).last_message_id;
    },
    async listeners(channel) {
      const { answer } = await exchange(channel, 'GET', ASKED);
      return (JSON.parse(answer) as { subscribers: number }).subscribers;
    },
    async remove(channel) {
      await exchange(channel, 'DELETE', ASKED);
    },
    async reload() {
      await nginx?.reload();
    },
    async stop() {
      await nginx?.stop();
      nginx = undefined;
    },
    start,
  };

  async function start(): Promise<void> {
    const own = { [pages]: String(listen[0]), [programs]: String(listen[1]) };
    nginx = await startNginx({
      path,
      file: `backends/nchan/${file}`,
      changes: { ...own, ...changes },
      ports,
    });
  }

  /** Over a connection of its own: one that is kept would be closed by a reload, just when it is used. */
  async function exchange(
    channel: string,
    method: string,
    headers: Record<string, string>,
    body = '',
  ): Promise<{ status: number; answer: string }> {
    const url = `${publishing}/publish/${channel}`;
    const asked = request(url, { method, headers, agent: false }).end(body);
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    return { status: response.statusCode ?? 0, answer: await text(response) };
  }
}

const ASKED = { Accept: 'application/json' };
