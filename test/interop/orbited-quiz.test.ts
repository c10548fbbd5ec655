// The quiz of docs/backends/orbited in real browsers: over Orbited with either broker, and over a stream of Django's.

import { afterAll, beforeAll, beforeEach, describe, expect, it, vi, type TestContext } from 'vitest';
import { findBrowsers, borrow, type Browser, type Engine, type Page } from '../browsers/drivers.ts';
import { skipIfMissing } from '../browsers/missing.ts';
import { startAdversary } from '../server/adversary.ts';
import { pythonOrSkip } from './missing.ts';
import { signIn, startQuiz, type Player, type Quiz } from './orbited-quiz.ts';
import { startFront, type Front } from './orbited-front.ts';
import { findOrbited, orbitedOrSkip, startOrbited } from './orbited.ts';
import { findPython } from './python.ts';
import { findRabbit, startRabbit, type Rabbit } from './rabbitmq.ts';
import { findProgram, programOrSkip, type FoundProgram } from './service.ts';
import { connectSender } from './stomp-sender.ts';

const django = findPython('Python 3.11 or later');
const rabbitmq = findRabbit();
const nginx = findProgram('nginx', 'apt-get install nginx');

/** What its news go through, the quickest to start first, and how its destinations look. */
const WAYS = {
  Django: (kind: string) => new RegExp(`^/games/\\d+/${kind}$`),
  'Orbited and morbid': (kind: string) => new RegExp(`^/games/\\d+/${kind}$`),
  'Orbited and RabbitMQ': (kind: string) => new RegExp(`^/topic/games\\.\\d+\\.${kind}$`),
};
type Way = keyof typeof WAYS;

/** All that takes its time to start, started at once. */
let command: FoundProgram | undefined; // that starts Orbited
let rabbit: Promise<Rabbit> | undefined;
let slides: Promise<Slides> | undefined;
const quizzes = new Map<Way, Promise<Quiz>>();
const browsers = new Map<Engine, Promise<Browser>>();

beforeAll(async () => {
  for (const found of findBrowsers()) if (!('missing' in found)) browsers.set(found.name, borrow(found));
  if ('missing' in django) return;
  quizzes.set('Django', startQuiz(django, ['--today']));
  const found = (command = await findOrbited());
  if ('missing' in found || 'missing' in nginx) return;
  const orbited = ['--orbited', found.path, '--nginx', nginx.path];
  quizzes.set('Orbited and morbid', startQuiz(django, orbited));
  if ('missing' in rabbitmq) return;
  rabbit = startRabbit(rabbitmq.path);
  const overRabbit = rabbit.then(({ stompPort }) =>
    startQuiz(django, [...orbited, '--rabbitmq', '--stomp', `127.0.0.1:${stompPort}`]),
  );
  quizzes.set('Orbited and RabbitMQ', overRabbit);
  slides = rabbit.then(({ stompPort }) => startSlides(found.path, stompPort));
});
afterAll(async () => {
  const started = await Promise.allSettled([...browsers.values(), ...quizzes.values(), slides, rabbit]);
  for (const result of started) {
    if (result.status !== 'fulfilled' || !result.value) continue;
    await ('close' in result.value ? result.value.close() : result.value.stop());
  }
});

