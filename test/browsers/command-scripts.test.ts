// Code that a server sends: where it runs, and what is said where it does not.

import { describe, expect, it, type TestContext } from 'vitest';
import type { Command } from '../../src/commands/command.ts';
import { findBrowsers, type Found } from './drivers.ts';
import { skipIfMissing } from './missing.ts';
import type { CommandOutcome, Scripts } from './page/commands.ts';
import { NONCE, policyFrames } from './policy-frames.ts';

const TRUSTED = "require-trusted-types-for 'script'; trusted-types encke";
const WITH_NONCE = `script-src 'self' 'nonce-${NONCE}'`;
const WITH_EVAL = "script-src 'self' 'unsafe-inline' 'unsafe-eval'";

/** It ends after the command behind it, which would never come if it were waited for. */
const MODULE =
  'while (!window.isNext) await new Promise((resolve) => setTimeout(resolve, 5)); note("module")';

type Place = readonly [name: string, policy: string, scripts: Scripts];

/** Where code runs. */
const PLACES: readonly Place[] = [
  ['allowScripts without a policy', '', 'allow'],
  ['allowScripts and Trusted Types', `${WITH_EVAL}; ${TRUSTED}`, 'allow'],
  ['nonceScripts', WITH_NONCE, { nonce: NONCE }],
  ['nonceScripts and Trusted Types', `${WITH_NONCE}; ${TRUSTED}`, { nonce: NONCE }],
  ['nonceScripts and strict-dynamic', `${WITH_NONCE} 'strict-dynamic'`, { nonce: NONCE }],
];

for (const found of findBrowsers()) describe(found.name, () => scriptsIn(found));

