// The adversary, seen by a client without manners.

import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { adversaryForTest } from './adversary-for-test.ts';
import {
  blackHole,
  cuts,
  gather,
  hold,
  killAfter,
  killIdle,
  oneBehind,
  pass,
  throttle,
  type Adversary,
  type Cut,
  type Misbehaviour,
} from './adversary.ts';
import { rawGet, rawRequest, unchunked, type RawAnswer } from './raw-client.ts';
import { startServer, type ReferenceServer, type Step } from './server.ts';

let server: ReferenceServer;

beforeEach(async () => {
  server = await startServer();
});

afterEach(() => server.close());

const HANG: Step = { hang: true };

/** An answer under way: what has come so far, and how it ended. */
interface Watched {
  readonly text: string;
  readonly answer: Promise<RawAnswer>;
}

function watch(adversary: Adversary, path: string): Watched {
  let text = '';
  const onPiece = (piece: string): void => void (text += piece);
  const answer = rawRequest(adversary.url + path, { onPiece });
  return {
    get text() {
      return text;
    },
    answer,
  };
}

/** An adversary in front of a script: one connection's steps, the same for all. */
async function scripted(steps: Step[], misbehaviour?: Misbehaviour): Promise<Adversary> {
  server.script('s', [steps]);
  return adversaryForTest({ target: server.url, ...(misbehaviour && { misbehaviour }) });
}

function numbered(misbehaviour: Misbehaviour): Promise<Adversary> {
  return adversaryForTest({ target: server.url, misbehaviour });
}

describe('a connection', () => {
  it('passes request and answer as they are, and says that it carries one exchange', async () => {
    const adversary = await numbered(pass);
    const request = { body: 'grüße', headers: { Connection: 'keep-alive', 'X-Probe': 'one' } };
    const answer = await rawRequest(`${adversary.url}/echo?key=e`, request);
    expect(answer.head).toMatch(/^HTTP\/1\.1 200 /);
    expect(unchunked(answer) || answer.body).toContain('grüße');
    expect(answer.ending).toBe('fin');
    const report = (await (await fetch(`${server.url}/requests?key=e`)).json()) as { records: unknown[] };
    expect(report.records).toMatchObject([
      { body: 'grüße', headers: { connection: 'close', 'x-probe': 'one' } },
    ]);
  });

  it('is closed at the target when the client goes', async () => {
    const adversary = await scripted([{ send: 'a' }, HANG]);
    const client = connect(Number(new URL(adversary.url).port), '127.0.0.1');
    client.write('GET /scripted/s HTTP/1.1\r\nHost: h\r\n\r\n');
    await vi.waitFor(() => expect(server.live).toBe(1));
    client.destroy();
    await vi.waitFor(() => expect(server.log('s')).toMatchObject([{ closedByClient: true }]));
  });

  it('hands on how the target broke off', async () => {
    const reset = await scripted([{ send: 'a' }, { cut: 'reset' }]);
    expect((await rawGet(`${reset.url}/scripted/s`)).ending).toBe('reset');
    const fin = await scripted([{ send: 'a' }, { cut: 'fin' }]);
    expect((await rawGet(`${fin.url}/scripted/s`)).ending).toBe('fin');
  });

  it('is counted, now, at most at once, and altogether, by its request line', async () => {
    const adversary = await scripted([{ send: 'a' }, HANG]);
    const idle = connect(Number(new URL(adversary.url).port), '127.0.0.1');
    const two = [watch(adversary, '/scripted/s?one'), watch(adversary, '/scripted/s?two')];
    await vi.waitFor(() => expect(two.every(({ text }) => text !== '')).toBe(true));
    await rawGet(`${adversary.url}/numbered?count=1`);
    expect(adversary.count('/scripted/s')).toEqual({ open: 2, most: 2, total: 2 });
    expect(adversary.cut('fin', '?two')).toBe(1);
    await two[1]?.answer;
    await vi.waitFor(() => expect(adversary.count('/scripted/s')).toEqual({ open: 1, most: 2, total: 2 }));
    await vi.waitFor(() => expect(adversary.count()).toEqual({ open: 2, most: 4, total: 4 }));
    idle.destroy();
  });
});