describe.each(Object.keys(WAYS) as Way[])('the quiz over %s', (way) => {
  beforeEach((context) => skipIfAnyMissing(way, context));

  it.concurrent.for(findBrowsers())(
    'is started by its author alone, and its pages in $name show what its messages say',
    async (found, context) => {
      skipIfMissing(found, context);
      const { origin } = await quizFor(way);
      const ben = await signIn(origin, 'ben');
      const { page, game } = await enter(found.name, origin, context);
      expect(await shown(page)).toMatchObject({ status: 'Waiting for players.', players: [], choices: [] });

      await ben.post(`/games/${game}/join`);
      await shows(page, { players: ['ben: 0'] });
      await page.run(press, 'Join');
      await shows(page, { players: ['ben: 0', 'ada: 0'] });
      expect(await ben.post(`/games/${game}/start`)).toEqual({ status: 403 });
      expect(await ben.state(game)).toMatchObject({ status: { state: 'waiting' } });

      await page.run(press, 'Start');
      await shows(page, {
        status: 'Which comet comes back most often?',
        choices: ['Halley', 'Encke', 'Hale-Bopp'],
      });
      expect(await ben.post(`/games/${game}/start`)).toEqual({ status: 403 });
      await page.run(press, 'Halley');
      await shows(page, { error: 'That is wrong.' });
      await page.run(press, 'Encke');
      await shows(page, {
        error: '',
        players: ['ada: 1', 'ben: 0'],
        choices: ['An htmlfile', 'An applet', 'A WebSocket'],
      });
      await ben.post(`/games/${game}/answer`, { number: 1, choice: 0 });
      await ben.post(`/games/${game}/answer`, { number: 2, choice: 2 });
      await shows(page, { players: ['ben: 2', 'ada: 1'], status: 'The game is over.', choices: [] });

      // Between two destinations, RabbitMQ promises no order.
      const dispatched = await seen(page);
      const [statuses, players] = ['status', 'players'].map((kind) =>
        dispatched.filter(([destination]) => WAYS[way](kind).test(destination)).map(([, body]) => body),
      );
      expect(dispatched).toHaveLength(9);
      expect(statuses).toMatchObject([{ number: 0 }, { number: 1 }, { number: 2 }, { state: 'over' }]);
      expect(players?.map((body) => (body as { players: unknown[] }).players.length)).toEqual([
        1, 2, 2, 2, 2,
      ]);
    },
  );
});

describe('RabbitMQ, restarted', () => {
  const way = 'Orbited and RabbitMQ';
  beforeEach((context) => skipIfAnyMissing(way, context));

  it('is seen by every page, nothing is half done meanwhile, and all play on', async (context) => {
    const { origin } = await quizFor(way);
    const broker = await (rabbit as Promise<Rabbit>);
    const ben = await signIn(origin, 'ben');
    const entered = await Promise.all([...browsers.keys()].map((name) => enter(name, origin, context)));
    const games = entered.map(({ game }) => game);
    await each(async (game) => expect(await ben.post(`/games/${game}/join`)).toEqual({ status: 200 }));
    for (const { page } of entered) await page.run(press, 'Start');
    for (const { page } of entered) await shows(page, { choices: ['Halley', 'Encke', 'Hale-Bopp'] });

    await broker.stop();
    for (const { page } of entered) await says(page, /^Lost connection, code: 201$/);
    const error = 'The players cannot be reached.';
    await each(async (game) =>
      expect(await ben.post(`/games/${game}/answer`, RIGHT)).toEqual({ status: 200, error }),
    );
    await each(async (game) =>
      expect(await ben.state(game)).toEqual({
        status: expect.objectContaining({ number: 0 }) as unknown,
        players: { players: [{ name: 'ben', score: 0 }] },
      }),
    );

    await broker.start();
    for (const { page } of entered) await shows(page, { connection: 'Playing.' }, 30_000);
    await each(async (game) =>
      expect(await ben.post(`/games/${game}/answer`, RIGHT)).toEqual({ status: 200 }),
    );
    for (const { page } of entered)
      await shows(page, { players: ['ben: 1'], choices: ['An htmlfile', 'An applet', 'A WebSocket'] });

    async function each(act: (game: number) => Promise<void>): Promise<void> {
      for (const game of games) await act(game);
    }
  });
});