function scriptsIn(found: Found): void {
  const run = policyFrames(found, 'commands', (server) => {
    server.page('/external.js', { contentType: 'text/javascript', body: 'note("external")' });
  });

  for (const place of PLACES) describe(place[0], () => codeRuns(place));

  it('is refused by default, with what would allow it', async (context) => {
    const { errors, calls } = await play(context, ['', "script-src 'self'", 'refuse'], [script('note(1)')]);
    expect(calls).toEqual([]);
    expect(errors).toMatchObject([{ code: 'refused', place: 0 }]);
    expect(errors[0]?.message).toContain('"scripts"');
  });

  it('is refused where the policy has another nonce', async (context) => {
    const { errors, calls } = await play(context, ['', WITH_NONCE, { nonce: 'other' }], [script('note(1)')]);
    expect(calls).toEqual([]);
    expect(errors).toMatchObject([{ code: 'refused', place: 0 }]);
    expect(errors[0]?.message).toContain('content security policy');
  });

  it('fails where the policy has no eval', async (context) => {
    const { errors, calls } = await play(context, ['', "script-src 'self'", 'allow'], [script('note(1)')]);
    expect(calls).toEqual([]);
    expect(errors).toMatchObject([
      { code: 'command', place: 0, cause: expect.stringContaining('EvalError') as string },
    ]);
  });

  function codeRuns(place: Place): void {
    it('runs as functions of its own', async (context) => {
      const { calls, errors, uncaught } = await play(context, place, [
        script('note(this === window); var local = 1; const constant = 1; note(local)'),
        script('note(typeof local); const constant = 2 // a comment'),
        script('return note("returned"); note("never")'),
        script('window.global = 5'),
        script('note(global)'),
        script(''),
      ]);
      expect(calls).toEqual(notes(true, 1, 'undefined', 'returned', 5));
      expect([...errors, ...uncaught]).toEqual([]);
    });

    it('is reported where it throws, and what is behind it goes on', async (context) => {
      const { calls, errors, uncaught } = await play(context, place, [
        script('note(1); nobody()'),
        script('throw new RangeError("thrown")'),
        script('throw null'),
        script('not a script'),
        script('note(2)'),
      ]);
      expect(errors).toMatchObject([0, 1, 2, 3].map((index) => ({ code: 'command', place: index })));
      expect(errors.map(({ cause }) => cause.split(':')[0])).toEqual([
        'ReferenceError',
        'RangeError',
        'null',
        'SyntaxError',
      ]);
      expect(calls).toEqual(notes(1, 2));
      // What cannot be parsed, Chromium tells whoever listened before us.
      expect(uncaught.filter((message) => !message.includes('SyntaxError'))).toEqual([]);
    });

    it('leaves to the page what others throw while it runs', async (context) => {
      const { calls, errors, uncaught } = await play(context, place, [
        script('addEventListener("sent", () => { throw new Error("of a listener") }, { once: true })'),
        script('dispatchEvent(new Event("sent")); note("behind")'),
      ]);
      expect(calls).toEqual(notes('behind'));
      expect(errors).toEqual([]);
      expect(uncaught).toEqual([expect.stringContaining('of a listener')]);
    });

    it('runs in html where it stands, in its order, and once', async (context) => {
      const stage = '<div class="box"></div><div class="box"></div>';
      const code =
        '<script>note(document.querySelectorAll("b").length)</script><b></b><script>note("second")</script>';
      const outcome = await play(context, place, [html('.box', code)], stage);
      expect(outcome.calls).toEqual(notes(2, 'second'));
      expect(outcome.stage.replace(/ nonce="[^"]*"/g, '')).toBe(`<div class="box">${code}</div>`.repeat(2));
    });

    it('is waited for where it is external, even if it is not there', async (context) => {
      const { calls, errors } = await play(context, place, [
        html('#box', '<script src="/external.js"></script><script>note("behind")</script>'),
        script('note("next")'),
        html('#box', '<script src="/not-there.js"></script><script>note("behind none")</script>'),
        script('note("last")'),
      ]);
      expect(calls).toEqual(notes('external', 'behind', 'next', 'behind none', 'last'));
      expect(errors).toEqual([]);
    });

    it('is waited for whatever it is called, and runs', async (context) => {
      const { calls, errors } = await play(context, place, [
        html('#box', '<script src="/external.js" type="text/javascript; charset=utf-8"></script>'),
        script('note("next")'),
        html('#box', '<script src="/external.js" language="ecmascript6"></script>'),
        script('note("next")'),
        html('#box', '<script src="/external.js" for="window" event="onfocus"></script>'),
        script('note("last")'),
      ]);
      expect(calls).toEqual(notes('external', 'next', 'external', 'next', 'external', 'last'));
      expect(errors).toEqual([]);
    });

    it('runs with whatever attributes it has', async (context) => {
      const { calls, errors } = await play(context, place, [
        html('#box', '<script src="/external.js" onload="1" onerror="1" @load="1" "quoted"></script>'),
        html('#box', '<script onload="1" [x]="1">note("inline")</script><script>note("behind")</script>'),
        html('#box', '<svg><script xlink:href="/external.js?drawing"></script></svg>'),
        html('#box', '<svg><script href="/external.js?drawing"></script></svg>', 'append'),
        { type: 'call', call: 'heard', params: ['external', 3] },
      ]);
      expect(calls).toEqual(notes('external', 'inline', 'behind', 'external', 'external'));
      expect(errors).toEqual([]);
    });

    it('runs beside an image that hides what a document says of scripts', async (context) => {
      const stage = '<img name="currentScript"><div id="box"></div>';
      const commands = [script('note(1)'), script('throw new RangeError("thrown")')];
      const { calls, errors } = await play(context, place, commands, stage);
      expect(calls).toEqual(notes(1));
      expect(errors).toMatchObject([{ code: 'command', place: 1 }]);
    });

    it('does not run where it is data, meant for other browsers, or gone', async (context) => {
      const gone = (attribute: string) =>
        `<script>document.getElementById("gone").remove()</script><script id="gone"${attribute}>note(3)</script>`;
      const { calls, errors } = await play(context, place, [
        html('#box', '<script type="text/plain">note(1)</script><script type="application/json">{}</script>'),
        html('#box', '<script nomodule>note(2)</script><script nomodule src="/external.js"></script>'),
        html('#box', gone('')),
        html('#box', gone(' src="/external.js"')),
        script('note("last")'),
      ]);
      expect(calls).toEqual(notes('last'));
      expect(errors).toEqual([]);
    });

    it('runs in rows and in drawings', async (context) => {
      const stage = '<table><tbody id="body"></tbody></table><svg id="svg"></svg>';
      const commands = [
        html('#body', '<tr><td><script>note("cell")</script></td></tr><script>note("row")</script>'),
        html('#svg', '<g></g><script>note("drawing")</script>', 'append'),
      ];
      expect((await play(context, place, commands, stage)).calls).toEqual(notes('cell', 'row', 'drawing'));
    });

    it('runs as a module, which is not waited for', async (context) => {
      const { calls } = await play(context, place, [
        html('#box', `<script type="module">${MODULE}</script>`),
        script('note("next"); window.isNext = true'),
        { type: 'call', call: 'heard', params: ['module'] },
      ]);
      expect(calls).toEqual(notes('next', 'module'));
    });
  }

  function play(
    context: TestContext,
    [, policy, scripts]: Place,
    commands: readonly Command[],
    stage = '<div id="box"></div>',
  ): Promise<CommandOutcome> {
    skipIfMissing(found, context);
    return run(policy, 'play', stage, commands, scripts);
  }
}

function notes(...values: unknown[]): unknown[][] {
  return values.map((value) => ['note', value]);
}

function script(code: string): Command {
  return { type: 'script', script: code };
}

function html(selector: string, text: string, setType = 'replace'): Command {
  return { type: 'html', selector, html: text, setType };
}
