// @vitest-environment happy-dom

// The client for Sijax backends over the carriers it takes by itself, its network played by Mock Service Worker.

import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { sijax, xhrStream, type SijaxApp } from '../../src/sijax/client/sijax.ts';
import { recordingQueue, type RecordingQueue } from './recording-queue.ts';

const CHAT = 'http://localhost:3000/chat';
const server = setupServer();

beforeAll(() => {
  server.listen({ onUnhandledRequest: 'error' });
});
afterEach(() => {
  server.resetHandlers();
});
afterAll(() => {
  server.close();
});

function makeApp(): { app: SijaxApp; commands: RecordingQueue } {
  const commands = recordingQueue();
  return { app: sijax(CHAT, { commands }), commands };
}

function html(body: string): Response {
  return new HttpResponse(body, { headers: { 'content-type': 'text/html; charset=utf-8' } });
}

describe('over the network', () => {
  it('a request is a form, URL-encoded, over fetch', async () => {
    let sent: Request | undefined;
    server.use(
      http.post(CHAT, ({ request }) => {
        sent = request.clone();
        return html('[{"type":"alert","alert":"žluť"}]');
      }),
    );
    const { app, commands } = makeApp();
    const reply = await app.request('say', ['a b&c', 1]);
    expect(reply).toMatchObject({ status: 200, transport: 'fetch-stream', truncated: false });
    expect(commands.lists).toEqual([[{ type: 'alert', alert: 'žluť' }]]);
    expect(sent?.headers.get('content-type')).toMatch(/^application\/x-www-form-urlencoded/);
    const fields = new URLSearchParams(await sent?.text());
    expect([...fields]).toEqual([
      ['sijax_rq', 'say'],
      ['sijax_args', '["a b&c",1]'],
    ]);
  });

  it('a comet call is read as it comes, over fetch', async () => {
    server.use(
      http.post(CHAT, () =>
        html(
          '<script></script>\n<script>window.parent.Sijax.processCommands([1]);</script><script>window.parent.Sijax.processCommands([2]);</script>',
        ),
      ),
    );
    const { app, commands } = makeApp();
    expect(await app.comet('work')).toMatchObject({ transport: 'fetch-stream' });
    expect(commands.lists).toEqual([[1], [2]]);
  });

  it('an upload is a form with its files, over fetch, or over XHR where that is named', async () => {
    let sent: FormData | undefined;
    server.use(
      http.post('http://localhost:3000/up', async ({ request }) => {
        sent = await request.formData();
        return html('<script>window.parent.sjxUpload.processResponse("f", [1]);</script>');
      }),
    );
    document.body.innerHTML =
      '<form id="f" action="http://localhost:3000/up"><input name="a" value="é"></form>';
    const form = document.querySelector('form') as HTMLFormElement;
    const { app, commands } = makeApp();
    expect(await app.upload(form)).toMatchObject({ transport: 'fetch-stream' });
    expect(await app.upload(form, { transports: [xhrStream] })).toMatchObject({ transport: 'xhr-stream' });
    expect(commands.lists).toEqual([[1], [1]]);
    expect(Object.fromEntries((sent ?? new FormData()) as Iterable<[string, unknown]>)).toEqual({
      a: 'é',
      sijax_rq: 'f_upload',
      sijax_args: '["f"]',
    });
  });

  it('an upload whose progress fetch cannot tell says what to add', () => {
    document.body.innerHTML = '<form id="f"></form>';
    const form = document.querySelector('form') as HTMLFormElement;
    expect(() => makeApp().app.upload(form, { onUploadProgress() {} })).toThrow(
      'fetch-stream cannot tell the progress of an upload. Add fetchStream, xhrStream',
    );
  });

  it('a status that carries no commands ends the call, with its body', async () => {
    server.use(http.post(CHAT, () => HttpResponse.text('CSRF token missing', { status: 403 })));
    const { app } = makeApp();
    await expect(app.request('say')).rejects.toMatchObject({
      code: 'status',
      status: 403,
      body: 'CSRF token missing',
    });
  });
});
