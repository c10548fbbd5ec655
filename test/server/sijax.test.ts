// /sijax: which function is called with what, how its commands come back, and that it ends with its client.

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { rawRequest, unchunked } from './raw-client.ts';
import { startServer, type ReferenceServer } from './server.ts';
import type { ServerCall } from './sijax.ts';

let server: ReferenceServer;

beforeEach(async () => {
  server = await startServer();
});

afterEach(() => server.close());

function call(name: string, values: string, signal?: AbortSignal): Promise<Response> {
  const body = new URLSearchParams({ sijax_rq: name, sijax_args: values, other: 'Grüße' });
  return fetch(`${server.url}/sijax`, { method: 'POST', body, ...(signal && { signal }) });
}

it('calls the function by its name, with its arguments and the other fields', async () => {
  const heard: unknown[] = [];
  server.offer({
    'say.hello': ({ values, form }: ServerCall) => {
      heard.push(values, form.get('other'));
      return [{ type: 'alert', alert: '</script>' }];
    },
  });
  const response = await call('say.hello', '["a", {"b": 1}]');
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(await response.text()).toBe('[{"type":"alert","alert":"</script>"}]');
  expect(heard).toEqual([['a', { b: 1 }], 'Grüße']);
});

it.each(['{}', 'no JSON', ''])('finds no arguments in %j', async (values) => {
  server.offer({ count: ({ values: { length } }) => [{ type: 'alert', alert: length }] });
  expect(await (await call('count', values)).json()).toEqual([{ type: 'alert', alert: 0 }]);
});

it.each(['nothing', 'constructor', '__proto__'])(
  'answers an alert where there is no function %s',
  async (name) => {
    expect(await (await call(name, '[]')).json()).toEqual([
      { type: 'alert', alert: `The server has no function "${name}".` },
    ]);
  },
);

it('sends each list that is yielded as a script of its own, at once', async () => {
  let goOn = (): void => undefined;
  server.offer({
    async *work() {
      yield [{ type: 'alert', alert: '</script>' }];
      await new Promise<void>((resolve) => (goOn = resolve));
      yield [];
    },
  });
  const body = 'sijax_rq=work&sijax_args=[]';
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const onPiece = (piece: string): void => {
    if (piece.includes('processCommands([{')) goOn();
  };
  const answer = await rawRequest(`${server.url}/sijax`, { body, headers, onPiece });
  const calls = [...unchunked(answer).matchAll(/<script>window\.parent\.(.*?);<\/script>/g)].map(
    ([, code]) => code,
  );
  expect(calls).toEqual([
    'Sijax.processCommands([{"type":"alert","alert":"\\u003c/script>"}])',
    'Sijax.processCommands([])',
  ]);
});

it('ends the function when the client leaves', async () => {
  const ended = vi.fn();
  server.offer({
    async *work({ pause: wait }) {
      try {
        for (;;) {
          yield [];
          await wait(10_000);
        }
      } finally {
        ended();
      }
    },
  });
  const leave = new AbortController();
  await call('work', '[]', leave.signal);
  leave.abort();
  await vi.waitFor(() => expect(ended).toHaveBeenCalledOnce());
});

it('says nothing of a client that leaves while its form is read', async () => {
  const complain = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const leave = new AbortController();
  const body = new Uint8Array(60_000);
  const { signal } = leave;
  const sent = fetch(`${server.url}/sijax?intake=400000`, { method: 'POST', body, signal });
  setTimeout(() => leave.abort(), 50);
  await expect(sent).rejects.toThrow('aborted');
  await new Promise((resolve) => setTimeout(resolve, 250));
  expect(complain.mock.calls).toEqual([]);
  complain.mockRestore();
});

it('takes the files of a form, byte for byte, at the pace that the query asks for', async () => {
  const bytes = Uint8Array.from({ length: 300_000 }, (_, index) => index % 251);
  server.offer({
    async file({ form }) {
      const file = form.get('file') as File;
      const same = Buffer.from(await file.arrayBuffer()).equals(bytes);
      return [{ type: 'alert', alert: `${file.name} ${String(same)}` }];
    },
  });
  const body = new FormData();
  body.set('sijax_rq', 'file');
  body.set('sijax_args', '[]');
  body.set('file', new File([bytes], 'plate.bin'));
  const start = performance.now();
  const response = await fetch(`${server.url}/sijax?intake=1000000`, { method: 'POST', body });
  expect(await response.json()).toEqual([{ type: 'alert', alert: 'plate.bin true' }]);
  expect(performance.now() - start).toBeGreaterThan(280);
});
