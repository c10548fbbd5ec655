// @vitest-environment happy-dom
// Which code may run. That browsers agree is in test/browsers/command-scripts.test.ts.

import { describe, expect, it } from 'vitest';
import { allowScripts, evaluate, nonceScripts, refuseScripts } from '../../src/commands/script-policy.ts';
import { codeOf } from './command-bench.ts';

describe('refuseScripts', () => {
  it('runs nothing, and says which option would', () => {
    expect(refuseScripts.allowsScripts).toBe(false);
    expect(codeOf(() => refuseScripts.run('1'))).toBe('refused');
    expect(() => refuseScripts.run('1')).toThrow('"scripts"');
  });

  it('leaves scripts of HTML as they are', () => {
    document.body.innerHTML = '<script>1</script>';
    const script = document.querySelector('script') as HTMLScriptElement;
    expect(refuseScripts.revive(script)).toBeUndefined();
    expect(document.querySelector('script')).toBe(script);
  });
});

describe('allowScripts', () => {
  it('runs code as a function of its own', () => {
    const told: unknown[] = [];
    Object.assign(globalThis, { told });
    allowScripts.run('var local = 1; told.push(local, this === globalThis) // a comment');
    allowScripts.run('told.push(typeof local); return; told.push("never")');
    expect(told).toEqual([1, true, 'undefined']);
  });

  it('sees nothing of ours', () => {
    expect(() => allowScripts.run('code')).toThrow('code is not defined');
  });

  it('lets through what the code throws', () => {
    expect(() => allowScripts.run('throw new RangeError("thrown")')).toThrow('thrown');
    expect(() => allowScripts.run('not a script')).toThrow(SyntaxError);
  });
});

describe('evaluate', () => {
  it('gives the value of an expression', () => {
    expect(evaluate('[1, 2].map((value) => value * 2)')).toEqual([2, 4]);
  });
});

describe.each([
  ['nonceScripts', nonceScripts('abc')],
  ['allowScripts', allowScripts],
])('a script of HTML under %s', (_, policy) => {
  it('is made anew where it stands, with its attributes', () => {
    document.body.innerHTML = '<b></b><script data-x="1" type="module" nonce="">1</script><i></i>';
    const old = document.querySelector('script') as HTMLScriptElement;
    expect(policy.revive(old)).toBeUndefined();
    const script = document.querySelector('b + script') as HTMLScriptElement;
    expect(script).not.toBe(old);
    expect(script.getAttributeNames()).toEqual(['data-x', 'type', 'nonce']);
    expect([script.dataset['x'], script.type, script.text]).toEqual(['1', 'module', '1']);
  });

  it('is left alone when it is in no page', () => {
    const script = document.createElement('script');
    script.src = '/never';
    expect(policy.revive(script)).toBeUndefined();
  });
});

describe('nonceScripts', () => {
  it('gives its nonce to scripts of HTML', () => {
    document.body.innerHTML = '<script nonce="of the server">1</script>';
    void nonceScripts('abc').revive(document.querySelector('script') as HTMLScriptElement);
    expect(document.querySelector('script')?.nonce).toBe('abc');
  });
});
