// What a content security policy forbids, each transport says, and the others go on.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type ReferenceServer } from '../server/server.ts';
import { bundle } from './bundle.ts';
import { borrow, findBrowsers, type Browser, type Found, type Page } from './drivers.ts';

const TWO_SCRIPTS =
  '<!DOCTYPE html><script>parent.enckeReceive("one")</script><script>parent.enckeReceive("two")</script>';

const TRUSTED = "require-trusted-types-for 'script'; trusted-types encke";

for (const found of findBrowsers()) describe(found.name, () => policiesIn(found));

function policiesIn(found: Found): void {
  let server: ReferenceServer | undefined;
  let browser: Browser | undefined;
  let page: Page;

  beforeAll(async () => {
    if ('missing' in found) {
      if (process.env['CI']) throw new Error(found.missing);
      return;
    }
    server = await startServer();
    const body = await bundle('test/browsers/page/policies.ts', 'policies');
    server.page('/policies.js', { contentType: 'text/javascript', body });
    server.page('/two-scripts', { contentType: 'text/html; charset=utf-8', body: TWO_SCRIPTS });
    browser = await borrow(found);
    // The page with the policy is a frame: the drivers themselves evaluate text, which Trusted Types forbid.
    page = await browser.newPage(`${server.url}/html`);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  /** How the transport ends in a page under this policy, and what it said before. */
  async function underPolicy(policy: string, transport: string, method = 'GET'): Promise<Outcome> {
    return page.run<Outcome>(runInFrame, pageUnder(policy), transport, method);
  }

  function pageUnder(policy: string): string {
    if (!server) throw new Error('no server');
    const path = `/policy-${Math.random().toString(36).slice(2)}.html`;
    const headers = { 'Content-Security-Policy': policy };
    const body = '<!DOCTYPE html><title>policy</title><script src="/policies.js"></script>';
    server.page(path, { contentType: 'text/html; charset=utf-8', body, headers });
    return path;
  }

  const cases: readonly [string, string, string, string, RegExp][] = [
    [
      'htmlfile parses under Trusted Types that name its policy',
      TRUSTED,
      'htmlfile',
      'GET',
      /^complete: .*one.*two/,
    ],
    [
      'htmlfile is unusable where Trusted Types leave it out',
      "require-trusted-types-for 'script'; trusted-types other",
      'htmlfile',
      'GET',
      /^unusable: .*trusted-types encke/,
    ],
    [
      'iframe is unusable where no frame is allowed',
      "frame-src 'none'",
      'iframe',
      'GET',
      /^unusable: .*frame-src/,
    ],
    [
      'iframe is unusable where no form may be sent',
      "form-action 'none'",
      'iframe',
      'POST',
      /^unusable: .*form-action/,
    ],
    [
      'iframe runs under Trusted Types and script-src self',
      `${TRUSTED}; default-src 'self'`,
      'iframe',
      'GET',
      /^complete: .*one.*two/,
    ],
    [
      'fetch is cut where connect-src leaves the server out',
      "connect-src 'none'",
      'fetch-stream',
      'GET',
      /^cut: .*CSP/,
    ],
    [
      'XHR is cut where connect-src leaves the server out',
      "connect-src 'none'",
      'xhr-stream',
      'GET',
      /^cut: .*CSP/,
    ],
    [
      'EventSource is cut where connect-src leaves the server out',
      "connect-src 'none'",
      'event-source',
      'GET',
      /^cut: /,
    ],
  ];

  for (const [sentence, policy, transport, method, expected] of cases) {
    it(sentence, async (context) => {
      if ('missing' in found) context.skip(found.missing);
      const { end, text } = await underPolicy(policy, transport, method);
      expect(`${end}: ${text}`).toMatch(expected);
    });
  }

  // Nothing listens there; the policy forbids it before that shows.
  const ELSEWHERE = 'http://localhost:1/elsewhere';

  it.each([
    ['is redirected to what form-action forbids', "form-action 'self'", 302],
    ['is redirected, with its body, to what form-action forbids', "form-action 'self'", 307],
    ['is redirected to what frame-src forbids', "frame-src 'self'", 302],
    ['is redirected to what both forbid', "form-action 'self'; frame-src 'self'", 302],
  ])('a form that %s is sent once', async (_, policy, status) => {
    if ('missing' in found || !server) return expect(found).toHaveProperty('missing');
    const name = `redirected-${Math.random().toString(36).slice(2)}`;
    server.script(name, [[{ head: { status, headers: { Location: ELSEWHERE } } }]]);
    const outcome = await page.run<string>(postInFrame, pageUnder(policy), `/scripted/${name}`);
    expect(outcome).toMatch(/^(unusable|network|timeout) by iframe$/);
    expect(server.log(name).map(({ method }) => method)).toEqual(['POST']);
  });

  it('a form that the policy forbids from the beginning is sent at most once, by one of the transports', async () => {
    if ('missing' in found || !server) return expect(found).toHaveProperty('missing');
    const name = `forbidden-${Math.random().toString(36).slice(2)}`;
    const head = { headers: { 'Content-Type': 'text/html' } };
    server.script(name, [[{ head }, { send: TWO_SCRIPTS }]]);
    const outcome = await page.run<string>(postInFrame, pageUnder("form-action 'none'"), `/scripted/${name}`);
    // Firefox tells before it sends anything; the others tell of this as they tell of a redirect.
    const isToldAtOnce = found.name === 'firefox';
    expect(outcome).toBe(isToldAtOnce ? 'done by fetch-stream' : 'unusable by iframe');
    expect(server.log(name)).toHaveLength(isToldAtOnce ? 1 : 0);
  });
}

async function postInFrame(path: string, url: string): Promise<string> {
  const frame = document.createElement('iframe');
  frame.src = path;
  await new Promise((resolve) => {
    frame.onload = resolve;
    document.body.append(frame);
  });
  const { policies } = frame.contentWindow as unknown as { policies: { post(url: string): Promise<string> } };
  const outcome = await policies.post(url);
  frame.remove();
  return outcome;
}

async function runInFrame(path: string, transport: string, method: string): Promise<Outcome> {
  const frame = document.createElement('iframe');
  frame.src = path;
  await new Promise((resolve) => {
    frame.onload = resolve;
    document.body.append(frame);
  });
  const { policies } = frame.contentWindow as unknown as {
    policies: { run(name: string, method: string): Promise<Outcome> };
  };
  const outcome = await policies.run(transport, method);
  frame.remove();
  return outcome;
}

interface Outcome {
  readonly end: string;
  readonly text: string;
}