describe('the page of the slides over RabbitMQ', () => {
  beforeEach((context) => skipIfAnyMissing('Orbited and RabbitMQ', context));

  it.concurrent.for([
    { client: "Orbited's scripts", game: 101 },
    { client: 'the drop-in', game: 102 },
  ] as const)(
    'with $client: messages are dispatched by destination, and a refusal is told',
    async ({ client, game }, context) => {
      const { stompPort } = await (rabbit as Promise<Rabbit>);
      const { front } = await (slides as Promise<Slides>);
      const [status, players] = [`/topic/games.${game}.status`, `/topic/games.${game}.players`] as const;
      const destinations = [status, players, `/games/${game}/status`];
      const page = await ((await browsers.get('chromium')) as Browser).newPage();
      context.onTestFinished(() => page.close());
      await page.goto(front.page(stompPort, { client, destinations, login: 'page' }));
      // As the slides have them, which only morbid takes. By then it has heard of the others.
      await says(page, /^Error: '\/games\/\d+\/status' is not a valid destination/);
      const sender = await connectSender(stompPort, 'quiz');
      sender.send(status, { state: 'running' });
      sender.send(players, { players: [] });
      const all = [
        [status, { state: 'running' }],
        [players, { players: [] }],
      ];
      await vi.waitFor(
        async () => expect((await page.run<unknown[]>('frames')).sort()).toEqual([...all].sort()),
        { timeout: 15_000 },
      );
      await sender.close();
    },
  );
});

describe('a page that sends to RabbitMQ itself', () => {
  const way = 'Orbited and RabbitMQ';
  beforeEach((context) => skipIfAnyMissing(way, context));

  it('is refused: its user may only listen', async (context) => {
    const { origin } = await quizFor(way);
    const { page, game } = await enter('chromium', origin, context);
    await page.run((destination: string) => {
      const { stomp } = globalThis as unknown as { stomp: { send(body: string, destination: string): void } };
      stomp.send('{"state":"over"}', destination);
    }, `/topic/games.${game}.status`);
    await says(page, /^Error: .*refused/);
    expect(await seen(page)).toEqual([]);
  });
});

describe('the stream of Django, cut before every message', () => {
  beforeEach((context) => skipIfAnyMissing('Django', context));

  it.concurrent.for(findBrowsers())(
    'is resumed in $name, with nothing lost, doubled or in another order',
    async (found, context) => {
      skipIfMissing(found, context);
      const { origin } = await quizFor('Django');
      const link = await startAdversary({ target: origin });
      context.onTestFinished(() => link.close());
      const [ada, ben] = await Promise.all([signIn(origin, 'ada'), signIn(origin, 'ben')]);
      const { page, game } = await enter(found.name, link.url, context);
      const steps: [Player, string, unknown?][] = [
        [ada, 'join'],
        [ben, 'join'],
        [ada, 'start'],
        [ben, 'answer', RIGHT],
        [ada, 'answer', { number: 1, choice: 0 }],
        [ben, 'answer', { number: 2, choice: 2 }],
      ];
      let cuts = 0;
      for (const [player, what, body] of steps) {
        cuts += link.cut(cuts % 2 ? 'reset' : 'fin', '/events');
        expect(await player.post(`/games/${game}/${what}`, body)).toEqual({ status: 200 });
        // Away for a while, now and then.
        if (what !== 'answer')
          await vi.waitFor(() => expect(link.count('/events').open).toBe(1), { timeout: 10_000 });
      }
      await shows(page, { status: 'The game is over.', players: ['ben: 2', 'ada: 1'] });
      const dispatched = (await seen(page)).map(([destination, body]) => [
        destination.split('/').at(-1),
        body,
      ]);
      const score = (name: string, points: number) => ({ name, score: points });
      const running = (number: number): unknown => expect.objectContaining({ state: 'running', number });
      expect(dispatched).toEqual([
        ['players', { players: [score('ada', 0)] }],
        ['players', { players: [score('ada', 0), score('ben', 0)] }],
        ['status', running(0)],
        ['players', { players: [score('ben', 1), score('ada', 0)] }],
        ['status', running(1)],
        ['players', { players: [score('ada', 1), score('ben', 1)] }],
        ['status', running(2)],
        ['players', { players: [score('ben', 2), score('ada', 1)] }],
        ['status', { state: 'over' }],
      ]);
      expect(cuts).toBeGreaterThanOrEqual(4);
    },
  );
});

