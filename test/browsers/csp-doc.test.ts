// docs/csp.md is true: its headers are sent, its tables are what happens.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/commands/command.ts';
import type { ReferenceServer } from '../server/server.ts';
import { findBrowsers, type Found } from './drivers.ts';
import { skipIfMissing } from './missing.ts';
import type { Outcome } from './page/policy-doc.ts';
import { policyFrames } from './policy-frames.ts';

const page = readFileSync(new URL('../../docs/csp.md', import.meta.url), 'utf8');

const SCRIPT_POLICIES = ['refuseScripts', 'nonceScripts', 'allowScripts'];

/** What each row of the table about code stands for. */
const CODE: Readonly<Record<string, Command>> = {
  'a `script` command': { type: 'script', script: 'run()' },
  'a script in HTML': html('<script>run()</script>'),
  'an external script in HTML': html('<script src="/run.js"></script>'),
  'an event handler in HTML': html('<img src="/not-there.png" onerror="run()">'),
  'a `javascript:` link in HTML': html('<a href="javascript:void run()">link</a>'),
  'a `redirect` to a `javascript:` URL': { type: 'redirect', redirect: 'javascript:void run()' },
};

/** Neither inline styles nor anything that could run is left of it. */
const DIRTY = '<b>kept</b><img src="/not-there.png" onerror="run()"><script>run()</script>';

const TRUSTED = "require-trusted-types-for 'script'";

for (const found of findBrowsers()) describe(found.name, () => documentedIn(found));

