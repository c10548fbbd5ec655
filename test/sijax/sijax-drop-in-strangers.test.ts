// @vitest-environment happy-dom

// Where the drop-in sends, whatever the markup of the page says.

import { afterEach, describe, expect, it, vi } from 'vitest';
import { installDropIn } from './drop-in-page.ts';

const PAGE = 'http://localhost:3000/chat';

afterEach(() => {
  document.head.innerHTML = document.body.innerHTML = '';
  vi.unstubAllGlobals();
});

function loadPage(html = ''): void {
  (window as unknown as { happyDOM: { setURL(url: string): void } }).happyDOM.setURL(PAGE);
  document.head.innerHTML = html;
}

/** Notes where requests go and with which headers; none is answered. */
function stubXhr() {
  const sent: { url: string; headers: string[] }[] = [];
  class FakeXhr extends EventTarget {
    upload = new EventTarget();
    open(_method: string, url: string | URL): void {
      sent.unshift({ url: String(url), headers: [] });
    }
    setRequestHeader(name: string): void {
      sent[0]?.headers.push(name);
    }
    send(): void {}
    abort(): void {}
  }
  vi.stubGlobal('XMLHttpRequest', FakeXhr);
  return sent;
}

describe('a base of another origin', () => {
  const BASE = '<base href="https://evil.test/">';

  it('leads no call there', async () => {
    loadPage(BASE);
    const sent = stubXhr();
    const { Sijax } = await installDropIn();
    Sijax.setRequestUri('/sijax');
    Sijax.request('say', [], { data: { token: 'secret' } });
    expect(sent[0]?.url).toBe('http://localhost:3000/sijax');
  });

  it('leads no comet call there', async () => {
    loadPage(BASE);
    const asked: string[] = [];
    vi.stubGlobal('fetch', (url: string) => {
      asked.push(url);
      return new Promise(() => {});
    });
    const { Sijax, sjxComet } = await installDropIn();
    Sijax.setRequestUri('/sijax');
    const { abort } = sjxComet.request('work', [], { data: { token: 'secret' } });
    await Promise.resolve();
    expect(asked).toEqual(['http://localhost:3000/sijax']);
    abort();
  });

  it('leads no form there that is given the request URI', async () => {
    loadPage(BASE);
    document.body.innerHTML = '<form id="f"></form>';
    const { Sijax, sjxUpload } = await installDropIn();
    Sijax.setRequestUri('/sijax');
    sjxUpload.registerForm({ formId: 'f', callback: 'take' });
    expect(document.querySelector('form')?.getAttribute('action')).toBe('http://localhost:3000/sijax');
  });
});

describe('a call', () => {
  it.each([
    ['/sijax', true],
    ['https://api.test/sijax', false],
  ])('to %s says that it is one by a header: %s', async (uri, said) => {
    loadPage();
    const sent = stubXhr();
    vi.stubGlobal('origin', 'http://localhost:3000');
    const { Sijax } = await installDropIn();
    Sijax.setRequestUri(uri);
    Sijax.request('say');
    expect(sent[0]?.headers.includes('x-requested-with')).toBe(said);
  });
});

describe('a form that goes to another origin', () => {
  it('is left to the browser, and no request of ours is made', async () => {
    loadPage();
    const sent = stubXhr();
    document.body.innerHTML = '<form id="f" action="https://evil.test/up"></form>';
    const { sjxUpload } = await installDropIn();
    sjxUpload.registerForm({ formId: 'f', callback: 'take' });
    const event = new Event('submit', { bubbles: true, cancelable: true });
    document.querySelector('form')?.dispatchEvent(event);
    expect(event.defaultPrevented).toBe(false);
    expect(sent).toEqual([]);
  });
});
