// @vitest-environment happy-dom
// The browser's own sanitizer, which this document has not.

import { afterEach, describe, expect, it } from 'vitest';
import { nativeSanitizer } from '../../src/commands/native-sanitizer.ts';
import { codeOf, commandBench } from './command-bench.ts';

const html = {
  type: 'html',
  selector: 'tbody',
  html: '<tr onclick="no()"><td>1</td></tr>',
  setType: 'append',
};

const BODY = '<table><tbody></tbody></table>';

afterEach(() => Reflect.deleteProperty(HTMLTemplateElement.prototype, 'setHTML'));

describe('nativeSanitizer', () => {
  it('gives what the browser leaves, as nodes', () => {
    Object.assign(HTMLTemplateElement.prototype, {
      setHTML(this: HTMLTemplateElement, text: string) {
        this.innerHTML = text.replace(' onclick="no()"', '');
      },
    });
    const bench = commandBench(BODY, { sanitize: nativeSanitizer });
    bench.apply(html);
    expect(bench.html()).toBe('<table><tbody><tr><td>1</td></tr></tbody></table>');
  });

  it('says where there is none, and lets nothing in', () => {
    const bench = commandBench(BODY, { sanitize: nativeSanitizer });
    expect(codeOf(() => bench.apply(html))).toBe('unusable');
    expect(() => bench.apply(html)).toThrow('setHTML');
    expect(bench.html()).toBe(BODY);
  });
});
