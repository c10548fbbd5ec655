// Frames under a content security policy, in which a test's page code runs.

import { afterAll, beforeAll } from 'vitest';
import { startServer, type ReferenceServer } from '../server/server.ts';
import { bundle } from './bundle.ts';
import { borrow, type Browser, type Found, type Page } from './drivers.ts';

/** Of the page code's own script, for policies that ask for one. */
export const NONCE = 'cmFuZG9t';

/** Calls an export of the page code in a fresh frame under a policy; `''` is none. */
export type RunUnderPolicy = <Result>(policy: string, name: string, ...values: unknown[]) => Promise<Result>;

/**
 * Has a browser and a server for the tests of this block. The page code is `page/CODE.ts`.
 *
 * The page with the policy is a frame: the drivers themselves evaluate text, which Trusted Types forbid.
 */
export function policyFrames(
  found: Found,
  code: string,
  prepare?: (server: ReferenceServer) => void,
): RunUnderPolicy {
  let server: ReferenceServer | undefined;
  let browser: Browser | undefined;
  let page: Page | undefined;
  let pages = 0;

  beforeAll(async () => {
    if ('missing' in found) return;
    server = await startServer();
    const body = await bundle(`test/browsers/page/${code}.ts`, 'pageCode');
    server.page('/page-code.js', { contentType: 'text/javascript', body });
    prepare?.(server);
    browser = await borrow(found);
    page = await browser.newPage(`${server.url}/html`);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  return (policy, name, ...values) => {
    if (!server || !page) throw new Error('The browser has not been started.');
    const path = `/policy-${++pages}.html`;
    const headers: Record<string, string> = policy ? { 'Content-Security-Policy': policy } : {};
    const body = `<!DOCTYPE html><title>policy</title><script nonce="${NONCE}" src="/page-code.js"></script><body></body>`;
    server.page(path, { contentType: 'text/html; charset=utf-8', body, headers });
    return page.run(runInFrame, path, name, values);
  };
}

async function runInFrame(path: string, name: string, values: unknown[]): Promise<unknown> {
  const frame = document.createElement('iframe');
  frame.src = path;
  await new Promise((resolve) => {
    frame.onload = resolve;
    document.body.append(frame);
  });
  const { pageCode } = frame.contentWindow as unknown as {
    pageCode: Record<string, ((...values: unknown[]) => unknown) | undefined>;
  };
  const result = await pageCode[name]?.(...values);
  frame.remove();
  return result;
}
