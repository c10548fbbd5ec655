// The quiz of docs/backends/orbited, run by the command that its document names, and people who play it.

import { fileURLToPath } from 'node:url';
import { environment, type Python } from './python.ts';
import { freePort, startService, type Service } from './service.ts';

export interface Quiz {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  stop(): Promise<void>;
}

/** What start.py is called with, beside its port. */
export type QuizOptions = readonly string[];

const START = fileURLToPath(new URL('../../docs/backends/orbited/start.py', import.meta.url));

export async function startQuiz(python: Python, options: QuizOptions): Promise<Quiz> {
  const interpreter = await environment(python, 'quiz');
  const port = await freePort();
  const service: Service = await startService({
    path: interpreter,
    values: () => [START, '--port', String(port), ...options],
    ports: [port],
    says: 'The quiz is at',
    patience: 60_000,
  });
  return { origin: `http://127.0.0.1:${port}`, stop: service.stop };
}

/** Somebody who plays without a page. */
export interface Player {
  /** Answers with the status, and with what is wrong. */
  post(path: string, body?: unknown): Promise<{ status: number; error?: string }>;
  /** What the page of a game would show at first. */
  state(game: number): Promise<unknown>;
}

/** @param name - `ada` or `ben`, whose passwords are their names */
export async function signIn(origin: string, name: string): Promise<Player> {
  const cookies = new Map<string, string>();
  const ask = async (path: string, body?: string | URLSearchParams): Promise<Response> => {
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
    const headers = {
      cookie,
      'x-csrftoken': cookies.get('csrftoken') ?? '',
      ...(typeof body === 'string' && { 'content-type': 'application/json' }),
    };
    const post = body === undefined ? {} : { method: 'POST', body };
    const response = await fetch(origin + path, { redirect: 'manual', headers, ...post });
    for (const line of response.headers.getSetCookie()) {
      const [key = '', value = ''] = (line.split(';')[0] ?? '').split('=');
      cookies.set(key, value);
    }
    return response;
  };
  await ask('/login');
  const { status } = await ask('/login', new URLSearchParams({ username: name, password: name }));
  if (status !== 302) throw new Error(`Signing in was answered ${status}.`);

  return {
    async post(path, body = {}) {
      const response = await ask(path, JSON.stringify(body));
      const answer = response.ok ? ((await response.json()) as { error?: string }) : {};
      return { status: response.status, ...answer };
    },
    async state(game) {
      const response = await ask(`/games/${game}/state`);
      return (await response.json()) as unknown;
    },
  };
}