describe('holding', () => {
  it('keeps the body until the end, but not the head', async () => {
    const adversary = await scripted([{ send: 'all of it' }, HANG], hold());
    const watched = watch(adversary, '/scripted/s');
    await vi.waitFor(() => expect(watched.text).toMatch(/\r\n\r\n$/));
    expect(watched.text).not.toContain('all of it');
  });

  it('keeps the head as well where told, and lets all go at the end', async () => {
    const adversary = await scripted([{ send: 'one' }, { wait: 50 }, { send: 'two' }], hold('head'));
    const pieces: string[] = [];
    const answer = await rawRequest(`${adversary.url}/scripted/s`, {
      onPiece: (piece) => pieces.push(piece),
    });
    expect(unchunked(answer)).toBe('onetwo');
    expect(pieces).toEqual([answer.text]);
  });

  it('lets everything go when the trouble is over', async () => {
    const adversary = await scripted([{ send: 'all of it' }, HANG], hold('head'));
    const watched = watch(adversary, '/scripted/s');
    await vi.waitFor(() => expect(server.live).toBe(1));
    adversary.set(pass);
    await vi.waitFor(() => expect(watched.text).toContain('all of it'));
  });

  it('keeps each message back until the next one comes', async () => {
    const adversary = await scripted([{ send: 'one' }, { wait: 50 }, { send: 'two' }, HANG], oneBehind);
    const watched = watch(adversary, '/scripted/s');
    await vi.waitFor(() => expect(watched.text).toContain('one'));
    expect(watched.text).not.toContain('two');
  });

  it('keeps no message back for the end', async () => {
    const adversary = await numbered(oneBehind);
    const answer = await rawGet(`${adversary.url}/numbered?count=3&batch=1`);
    expect(unchunked(answer)).toContain('message 3 of 3');
  });

  it('gathers blocks, and the rest at the end', async () => {
    const adversary = await scripted(
      [{ send: 'x'.repeat(5000) }, { wait: 50 }, { send: 'rest' }],
      gather(4096),
    );
    const watched = watch(adversary, '/scripted/s');
    await vi.waitFor(() => expect(watched.text).toHaveLength(4096));
    expect(unchunked(await watched.answer)).toBe(`${'x'.repeat(5000)}rest`);
  });
});

describe('killing', () => {
  it.each(['fin', 'reset'] as const)('ends a stream some time after it opened, by %s', async (by) => {
    const adversary = await scripted([{ send: 'a' }, HANG], killAfter(60, by));
    const began = performance.now();
    const { ending, body } = await rawGet(`${adversary.url}/scripted/s`);
    expect(performance.now() - began).toBeGreaterThan(55);
    expect({ ending, body }).toEqual({ ending: by, body: '1\r\na\r\n' });
    await vi.waitFor(() => expect(server.log('s')).toMatchObject([{ closedByClient: true }]));
  });

  it('ends what is idle, and no sooner', async () => {
    const steady: Step[] = Array.from({ length: 8 }, () => [{ send: 'x' }, { wait: 30 }]).flat();
    const adversary = await scripted([...steady, HANG], killIdle(150));
    const answer = await rawGet(`${adversary.url}/scripted/s`);
    expect(unchunked(answer)).toBe('xxxxxxxx');
  });
});

describe('a black hole', () => {
  it('swallows what comes after so many bytes, the end too, and leaves the socket open', async () => {
    const adversary = await numbered(blackHole(300));
    const watched = watch(adversary, '/numbered?count=100');
    await vi.waitFor(() => expect(watched.text).toHaveLength(300));
    await vi.waitFor(() => expect(server.live).toBe(0));
    expect(adversary.count('/numbered').open).toBe(1);
  });

  it('opens under a running stream, and hides its end', async () => {
    const adversary = await scripted([{ send: 'a' }, HANG]);
    const watched = watch(adversary, '/scripted/s');
    await vi.waitFor(() => expect(watched.text).toMatch(/a\r\n$/));
    adversary.set(blackHole());
    await server.close();
    expect(adversary.count('/scripted/s').open).toBe(1);
  });
});

