import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as TrustedTypes from '../../src/ground/trusted-types.ts';

/** A module that has not asked for its policy yet, as in a new page. */
let trustedTypes: typeof TrustedTypes;

beforeEach(async () => {
  vi.resetModules();
  trustedTypes = await import('../../src/ground/trusted-types.ts');
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('the Trusted Types policy', () => {
  it('is asked for once, and signs all', () => {
    const createPolicy = vi.fn((_name: string, { createHTML }: { createHTML(html: string): string }) => ({
      createHTML: (html: string) => `signed ${createHTML(html)}`,
    }));
    vi.stubGlobal('trustedTypes', { createPolicy });
    expect([trustedTypes.trustedHtml('<b>'), trustedTypes.trustedHtml('<i>')]).toEqual([
      'signed <b>',
      'signed <i>',
    ]);
    expect(createPolicy.mock.calls).toEqual([['encke', expect.anything()]]);
  });

  it('is asked for once, too, where the page forbids it: each refusal is reported to its owner', () => {
    const createPolicy = vi.fn(() => {
      throw new TypeError('Policy "encke" disallowed.');
    });
    vi.stubGlobal('trustedTypes', { createPolicy });
    expect([trustedTypes.trustedHtml('<b>'), trustedTypes.trustedHtml('<i>')]).toEqual(['<b>', '<i>']);
    expect(createPolicy).toHaveBeenCalledTimes(1);
  });

  it('is missed by nobody in a browser that knows none', () => {
    vi.stubGlobal('trustedTypes', undefined);
    expect(trustedTypes.trustedHtml('<b>')).toBe('<b>');
    expect(trustedTypes.trustedScript('run()')).toBe('run()');
    expect(trustedTypes.trustedScriptUrl('/run.js')).toBe('/run.js');
  });
});
