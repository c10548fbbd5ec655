// @vitest-environment happy-dom
// Which code may run. That browsers agree is in test/browsers/command-scripts.test.ts.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  allowScripts,
  allowUnsigned,
  evaluate,
  nonceScripts,
  refuseScripts,
} from '../../src/commands/script-policy.ts';
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

describe('both that allow code', () => {
  it('say so', () => {
    expect([allowScripts.allowsScripts, nonceScripts('abc').allowsScripts]).toEqual([true, true]);
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

  it.each(['load', 'error'])('is waited for where it is external, until its %s', async (type) => {
    const { script, work } = reviveExternal('<script src="/a.js"></script>');
    let isOver = false;
    const over = work?.then(() => (isOver = true));
    await Promise.resolve();
    expect(isOver).toBe(false);
    script.dispatchEvent(new Event(type));
    await over;
    expect(isOver).toBe(true);
  });

  it.each(['type="module"', 'nomodule'])('is not waited for where it is external, with %s', (attribute) => {
    expect(reviveExternal(`<script src="/a.js" ${attribute}></script>`).work).toBeUndefined();
  });

  it('has nothing by which a browser would pass it over without an event', () => {
    const html = '<script src="/a.js" type="TEXT/JAVASCRIPT;x" language="vb" event="x" data-x="1"></script>';
    const { script } = reviveExternal(html);
    expect(script.type).toBe('text/javascript');
    expect(script.getAttributeNames().filter((name) => name !== 'nonce')).toEqual(['src', 'type', 'data-x']);
    expect(reviveExternal('<script src="/a.js"></script>').script.hasAttribute('type')).toBe(false);
  });

  /** Nothing is loaded: the script is put where no page is. */
  function reviveExternal(html: string): { script: HTMLScriptElement; work: Promise<void> | undefined } {
    const template = document.createElement('template');
    template.innerHTML = html;
    const old = template.content.firstChild as HTMLScriptElement;
    Object.defineProperty(old, 'isConnected', { value: true });
    const work = policy.revive(old) as Promise<void> | undefined;
    return { script: template.content.firstChild as HTMLScriptElement, work };
  }

  it('is not waited for in a document without a window, which loads nothing', () => {
    const page = document.implementation.createHTMLDocument('');
    page.body.innerHTML = '<script src="/a.js"></script>';
    expect(policy.revive(page.querySelector('script') as HTMLScriptElement)).toBeUndefined();
  });

  it('is left alone when it is in no page', () => {
    const script = document.createElement('script');
    script.src = '/never';
    expect(policy.revive(script)).toBeUndefined();
  });
});

describe('a script of a drawing', () => {
  const HTML = 'http://www.w3.org/1999/xhtml';
  const SVG = 'http://www.w3.org/2000/svg';

  it.each([
    ['allowScripts', allowScripts, 'its code', HTML],
    ['allowScripts', allowScripts, '', SVG],
    ['nonceScripts', nonceScripts('abc'), 'its code', HTML],
    ['nonceScripts', nonceScripts('abc'), '', SVG],
    ['allowUnsigned', allowUnsigned, 'its code', SVG],
    ['allowUnsigned', allowUnsigned, '', SVG],
  ] as const)('under %s is made anew where its code can be signed', (...row) => {
    const [, policy, code, namespace] = row;
    document.body.innerHTML = '';
    const script = document.createElementNS(SVG, 'script');
    // happy-dom would run it as it comes in.
    script.setAttribute('type', 'text/plain');
    script.textContent = code;
    document.body.append(script);
    void policy.revive(script as unknown as HTMLScriptElement);
    const fresh = document.body.firstElementChild;
    expect(fresh === script).toBe(false);
    expect([fresh?.namespaceURI, fresh?.textContent]).toEqual([namespace, code]);
  });
});

describe('allowUnsigned', () => {
  it('runs code as allowScripts does', () => {
    const told: unknown[] = [];
    Object.assign(globalThis, { told });
    allowUnsigned.run('told.push(1)');
    expect([told, allowUnsigned.allowsScripts]).toEqual([[1], true]);
  });
});

describe('nonceScripts', () => {
  it('gives its nonce to scripts of HTML', () => {
    document.body.innerHTML = '<script nonce="of the server">1</script>';
    void nonceScripts('abc').revive(document.querySelector('script') as HTMLScriptElement);
    expect(document.querySelector('script')?.nonce).toBe('abc');
  });

  describe('runs code, as a browser does it,', () => {
    const told: unknown[] = [];

    beforeEach(() => {
      told.length = 0;
      Object.assign(globalThis, { told });
    });

    afterEach(() => {
      vi.restoreAllMocks();
    });

    it('as a function of its own, in a script with the nonce that is gone afterwards', () => {
      const nonces = runScripts('abc');
      nonceScripts('abc').run('var local = 1; told.push(local, this === globalThis) // a comment');
      nonceScripts('abc').run('told.push(typeof local); return; told.push("never")');
      expect(told).toEqual([1, true, 'undefined']);
      expect(nonces).toEqual(['abc', 'abc']);
      expect(document.head.querySelector('script')).toBeNull();
    });

    it.each(['new RangeError("thrown")', 'undefined', '0'])(
      'and throws what the code throws: %s',
      (thrown) => {
        runScripts('abc');
        let caught: unknown[] = [];
        try {
          nonceScripts('abc').run(`told.push(${thrown}); throw told[0]`);
        } catch (error) {
          caught = [error];
        }
        expect(caught).toEqual(told);
      },
    );

    it('and throws what cannot be parsed, which nobody else hears of', () => {
      runScripts('abc');
      const heard = vi.fn();
      addEventListener('error', heard);
      expect(() => nonceScripts('abc').run('not a script')).toThrow(SyntaxError);
      expect(heard).not.toHaveBeenCalled();
      removeEventListener('error', heard);
      expect(isUnheard()).toBe(true);
    });

    it('and leaves errors of others to the page', () => {
      runScripts('abc');
      const heard = vi.fn((event: Event) => event.defaultPrevented);
      addEventListener('error', heard);
      Object.assign(globalThis, { fail: isUnheard });
      nonceScripts('abc').run('told.push(fail())');
      expect(told).toEqual([true]);
      expect(heard).toHaveReturnedWith(false);
      removeEventListener('error', heard);
    });

    it('unless the policy of the page knows another nonce', () => {
      runScripts('other');
      expect(codeOf(() => nonceScripts('abc').run('told.push(1)'))).toBe('refused');
      expect(told).toEqual([]);
    });

    /** Whether an error goes by without anybody who keeps it from the page. */
    function isUnheard(): boolean {
      return dispatchEvent(new ErrorEvent('error', { error: new Error('another'), cancelable: true }));
    }

    /** happy-dom runs no code: this does, where a script has the nonce of the page. Gives the nonces of all scripts. */
    function runScripts(nonceOfPage: string): string[] {
      const nonces: string[] = [];
      vi.spyOn(document.head, 'append').mockImplementation((...nodes) => {
        const script = nodes[0] as HTMLScriptElement;
        nonces.push(script.nonce);
        document.head.insertBefore(script, null);
        if (script.nonce !== nonceOfPage) return;
        vi.spyOn(Document.prototype, 'currentScript', 'get').mockReturnValue(script);
        try {
          evaluate(script.text);
        } catch (error) {
          dispatchEvent(new ErrorEvent('error', { error, cancelable: true }));
        }
      });
      return nonces;
    }
  });
});
