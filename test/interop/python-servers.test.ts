// Servers in Python, as docs/backends/python.md has them.

import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { pagePath } from '../browsers/bundle.ts';
import { borrow, findBrowsers } from '../browsers/drivers.ts';
import { skipIfMissing } from '../browsers/missing.ts';
import type { Read } from '../browsers/page/readers.ts';
import { startCounting } from './counted.ts';
import { pythonOrSkip } from './missing.ts';
import { pageFiles } from './page-files.ts';
import { environment, findPython } from './python.ts';
import { playToStreamingServers, startStreaming, type StreamingServer } from './streaming-servers.ts';

const FOLDER = fileURLToPath(new URL('../../docs/backends/recipes/', import.meta.url));

const STARLETTE = server('Starlette with sse-starlette, on uvicorn', 'uvicorn', 'streaming_starlette');

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

playToStreamingServers([
  STARLETTE,
  server('Django on ASGI, on uvicorn', 'uvicorn', 'streaming_django_asgi'),
  server('Django on WSGI, on gunicorn', 'gunicorn', 'streaming_django_wsgi'),
  server('Flask, on gunicorn', 'gunicorn', 'streaming_flask'),
]);

it('is read in a page by a subscription, and by EventSource, the browser’s and encke’s', async (context) => {
  pythonOrSkip(findPython('Python 3.11 or later'), context);
  const found = findBrowsers().find(({ name }) => name === 'chromium');
  if (!found) throw new Error('There is no Chromium among the engines.');
  skipIfMissing(found, context);
  const starlette = await startStreaming(STARLETTE);
  if ('missing' in starlette) throw new Error(starlette.missing);
  const origin = await startCounting(starlette.url, await pageFiles('readers'));
  const browser = await borrow(found);
  stops.push(() => browser.close(), origin.close, starlette.stop);

  const page = await browser.newPage(origin.url + pagePath('readers'));
  const readers = [
    await page.run<number>('readers.subscription', '/events', {}),
    await page.run<number>('readers.source', '/events', 'native'),
    await page.run<number>('readers.source', '/events', 'encke'),
  ];
  const status = async (): Promise<unknown> => (await fetch(`${starlette.url}/status`)).json();
  await expect.poll(status).toMatchObject({ streams: 3 });
  const sent = ['one', 'two\nlines', '{"three":3}'];
  for (const body of sent) await fetch(`${starlette.url}/publish`, { method: 'POST', body });
  for (const reader of readers) {
    const dataOf = async (): Promise<unknown> => (await page.run<Read>('readers.read', reader)).data;
    await expect.poll(dataOf).toEqual(sent);
  }
  await page.close();
  await expect.poll(status).toMatchObject({ streams: 0 });
});

function server(name: string, program: 'uvicorn' | 'gunicorn', module: string): StreamingServer {
  return {
    name,
    async command() {
      const python = findPython('Python 3.11 or later');
      if ('missing' in python) return python;
      const values = (port: number): string[] =>
        program === 'uvicorn'
          ? ['-m', 'uvicorn', '--app-dir', FOLDER, '--port', String(port), `${module}:app`]
          : [
              '-m',
              'gunicorn',
              '--chdir',
              FOLDER,
              '--threads=100',
              `--bind=127.0.0.1:${port}`,
              `${module}:app`,
            ];
      return {
        path: await environment(python, 'python-servers'),
        values,
        // Nothing of theirs is left beside the documents.
        environment: { PYTHONDONTWRITEBYTECODE: '1' },
      };
    },
  };
}