describe('a throttle', () => {
  it('keeps to its rate and loses nothing', async () => {
    const adversary = await numbered(throttle(20_000));
    const began = performance.now();
    const answer = await rawGet(`${adversary.url}/numbered?count=100`);
    expect(performance.now() - began).toBeGreaterThan((answer.text.length / 20_000) * 1000 - 25);
    expect(unchunked(answer)).toContain('message 100 of 100');
  });
});

describe('seeded cuts', () => {
  const plan = { seed: 7, kills: 5, within: 4_000 };

  /** Asks again and again until all are made, and once more. Gives what was made. */
  async function play(by?: 'fin'): Promise<readonly Cut[]> {
    const misbehaviour = cuts({ ...plan, ...(by && { by }) });
    const adversary = await numbered(misbehaviour);
    const lengths: number[] = [];
    while (misbehaviour.made.length < plan.kills) {
      lengths.push((await rawGet(`${adversary.url}/numbered?count=1000`)).text.length);
    }
    expect(lengths).toEqual(misbehaviour.made.map(({ after }) => after));
    const { body, ending } = await rawGet(`${adversary.url}/numbered?count=1000`);
    expect({ ending, whole: body.endsWith('\r\n0\r\n\r\n') }).toEqual({ ending: 'fin', whole: true });
    return misbehaviour.made;
  }

  it('are as many as asked for, the same for the same seed', async () => {
    const made = await play();
    expect(made).toHaveLength(plan.kills);
    expect(await play()).toEqual(made);
    expect(new Set(made.map(({ by }) => by))).toEqual(new Set(['fin', 'reset']));
  });

  it('end by FIN alone where told', async () => {
    expect(new Set((await play('fin')).map(({ by }) => by))).toEqual(new Set(['fin']));
  });

  it('fall between two chunks where told', async () => {
    const misbehaviour = cuts({ ...plan, betweenChunks: 1, by: 'fin' });
    const adversary = await numbered(misbehaviour);
    for (let connection = 0; connection < plan.kills; connection++) {
      const { body, chunks } = await rawGet(`${adversary.url}/numbered?count=1000&cut=37`);
      const framed = chunks.map((size) => size + `${size.toString(16)}\r\n\r\n`.length);
      expect(framed.reduce((sum, length) => sum + length, 0)).toBe(body.length);
    }
    expect(misbehaviour.made).toHaveLength(plan.kills);
  });

  it('lie one in each part of the whole', async () => {
    let sum = 0;
    for (const [index, { after }] of (await play()).entries()) {
      sum += after;
      expect(Math.floor((sum / plan.within) * plan.kills)).toBe(index);
    }
  });
});

describe('the link', () => {
  it('is treated by what is asked for', async () => {
    const adversary = await numbered(pass);
    adversary.choose(({ path, nth }) => (path === '/numbered' && nth === 0 ? blackHole() : pass));
    const first = watch(adversary, '/numbered?count=1');
    await rawGet(`${adversary.url}/numbered?count=1`);
    expect(first.text).toBe('');
  });

  it('goes down with all it carries, refuses, and comes up on the same port', async () => {
    const adversary = await scripted([{ send: 'a' }, HANG]);
    const watched = watch(adversary, '/scripted/s');
    await vi.waitFor(() => expect(watched.text).toMatch(/a\r\n$/));
    await adversary.goDown();
    await watched.answer;
    await expect(fetch(`${adversary.url}/numbered`)).rejects.toMatchObject({
      cause: { code: 'ECONNREFUSED' },
    });
    await adversary.comeUp();
    expect((await fetch(`${adversary.url}/numbered?count=1`)).status).toBe(200);
  });

  it('cuts a client whose server is not there', async () => {
    const adversary = await numbered(pass);
    await server.close();
    expect((await rawGet(`${adversary.url}/numbered`)).text).toBe('');
  });
});
