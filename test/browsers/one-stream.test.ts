// Servers that allow one stream per session, and have nothing to say for long: what a second question costs there.

import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { borrow, findBrowsers, type Engine, type Found } from './drivers.ts';
import { skipIfMissing } from './missing.ts';
import { EVENT_STREAM, startOwn, type OwnServer } from './own-server.ts';
import type { Told } from './page/subscribers.ts';

/** What it does where it is asked a second time while its stream is open. */
type Kind = 'refuses' | 'ends the session' | 'replaces the stream';

const KINDS: readonly Kind[] = ['refuses', 'ends the session', 'replaces the stream'];

/** Milliseconds for which a stream brings nothing; then it brings a message. */
const QUIET = 11_500;

const NEWS = ['message|news|'];

/** What a client says that wants an event stream and nothing else. */
const ACCEPT = { headers: { accept: 'text/event-stream' } };

interface Session {
  readonly server: OwnServer;
  /** The transport by which each request named itself; `stream` where it named none. */
  readonly asked: string[];
}

/** By the name of a subscription. Each has an origin of its own: what is learned of one shall not count for another. */
interface Course {
  readonly asked: Readonly<Record<string, readonly string[]>>;
  readonly told: Readonly<Record<string, Told>>;
}

const courses = new Map<Engine, Course>();

// All engines at once: most of the time they wait.
beforeAll(async () => {
  const present = findBrowsers().filter((found) => !('missing' in found));
  await Promise.all(present.map(async (found) => courses.set(found.name, await follow(found))));
});

for (const found of findBrowsers()) describe(found.name, () => sessionsIn(found));

function sessionsIn(found: Found): void {
  beforeEach((context) => skipIfMissing(found, context));

  it.each(KINDS)('a server that %s is asked once a stream, where the caller says what to answer', (kind) => {
    const { asked, told } = courseOf(found, `${kind}, accept`);
    expect(asked).toEqual(kind === 'refuses' ? ['stream', 'stream'] : ['stream']);
    expect(told).toMatchObject({ messages: NEWS, errors: [], transports: ['fetch-stream'] });
    expect(told.states.at(-1)).toBe('open');
  });

  it.each(KINDS)('a server that %s is asked a second time once, and never again', (kind) => {
    const { asked, told } = courseOf(found, kind);
    expect(asked).toEqual(['stream', 'long-poll', 'stream']);
    if (kind === 'ends the session') {
      // What `accept` is for.
      expect(told).toMatchObject({ messages: [], errors: ['status'], closed: 'fatal' });
    } else {
      expect(told).toMatchObject({ messages: NEWS, errors: [], transports: ['fetch-stream'] });
      expect(told.states.at(-1)).toBe('open');
    }
  });
}

function courseOf({ name }: Found, subscription: string): { asked: readonly string[]; told: Told } {
  const { asked, told } = courses.get(name) ?? { asked: {}, told: {} };
  const [questions, words] = [asked[subscription], told[subscription]];
  if (!questions || !words) throw new Error('The browser did not start.');
  return { asked: questions, told: words };
}

/** Subscribes to all of them, and gives what has come of it in the end. */
async function follow(found: Found): Promise<Course> {
  const host = await startOwn((_, response) => response.writeHead(404).end(), 'subscribers');
  const browser = await borrow(found);
  const page = await browser.newPage(host.page);
  const sessions: Record<string, Session> = {};
  for (const kind of KINDS) {
    for (const [name, options] of [
      [kind, {}],
      [`${kind}, accept`, ACCEPT],
    ] as const) {
      const session = (sessions[name] = await startSession(kind));
      await page.run('subscribers.follow', name, `${session.server.url}/mcp`, { ...options, retryDelay: 50 });
    }
  }
  await pause(2 * QUIET + 3_000);
  const told = await page.run<Record<string, Told>>('subscribers.toldAll');
  await browser.close();
  host.close();
  for (const { server } of Object.values(sessions)) server.close();
  const asked = Object.fromEntries(Object.entries(sessions).map(([name, session]) => [name, session.asked]));
  return { asked, told };
}

async function startSession(kind: Kind): Promise<Session> {
  const asked: string[] = [];
  const open = new Set<ServerResponse>();
  let isOver = false;
  const server = await startOwn((_, response, { searchParams }) => {
    asked.push(searchParams.get('transport') ?? 'stream');
    response.setHeader('access-control-allow-origin', '*');
    if (isOver) return void response.writeHead(404).end();
    const isSecond = open.size > 0;
    if (kind !== 'refuses') for (const other of open) other.end();
    isOver = isSecond && kind === 'ends the session';
    if (isSecond && kind !== 'replaces the stream') return void response.writeHead(409).end();
    begin(response);
  });
  return { server, asked };

  function begin(response: ServerResponse): void {
    const isFirst = asked.length === 1;
    open.add(response);
    response.on('close', () => open.delete(response));
    response.writeHead(200, EVENT_STREAM).flushHeaders();
    setTimeout(() => {
      // What has refused a second question is to be met again by a connection that knows nothing of the way.
      if (kind === 'refuses' && isFirst) response.end();
      else if (!response.writableEnded) response.write('data: news\n\n');
    }, QUIET);
  }
}