/** The page of the slides, and an Orbited for it. */
interface Slides {
  readonly front: Front;
  stop(): Promise<void>;
}

async function startSlides(command: string, broker: number): Promise<Slides> {
  const orbited = await startOrbited(command, [broker]);
  const front = await startFront(orbited.origin);
  return {
    front,
    async stop() {
      await front.close();
      await orbited.stop();
    },
  };
}

const RIGHT = { number: 0, choice: 1 };

function skipIfAnyMissing(way: Way, context: TestContext): void {
  pythonOrSkip(django, context);
  if (way === 'Django') return;
  orbitedOrSkip(command, context);
  programOrSkip(nginx, context);
  if (way === 'Orbited and RabbitMQ') programOrSkip(rabbitmq, context);
}

function quizFor(way: Way): Promise<Quiz> {
  return quizzes.get(way) as Promise<Quiz>;
}

/** Signs in as ada, makes a game, and opens its page. */
async function enter(
  name: Engine,
  origin: string,
  context: TestContext,
): Promise<{ page: Page; game: number }> {
  const page = await ((await browsers.get(name)) as Browser).newPage(`${origin}/login`);
  context.onTestFinished(() => page.close());
  await page.run(async () => {
    const body = new FormData(document.forms[0]);
    for (const field of ['username', 'password']) body.set(field, 'ada');
    await fetch('/login', { method: 'POST', body });
  });
  await page.goto(`${origin}/`);
  const address = await page.run<string>(async () => {
    const form = [...document.forms].find(({ action }) => action.endsWith('/games'));
    return (await fetch('/games', { method: 'POST', body: new FormData(form) })).url;
  });
  await page.goto(address);
  await page.run(watch);
  await shows(page, { connection: 'Playing.' });
  return { page, game: Number(address.split('/').at(-1)) };
}

/** What a game shows. */
interface Shown {
  readonly connection: string;
  readonly status: string;
  readonly choices: readonly string[];
  readonly players: readonly string[];
  readonly error: string;
}

async function shows(page: Page, expected: Partial<Shown>, timeout = 15_000): Promise<void> {
  // `expect.poll` is for one test at a time.
  await vi.waitFor(async () => expect(await shown(page)).toMatchObject(expected), { timeout });
}

function says(page: Page, text: RegExp): Promise<void> {
  const matching = expect.stringMatching(text) as string;
  return vi.waitFor(async () => expect(await page.run<string[]>('said')).toContainEqual(matching), {
    timeout: 15_000,
  });
}

function shown(page: Page): Promise<Shown> {
  return page.run<Shown>(() => {
    const text = (selector: string): string[] =>
      [...document.querySelectorAll(selector)].map(({ textContent }) => textContent);
    const [connection, status, error] = text('#connection, #status, #error');
    return { connection, status, error, choices: text('#choices button'), players: text('#players li') };
  });
}

/** What was dispatched, by destination. */
function seen(page: Page): Promise<[destination: string, body: unknown][]> {
  return page.run('seen');
}

// In the page.

interface Watched {
  destpatterns: { dispatch(frame: { headers: { destination: string }; body: string }): void };
  debug(text: string): void;
  seen: unknown[];
  said: string[];
}

/** Notes what the page dispatches and says from now on. */
function watch(): void {
  const page = globalThis as unknown as Watched;
  const { debug } = page;
  Object.assign(page, {
    seen: [],
    said: [],
    debug(text: string) {
      page.said.push(text);
      debug(text);
    },
  });
  // eslint-disable-next-line no-eval -- a constant of a script is no property of the window
  const patterns = (0, eval)('destpatterns') as Watched['destpatterns'];
  const dispatch = patterns.dispatch.bind(patterns);
  patterns.dispatch = (frame) => {
    page.seen.push([frame.headers.destination, JSON.parse(frame.body)]);
    dispatch(frame);
  };
}

function press(text: string): void {
  const buttons = [...document.querySelectorAll('button')];
  buttons.find(({ textContent }) => textContent === text)?.click();
}
