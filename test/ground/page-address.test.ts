// What relative URLs are resolved against.

import { afterEach, expect, it, vi } from 'vitest';
import { baseUrl } from '../../src/ground/page-address.ts';

afterEach(() => vi.unstubAllGlobals());

it.each([
  ['https://app.test/a?b=//c@d', 'https://app.test/a?b=//c@d'],
  ['http://user:pass@app.test:8080/a', 'http://app.test:8080/a'],
  ['http://user@app.test/@', 'http://app.test/@'],
  ['blob:https://app.test/5', 'blob:https://app.test/5'],
  ['data:text/html,https://user@app.test/', 'data:text/html,https://user@app.test/'],
])('of a page at %s is %s: fetch refuses a URL with credentials', (address, expected) => {
  vi.stubGlobal('document', { baseURI: address });
  expect(baseUrl()).toBe(expected);
  vi.stubGlobal('document', undefined);
  vi.stubGlobal('location', { href: address });
  expect(baseUrl()).toBe(expected);
});
