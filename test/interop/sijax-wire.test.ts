// What the real Sijax says on the wire, byte for byte: the ground that the drop-in and the client stand on.

import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rawGet, rawRequest, unchunked, type RawAnswer } from '../server/raw-client.ts';
import { pythonOrSkip } from './missing.ts';
import { findPython, PYTHONS, type FoundPython } from './python.ts';
import { startSijaxServer, type Example, type SijaxServer } from './sijax-server.ts';

/** PEP 479: what ends a streaming handler is an error inside Sijax, from Python 3.7 on. */
const CUT_SHORT = 'generator raised StopIteration';

const PADDING = `\n<script type='text/javascript'></script>\n\n${'\n'.repeat(2000)}`;

const WHOLE_STREAMS = fileURLToPath(
  new URL('../../docs/backends/recipes/sijax_whole_streams.py', import.meta.url),
);

const LAST_CHUNK = '0\r\n\r\n';

for (const name of PYTHONS) {
  const python = findPython(name);
  const title = 'version' in python ? `Python ${python.version}` : name;
  describe(`on ${title}`, () => wireOn(python));
}

function wireOn(python: FoundPython): void {
  const cutsShort = python.name === 'Python 3.11 or later';
  let server: SijaxServer;
  let stop = async (): Promise<void> => {};

  beforeEach((context) => void pythonOrSkip(python, context));

  describe.each(['waitress', 'werkzeug'] as const)('behind %s', (kind) => {
    beforeAll(async () => {
      if ('missing' in python) return;
      server = await startSijaxServer(python, { server: kind });
      stop = server.close;
    });
    afterAll(() => stop());

    if (kind === 'waitress') {
      describe('a page', pages);
      describe('a call', calls);
      describe('an upload', uploads);
    }
    describe('a comet call', comet);

    function comet(): void {
      it('is a page of script tags, padded at its head, each with the commands of one yield', async () => {
        const answer = await call('comet', 'do_work', [0]);
        const widths = ['0px', '80px', '160px', '240px', '320px', '400px'];
        expect(answer.head).toContain('\r\nContent-Type: text/html; charset=utf-8');
        expect(bodyOf(answer)).toBe(PADDING + widths.map(progress).map(flush).join(''));
      });

      it('comes while the function runs', async () => {
        const pieces: number[] = [];
        await call('comet', 'do_work', [0.1], () => pieces.push(performance.now()));
        const [first = NaN] = pieces;
        // Five pauses, of 100 ms each, on a machine that may be busy.
        expect((pieces.at(-1) ?? NaN) - first).toBeGreaterThan(200);
        expect(pieces.length).toBeGreaterThanOrEqual(3);
      });

      it(`ends ${howItEnds(kind, cutsShort)}`, async () => {
        const { head, body, ending } = await call('comet', 'do_work', [0]);
        expect(ending).toBe('fin');
        expect(head.includes('chunked')).toBe(kind === 'waitress');
        expect(body.endsWith(LAST_CHUNK)).toBe(kind === 'waitress' && !cutsShort);
        const [entry] = (await server.ledger('comet')).slice(-1);
        expect(entry?.end).toBe(cutsShort ? CUT_SHORT : 'complete');
      });
    }
  });

  describe('with the recipe for whole streams', () => {
    beforeAll(async () => {
      if ('missing' in python) return;
      server = await startSijaxServer(python, { server: 'waitress', preload: WHOLE_STREAMS });
      stop = server.close;
    });
    afterAll(() => stop());

    it('ends a comet call with the last chunk', async () => {
      const { body } = await call('comet', 'do_work', [0]);
      expect(body.endsWith(LAST_CHUNK)).toBe(true);
      expect(await server.ledger('comet')).toMatchObject([{ parts: 6, end: 'complete' }]);
    });

    it('sends what follows the last yield', async () => {
      expect(bodyOf(await submit('formTwo'))).toContain('Finished!');
    });

    it('answers functions that do not yield', async () => {
      expect(bodyOf(await submit('formOne'))).toContain('Uploaded file');
    });
  });

  function pages(): void {
    it('sets the request URI, and the address of a JSON library', async () => {
      const { body } = await rawGet(server.url('hello'));
      expect(body).toContain('Sijax.setRequestUri("/sijax");Sijax.setJsonUri("/static/js/sijax/json2.js");');
    });

    it('registers its upload forms with a function of jQuery', async () => {
      const { body } = await rawGet(server.url('upload'));
      const form = (id: string): string =>
        `jQuery(function() { sjxUpload.registerForm({"formId": "${id}", "callback": "${id}_upload"}); });`;
      expect(body).toContain(form('formOne') + form('formTwo'));
    });

    it('comes in place of an answer where one of the two fields is missing', async () => {
      const { head, body } = await post('hello', { sijax_rq: 'say_hello' });
      expect(head).toMatch(/^HTTP\/1\.1 200 /);
      expect(body).toContain('<html>');
    });
  }

  function calls(): void {
    it('is answered with a compact JSON array, named HTML', async () => {
      const { head, body } = await call('hello', 'say_hello', ['Jörg', '</script>']);
      expect(head).toContain('\r\nContent-Type: text/html; charset=utf-8');
      expect(inUtf8(body)).toBe(
        '[{"alert":"Hello from Jörg to </script>","type":"alert"},' +
          '{"selector":"a","key":"color","value":"green","type":"css"}]',
      );
    });

    it.each([
      ['an unknown function', 'say_nothing', '[]', 'The action you performed is unavailable! (Sijax error)'],
      ['a wrong number of arguments', 'say_hello', '[1]', WRONG_WAY],
      ['arguments that are no array', 'say_hello', '{"0":1,"1":2}', WRONG_WAY],
      ['arguments that are no JSON', 'say_hello', '[1,', WRONG_WAY],
    ])('with %s is answered with status 200 and an alert', async (_, name, values, alert) => {
      const { head, body } = await post('hello', { sijax_rq: name, sijax_args: values });
      expect(head).toMatch(/^HTTP\/1\.1 200 /);
      expect(JSON.parse(body)).toEqual([{ type: 'alert', alert }]);
    });

    it('carries other fields to the application', async () => {
      const fields = { sijax_rq: 'clear_messages', sijax_args: '[]' };
      expect((await post('chat', fields)).head).toMatch(/^HTTP\/1\.1 400 /);
      const page = await rawGet(server.url('chat'));
      const [, token = ''] = /csrf_token: "(\w+)"/.exec(page.body) ?? [];
      const [, cookie = ''] = /\r\nSet-Cookie: ([^;]+)/.exec(page.head) ?? [];
      const answer = await post('chat', { ...fields, csrf_token: token }, { Cookie: cookie });
      expect(answer.head).toMatch(/^HTTP\/1\.1 200 /);
      expect(JSON.parse(answer.body)).toContainEqual(replaceOf('#messages', ''));
    });
  }

  function uploads(): void {
    it('is answered as comet is, with the form values and the file', async () => {
      const html = `Form values: {'message': 'Grüße'}<hr />Files: Uploaded file notes.txt (text/plain) - 5B`;
      expect(bodyOf(await submit('formOne'))).toBe(PADDING + flush([replaceOf('#formOneResponse', html)]));
    });

    it(`may reset the form, and ${cutsShort ? 'loses' : 'sends'} what follows the last yield`, async () => {
      const text = bodyOf(await submit('formTwo'));
      expect(text).toContain('{"call":"sjxUpload.resetForm","params":["formTwo"],"type":"call"}');
      expect(text).toContain('work (2 seconds)..');
      expect(text.includes('Finished!')).toBe(!cutsShort);
    });

    it('fails where the one argument, the form, is missing', async () => {
      const { head } = await call('upload', 'formOne_upload', []);
      expect(head).toMatch(/^HTTP\/1\.1 500 /);
    });
  }

  function call(example: Example, name: string, values: unknown[], onPiece?: () => void): Promise<RawAnswer> {
    return post(example, { sijax_rq: name, sijax_args: JSON.stringify(values) }, {}, onPiece);
  }

  function post(
    example: Example,
    fields: Record<string, string>,
    headers: Record<string, string> = {},
    onPiece?: () => void,
  ): Promise<RawAnswer> {
    return rawRequest(server.url(example), {
      headers: { 'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8', ...headers },
      body: new URLSearchParams(fields).toString(),
      ...(onPiece && { onPiece }),
    });
  }

  async function submit(form: string): Promise<RawAnswer> {
    const data = new FormData();
    data.set('message', 'Grüße');
    data.set('file', new File(['hello'], 'notes.txt', { type: 'text/plain' }));
    data.set('sijax_rq', `${form}_upload`);
    data.set('sijax_args', JSON.stringify([form]));
    const encoded = new Response(data);
    const contentType = encoded.headers.get('Content-Type') ?? '';
    return rawRequest(server.url('upload'), {
      headers: { 'Content-Type': contentType },
      body: await encoded.text(),
    });
  }
}

const WRONG_WAY = 'You tried to perform an action in a wrong way! (Sijax error)';

function howItEnds(kind: 'waitress' | 'werkzeug', cutsShort: boolean): string {
  if (kind === 'werkzeug') return cutsShort ? 'like any other, though it was cut short' : 'by closing';
  return cutsShort ? 'without its last chunk' : 'with the last chunk';
}

function flush(commands: object[]): string {
  return `
        <script type="text/javascript">
            window.parent.Sijax.processCommands(${JSON.stringify(commands)});
        </script>
        `;
}

function progress(width: string): object[] {
  const css = { selector: '#progress', key: 'width', value: width, type: 'css' };
  return [css, replaceOf('#progress', width)];
}

function replaceOf(selector: string, html: string): object {
  return { selector, html, setType: 'replace', type: 'html' };
}

/** The body as text, whichever way it was framed. */
function bodyOf(answer: RawAnswer): string {
  return answer.head.includes('chunked') ? unchunked(answer) : inUtf8(answer.body);
}

function inUtf8(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