function documentedIn(found: Found): void {
  const run = policyFrames(found, 'policy-doc', servePages);

  describe('under its header', () => {
    for (const [index, name] of SCRIPT_POLICIES.entries()) {
      it.for(tableUnder('Code of the server'))(`${name}: %s`, async (row, context) => {
        skipIfMissing(found, context);
        const [what = ''] = row;
        const outcome = await apply(name, policyUnder(name), CODE[what]);
        expect(wordFor(outcome)).toBe(row[index + 1]);
      });
    }
  });

  it('inserts HTML under each header', async (context) => {
    skipIfMissing(found, context);
    for (const name of SCRIPT_POLICIES) {
      const { html: inserted, errors } = await apply(name, policyUnder(name), html('<b>bold</b>'));
      expect([name, inserted, ...errors]).toEqual([name, '<b>bold</b>']);
    }
  });

  it('refuses without a policy what it can see', async (context) => {
    skipIfMissing(found, context);
    const words = [];
    for (const command of Object.values(CODE)) words.push(wordFor(await apply('refuseScripts', '', command)));
    expect(words).toEqual(['`refused`', '`refused`', '`refused`', 'runs', 'runs', '`refused`']);
  });

  it('runs all of it for allowScripts where Trusted Types are not required', async (context) => {
    skipIfMissing(found, context);
    const policy = policyUnder('allowScripts').replace(/; require-trusted-types-for.*/, '');
    const words = [];
    for (const command of Object.values(CODE))
      words.push(wordFor(await apply('allowScripts', policy, command)));
    expect(words).toEqual(Object.values(CODE).map(() => 'runs'));
  });

  it("runs no code of HTML without 'unsafe-inline'", async (context) => {
    skipIfMissing(found, context);
    const policy = policyUnder('allowScripts').replace(" 'unsafe-inline'", '');
    const words = [];
    for (const command of Object.values(CODE))
      words.push(wordFor(await apply('allowScripts', policy, command)));
    expect(words).toEqual(['runs', 'does not run', 'runs', 'does not run', 'does not run', 'does not run']);
  });

  it('reports HTML where the header does not name the policy', async (context) => {
    skipIfMissing(found, context);
    const { errors } = await apply('refuseScripts', `${TRUSTED}; trusted-types other`, html('<b>bold</b>'));
    expect(errors).toEqual(['command']);
    const styled = { type: 'css', selector: '#box', key: 'color', value: 'red' };
    expect(await apply('refuseScripts', `${TRUSTED}; trusted-types other`, styled)).toMatchObject({
      errors: [],
    });
  });

  it('shares a page with another copy where the header allows duplicates', async (context) => {
    skipIfMissing(found, context);
    const beside = (policy: string): Promise<Outcome> =>
      run(policy, 'applyBesideAnother', 'refuseScripts', html('<b>bold</b>'));
    const policy = policyUnder('The strictest policy');
    expect(await beside(policy)).toMatchObject({ errors: ['command'] });
    expect(await beside(`${policy} 'allow-duplicates'`)).toMatchObject({ errors: [] });
  });

  it.for(tableUnder('Sanitizers'))('cleans by %s with what it needs', async ([name, needs = ''], context) => {
    skipIfMissing(found, context);
    const [types = ''] = /trusted-types [^`]+/.exec(needs) ?? [];
    const policy = `default-src 'self'; ${TRUSTED}; ${types}`;
    const outcome = await apply((name ?? '').replaceAll('`', ''), policy, html(DIRTY));
    if (outcome.errors.length > 0) expect(outcome).toEqual({ ran: false, errors: ['unusable'], html: '' });
    else {
      expect(outcome.ran).toBe(false);
      expect(outcome.html).toMatch(/^<b>kept<\/b>(<img src="\/not-there.png">)?$/);
    }
  });

  describe('a transport', () => {
    it.for(tableUnder('What transports need'))('%s by %s needs %s', async (row, context) => {
      skipIfMissing(found, context);
      const [transport = '', method = '', needs = '', without = ''] = row.map((cell) =>
        cell.replaceAll('`', ''),
      );
      const others = ['connect-src', 'frame-src', 'form-action'].filter((each) => each !== needs);
      const rest = `script-src 'self'; ${others.map((each) => `${each} 'self'`).join('; ')}`;
      const carry = (policy: string): Promise<string> =>
        run(policy, 'carry', transport, method, pathFor(transport));
      expect(await carry(`default-src 'none'; ${rest}; ${needs} 'self'`)).toMatch(/^complete: .*one/s);
      const [end = ''] = without.split(':');
      expect(await carry(`default-src 'none'; ${rest}; ${needs} 'none'`)).toMatch(new RegExp(`^${end}: `));
    });

    it('is told which pages a frame does not show', async (context) => {
      skipIfMissing(found, context);
      const carry = (name: string, path: string): Promise<string> => run('', 'carry', name, 'GET', path);
      expect(await carry('iframe', '/same-origin')).toMatch(/^complete: .*one/);
      expect(await carry('iframe', '/denied')).toMatch(/^(cut|unusable): /);
      expect(await carry('htmlfile', '/denied')).toMatch(/^complete: .*one/);
      expect(await carry('iframe', '/strict')).not.toContain('one');
      expect(await carry('fetch-stream', '/strict')).toContain('one');
    });
  });

  it('sets styles by commands, where HTML may not', async (context) => {
    skipIfMissing(found, context);
    const policy = policyUnder('The strictest policy');
    const color = (command: Command): Promise<string> => run(policy, 'colorAfter', command);
    const box = { selector: '#box', setType: 'replace' };
    const [red, black] = ['rgb(255, 0, 0)', 'rgb(0, 0, 0)'];
    expect(await color({ ...box, type: 'css', key: 'color', value: 'red' })).toBe(red);
    expect(await color({ ...box, type: 'attr', key: 'style', value: 'color: red' })).toBe(red);
    expect(await color(html('<p style="color: red">red</p>'))).toBe(black);
  });

  function apply(name: string, policy: string, command: Command | undefined): Promise<Outcome> {
    return run(policy, 'apply', name, command);
  }
}

function servePages(server: ReferenceServer): void {
  const script = '<!DOCTYPE html><script>parent.enckeReceive("one")</script>';
  const asPage = (path: string, headers: Record<string, string> = {}): void =>
    server.page(path, { contentType: 'text/html; charset=utf-8', body: script, headers });
  server.page('/run.js', { contentType: 'text/javascript', body: 'run()' });
  server.page('/lines', { contentType: 'text/event-stream', body: 'data: one\n\n' });
  asPage('/page');
  asPage('/same-origin', { 'X-Frame-Options': 'SAMEORIGIN' });
  asPage('/denied', { 'X-Frame-Options': 'DENY' });
  asPage('/strict', { 'Content-Security-Policy': "default-src 'self'" });
}

function pathFor(transport: string): string {
  return transport === 'htmlfile' || transport === 'iframe' ? '/page' : '/lines';
}

/** What the table calls it. */
function wordFor({ ran, errors: [code] }: Outcome): string {
  if (ran) return 'runs';
  return code === undefined ? 'does not run' : `\`${code}\``;
}

function html(text: string): Command {
  return { type: 'html', selector: '#box', html: text, setType: 'replace' };
}

/** The header under a heading; that of the strictest policy where a section has none of its own. */
function policyUnder(heading: string): string {
  const [, policy] = /^Content-Security-Policy: (.*)$/m.exec(sectionUnder(heading)) ?? [];
  return policy ?? policyUnder('The strictest policy');
}

function tableUnder(heading: string): string[][] {
  const lines = sectionUnder(heading).match(/^\|.*\|$/gm) ?? [];
  return lines.slice(2).map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
}

function sectionUnder(heading: string): string {
  const [, section] = page.split(new RegExp(`^#+ ${heading}$`, 'm'));
  if (section === undefined) throw new Error(`docs/csp.md has no section "${heading}".`);
  return section.split(/^#/m)[0] ?? '';
}
