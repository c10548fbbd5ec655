// The recipes of docs/backends, over HTTP: plain calls, comet that ends as it should, and what they refuse.

import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CommandQueue } from '../../src/commands/command.ts';
import { sijax } from '../../src/sijax/client/sijax.ts';
import { fetchStream } from '../../src/transports/index.ts';
import { RECIPES, startRecipe, type Recipe, type RecipeServer } from './recipe-server.ts';

describe.each(RECIPES)('the recipe for %s', recipeFor);

function recipeFor(recipe: Recipe): void {
  let server: RecipeServer;
  let fields: Record<string, string> = {};
  let cookie = '';
  let stop = async (): Promise<void> => {};
  let missing: string | undefined;

  beforeAll(async () => {
    const started = await startRecipe(recipe);
    if ('missing' in started) return void (missing = started.missing);
    server = started;
    stop = server.close;
    // The client is in a page of the recipe's own site.
    vi.stubGlobal('location', new URL(server.url));
    if (recipe === 'Django') [fields, cookie] = await takeToken(server);
  });
  afterAll(async () => {
    vi.unstubAllGlobals();
    await stop();
  });

  beforeEach((context) => {
    if (missing === undefined) return;
    if (process.env['CI']) throw new Error(missing);
    context.skip(missing);
  });

  it('answers a call with a list of commands', async () => {
    const { carriedOut, app } = client();
    await app.request('greet', ['<b>Jörg</b> & Co']);
    const html = expect.stringMatching(
      /^Hello, &(lt|#60);b&(gt|#62);Jörg&.*;\/b&.*; &(amp|#38); Co!$/,
    ) as string;
    expect(carriedOut).toEqual([{ type: 'html', selector: '#greeting', html, setType: 'replace' }]);
  });

  it('streams the commands of a comet call while it works, and comes to a clean end', async () => {
    const { carriedOut, times, app } = client();
    const call = app.comet('work', [4]);
    await call;
    const end = await call.closed;
    expect(carriedOut).toEqual(['25%', '50%', '75%', '100%'].map(width));
    // Three pauses, of 100 ms each, on a machine that may be busy.
    expect((times.at(-1) ?? NaN) - (times[0] ?? NaN)).toBeGreaterThan(100);
    expect(end.reason).toBe('done');
    expect(end.truncated ?? false).toBe(false);
  });

  it('lets no HTML end the script that carries it', async () => {
    const response = await post('work', '[1]');
    const text = await response.text();
    expect(response.headers.get('Content-Type')).toMatch(/^text\/html; charset=utf-8$/i);
    expect(text).toMatch(
      /^ {1024}\n<script>window\.parent\.Sijax\.processCommands\(\[\{.*\}\]\);<\/script>\n$/,
    );
  });

  it.each([
    ['an unknown function', 'toString', '[]', 404],
    ['too few arguments', 'greet', '[]', 400],
    ['arguments that are no list', 'greet', 'null', 400],
    ['arguments that are no JSON', 'greet', '["you"', 400],
  ])('refuses %s', async (_, name, values, status) => {
    const response = await post(name, values);
    expect(response.status).toBe(status);
  });

  it('refuses what comes from another site', async () => {
    const headers: Record<string, string> =
      recipe === 'Django' ? { Origin: 'https://elsewhere.example' } : { 'Sec-Fetch-Site': 'cross-site' };
    expect((await post('greet', '["you"]', headers)).status).toBe(403);
  });

  function client() {
    const carriedOut: unknown[] = [];
    const times: number[] = [];
    const commands: CommandQueue = {
      size: 0,
      done: Promise.resolve(),
      push(list) {
        times.push(performance.now());
        carriedOut.push(...(list as unknown[]));
      },
      pause: () => undefined,
      resume: () => undefined,
      flush: () => undefined,
      clear: () => undefined,
      ready: () => undefined,
    };
    const options = { commands, params: fields, headers: { cookie }, transports: [fetchStream] };
    return { carriedOut, times, app: sijax(server.url, options) };
  }

  function post(name: string, values: string, headers: Record<string, string> = {}): Promise<Response> {
    const body = new URLSearchParams({ sijax_rq: name, sijax_args: values, ...fields });
    return fetch(server.url, { method: 'POST', headers: { cookie, ...headers }, body });
  }
}

function width(value: string): object {
  return { type: 'css', selector: '#progress', key: 'width', value };
}

/** Django's page brings a token, and a cookie that goes with it. */
async function takeToken({ url }: RecipeServer): Promise<[fields: Record<string, string>, cookie: string]> {
  const page = await fetch(new URL('/', url));
  const [, token = ''] = /value="(\w+)"/.exec(await page.text()) ?? [];
  const [cookie = ''] = (page.headers.get('Set-Cookie') ?? '').split(';');
  return [{ csrfmiddlewaretoken: token }, cookie];
}
