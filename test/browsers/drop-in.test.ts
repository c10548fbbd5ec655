// The drop-in over the network, in every engine: comet calls and uploads, and what they do where a policy forbids them.

import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { dropInScript } from '../interop/page-scripts.ts';
import type { Step } from '../server/script.ts';
import { startServer, type ConnectionRecord, type ReferenceServer } from '../server/server.ts';
import { bundle } from './bundle.ts';
import { borrow, findBrowsers, type Browser, type Found, type Page } from './drivers.ts';
import { skipIfMissing } from './missing.ts';

const HEAD: Step = { head: { headers: { 'Content-Type': 'text/html; charset=utf-8' } } };
const PADDING = `\n<script type='text/javascript'></script>\n\n${'\n'.repeat(2_000)}`;
const NO_CONNECTIONS = "connect-src 'none'";
const OWN_CONNECTIONS = "connect-src 'self'; style-src 'self'";

for (const found of findBrowsers()) describe(found.name, () => dropInIn(found));

function dropInIn(found: Found): void {
  let server: ReferenceServer;
  let browser: Browser | undefined;
  let page: Page;

  beforeAll(async () => {
    if ('missing' in found) return;
    server = await startServer();
    server.page('/drop-in.js', script(await dropInScript()));
    server.page('/page.js', script(await bundle('test/browsers/page/drop-in.ts', 'watched')));
    server.page('/plain.html', html());
    server.page('/forbidden.html', html(NO_CONNECTIONS));
    server.page('/own.html', html(OWN_CONNECTIONS));
    browser = await borrow(found);
    page = await browser.newPage();
  });

  afterAll(async () => {
    await browser?.close();
    await (server as ReferenceServer | undefined)?.close();
  });

  describe('a comet call', () => {
    it('carries out each list as it comes, and nothing twice', async (context) => {
      await open(context, [HEAD, { send: PADDING + see('one') }, { hang: true }]);
      await comet('object.method', '["ü", {"a": "</script>"}]');
      expect(await outcome('one')).toEqual({ seen: ['one'], errors: [], frames: 0 });
      expect(posts().map(({ body }) => [...new URLSearchParams(body)])).toEqual([
        [
          ['sijax_rq', 'object.method'],
          ['sijax_args', '["ü",{"a":"</script>"}]'],
        ],
      ]);
    });

    it('reads strings that end a script, characters that are cut, and lists in several scripts', async (context) => {
      const bytes = Buffer.from(see('</script><b>🐙</b>') + see('end'));
      const steps = [...bytes.keys()].filter((place) => place % 7 === 0);
      const sends = steps.map((place) => ({
        sendBase64: bytes.subarray(place, place + 7).toString('base64'),
      }));
      await open(context, [HEAD, ...sends]);
      await comet();
      expect(await outcome('end')).toEqual({ seen: ['</script><b>🐙</b>', 'end'], errors: [], frames: 0 });
    });

    it('takes a response that breaks off behind a list for its end, and is not made again', async (context) => {
      await open(context, [HEAD, { send: see('one') }, { wait: 50 }, { cut: 'reset' }]);
      await comet();
      expect(await outcome('one')).toEqual({ seen: ['one'], errors: [], frames: 0 });
      expect(posts()).toHaveLength(1);
    });

    it('tells of one that breaks off before', async (context) => {
      await open(context, [HEAD, { send: PADDING }, { wait: 50 }, { cut: 'reset' }]);
      await comet();
      expect((await outcome('never')).errors).toEqual(['network']);
      expect(posts()).toHaveLength(1);
    });

    it('tells of an error of the server, and of a page in the place of commands', async (context) => {
      await open(context, [{ head: { status: 500 } }, { send: 'An error.' }]);
      await comet();
      expect((await outcome('never')).errors).toEqual(['status']);
      await open(context, [HEAD, { send: '<!DOCTYPE html><title>Sign in</title>' }]);
      await comet();
      expect((await outcome('never')).errors).toEqual(['not-a-sijax-response']);
    });

    it('can be ended, and the server hears of it', async (context) => {
      await open(context, [HEAD, { send: see('one') }, { hang: true }]);
      await comet();
      await outcome('one');
      await page.run('window.comet.abort()');
      await expect.poll(() => posts()[0]?.closedByClient).toBe(true);
      expect((await outcome('one')).errors).toEqual([]);
    });

    it('carries fields and headers of the page', async (context) => {
      await open(context, [HEAD, { send: see('end') }]);
      await comet('say', '[]', "{ data: { csrf_token: 'a b' }, headers: { 'X-CSRFToken': 'c' } }");
      await outcome('end');
      const [post] = posts();
      expect([...new URLSearchParams(post?.body)][0]).toEqual(['csrf_token', 'a b']);
      expect(post?.headers['x-csrftoken']).toBe('c');
    });

    it('goes by a frame where a policy forbids connections, once', async (context) => {
      await open(
        context,
        [HEAD, { send: PADDING + see('one') }, { wait: 50 }, { send: see('end') }],
        'forbidden',
      );
      await comet('object.method', '["ü"]');
      expect(await outcome('end')).toEqual({ seen: ['one', 'end'], errors: [], frames: 0 });
      expect(posts().map(({ body }) => new URLSearchParams(body).get('sijax_args'))).toEqual(['["ü"]']);
    });

    it('is not made again where a policy forbids what its answer leads to', async (context) => {
      await open(context, [toElsewhere()], 'own');
      await comet();
      expect((await outcome('never')).errors).toEqual(['network']);
      expect(posts().filter(({ method }) => method === 'POST')).toHaveLength(1);
    });
  });

  describe('an upload', () => {
    it('is sent by XHR with its button, tells its progress, and is answered', async (context) => {
      await open(context, [HEAD, { send: see('end') }]);
      await page.run(`watched.upload('/scripted/steps', 300000)`);
      expect(await outcome('end')).toEqual({ seen: ['end'], errors: [], frames: 0 });
      const last = (await page.run<{ loaded: number; total: number }[]>('watched.progress')).at(-1);
      expect(last?.loaded).toBeGreaterThan(300_000);
      expect(last?.loaded).toBe(last?.total);
      expect(fieldsOf(posts()[0])).toEqual(
        ['id', 'action', 'file', 'button', 'sijax_rq', 'sijax_args'].sort(),
      );
    });

    it('shows nothing of its frame where a policy forbids inline styles', async (context) => {
      await open(context, [HEAD, { send: see('end') }], 'own');
      await page.run(`watched.upload('/scripted/steps', 10)`);
      await outcome('end');
      expect(await page.run(`document.querySelector('form iframe').checkVisibility()`)).toBe(false);
    });

    it("is answered as PHP does, by the form's own function", async (context) => {
      const commands = `[{"type":"call","call":"see","params":["end"]}]`;
      const answer = `<script type='text/javascript'> window.parent.sjxUpload.processResponse("form", ${commands}); </script>`;
      await open(context, [HEAD, { send: answer }]);
      await page.run(`watched.upload('/scripted/steps', 10)`);
      expect((await outcome('end')).errors).toEqual([]);
    });

    it('is not sent where the page prevents it, whoever listened first', async (context) => {
      await open(context, [HEAD, { send: see('end') }]);
      await page.run(`document.addEventListener('submit', (event) => event.preventDefault())`);
      await page.run(`watched.upload('/scripted/steps', 10)`);
      await page.run(`new Promise((resolve) => setTimeout(resolve, 200))`);
      expect(posts()).toEqual([]);
    });

    it('goes by the frame of the form where the page calls submit()', async (context) => {
      await open(context, [HEAD, { send: see('end') }]);
      await page.run(`watched.upload('/scripted/steps', 10, 'submit')`);
      expect(await outcome('end')).toEqual({ seen: ['end'], errors: [], frames: 0 });
      expect(posts()).toHaveLength(1);
      expect(await page.run('watched.progress')).toEqual([]);
    });

    it('goes by the frame of the form where a policy forbids connections, once', async (context) => {
      await open(context, [HEAD, { send: see('end') }], 'forbidden');
      await page.run(`watched.upload('/scripted/steps', 10)`);
      expect(await outcome('end')).toEqual({ seen: ['end'], errors: [], frames: 0 });
      expect(posts()).toHaveLength(1);
    });

    it('is not sent again where a policy forbids what its answer leads to', async (context) => {
      await open(context, [toElsewhere()], 'own');
      await page.run(`watched.upload('/scripted/steps', 10)`);
      expect((await outcome('never')).errors).toEqual(['network']);
      expect(posts().filter(({ method }) => method === 'POST')).toHaveLength(1);
    });
  });

  /** To another origin, by its name. */
  function toElsewhere(): Step {
    return {
      head: { status: 303, headers: { Location: `${server.url.replace('127.0.0.1', 'localhost')}/html` } },
    };
  }

  async function open(context: TestContext, steps: Step[], name = 'plain'): Promise<void> {
    skipIfMissing(found, context);
    server.script('steps', [steps]);
    await page.goto(`${server.url}/${name}.html`);
  }

  async function comet(name = 'say', values = '[]', params = 'undefined'): Promise<void> {
    await page.run(`void (window.comet = sjxComet.request(${JSON.stringify(name)}, ${values}, ${params}))`);
  }

  function outcome(last: string): Promise<{ seen: unknown[]; errors: string[]; frames: number }> {
    return page.run(`watched.outcome(${JSON.stringify(last)})`);
  }

  function posts(): ConnectionRecord[] {
    return server.log('steps');
  }
}

/** A script that says so, as Sijax for Python writes it. */
function see(what: string): string {
  const commands = JSON.stringify([{ type: 'call', call: 'see', params: [what] }]);
  return `\n        <script type="text/javascript">\n            window.parent.Sijax.processCommands(${commands});\n        </script>\n        `;
}

/** The names of a multipart body's parts. */
function fieldsOf(record: ConnectionRecord | undefined): string[] {
  return [...(record?.body ?? '').matchAll(/^content-disposition: form-data; name="(\w+)"/gim)]
    .map(([, name = '']) => name)
    .sort();
}

function script(body: string): { contentType: string; body: string } {
  return { contentType: 'text/javascript; charset=utf-8', body };
}

function html(policy?: string): { contentType: string; body: string; headers?: Record<string, string> } {
  const body = `<!DOCTYPE html><title>drop-in</title><script src="/page.js"></script><script src="/drop-in.js"></script>
    <script>Sijax.setRequestUri('/scripted/steps')</script><body></body>`;
  const headers = policy === undefined ? {} : { 'Content-Security-Policy': policy };
  return { contentType: 'text/html; charset=utf-8', body, headers };
}
