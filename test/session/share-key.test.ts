import { describe, expect, it } from 'vitest';
import { EnckeError } from '../../src/ground/errors.ts';
import { json } from '../../src/formats/json.ts';
import { jsonLines } from '../../src/formats/json-lines.ts';
import { resolveOptions, type SubscribeOptions } from '../../src/options.ts';
import { isOpaque, pageKey, tabsKey } from '../../src/session/keys.ts';
import { memoryTransport } from '../../src/testing.ts';

const URL_OF_ALL = 'https://app.test/events';

type Key = (options?: SubscribeOptions, url?: string) => string;

const keys: [string, Key][] = [
  ['in a page', (options = {}, url = URL_OF_ALL) => pageKey(url, resolveOptions(options))],
  ['in all tabs', (options = {}, url = URL_OF_ALL) => tabsKey(url, resolveOptions(options))],
];

describe.each(keys)('what makes subscriptions equal %s', (_, key) => {
  it('is the URL and the options, in any order, a default said or not', () => {
    expect(key({ heartbeat: 5, retryDelay: 7 })).toBe(key({ retryDelay: 7, heartbeat: 5 }));
    const [body, format, resume] = ['a', json, 'session'] as const;
    expect(key({ resume, format, body })).toBe(key({ body, format, resume }));
    expect(key({ format, body, resume })).toBe(key({ body, format, resume }));
    expect(key({ credentials: 'same-origin', lastEventId: '' })).toBe(key());
    expect(key({}, `${URL_OF_ALL}?topic=1`)).not.toBe(key());
  });

  it('is not what each does with the messages', () => {
    const nobody = (): undefined => undefined;
    const own: SubscribeOptions = {
      on: { tick: nobody },
      onMessage: nobody,
      onError: nobody,
      onState: nobody,
      onSettledState: nobody,
      onTransport: nobody,
      onResync: nobody,
      parse: JSON.parse,
      endOn: '[DONE]',
      until: () => true,
      signal: new AbortController().signal,
    };
    expect(key(own)).toBe(key());
  });

  it.each<[string, SubscribeOptions, SubscribeOptions]>([
    ['headers', { headers: { a: '1' } }, { headers: { a: '2' } }],
    ['Headers', { headers: new Headers({ a: '1' }) }, { headers: new Headers({ a: '2' }) }],
    ['a body', { body: { a: [1, { b: 2 }] } }, { body: { a: [1, { b: 3 }] } }],
    ['a form', { body: new URLSearchParams('a=1') }, { body: new URLSearchParams('a=2') }],
    ['a body of text and none', { method: 'POST', body: 'a' }, { method: 'POST' }],
    ['the place to begin', { lastEventId: '1' }, { lastEventId: '2' }],
    ['what is shared with whom', { share: 'tabs' }, { share: { tabs: 'anna' } }],
    ['names of tabs', { share: { tabs: 'bert' } }, { share: { tabs: 'anna' } }],
    ['a function and none', { headers: () => ({}) }, {}],
    ['transports', { transports: [memoryTransport()] }, { transports: [memoryTransport({ name: 'other' })] }],
    ['formats', { format: json }, { format: jsonLines }],
    ['one format and none', { format: json }, {}],
  ])('counts %s', (_what, one, other) => {
    expect(key(one)).not.toBe(key(other));
    expect(key(one)).toBe(key({ ...one }));
  });

  it('takes Headers for the pairs they are', () => {
    expect(key({ headers: new Headers({ 'X-A': '1' }) })).toBe(key({ headers: [['x-a', '1']] }));
  });

  it('takes an object without a prototype like any other', () => {
    const bare = Object.assign(Object.create(null) as object, { a: '1' }) as Record<string, string>;
    expect(key({ headers: bare })).toBe(key({ headers: { a: '1' } }));
  });

  it('cannot be said of a body that JSON cannot write', () => {
    const circle: { self?: object } = {};
    circle.self = circle;
    expect(() => key({ body: circle })).toThrow(EnckeError);
    expect(() => key({ body: { big: 1n } })).toThrow(
      expect.objectContaining({ code: 'invalid-option', cause: expect.any(TypeError) as unknown }) as Error,
    );
  });
});

describe('functions and objects that are no data', () => {
  const one = (): HeadersInit => ({ token: '1' });
  const other = (): HeadersInit => ({ token: '2' });

  it('are equal in a page when they are the same', () => {
    const key = (headers: () => HeadersInit): string => pageKey(URL_OF_ALL, { headers });
    expect(key(one)).toBe(key(one));
    expect(key(one)).not.toBe(key(other));
    const form = new FormData();
    expect(pageKey(URL_OF_ALL, { body: form })).toBe(pageKey(URL_OF_ALL, { body: form }));
    expect(pageKey(URL_OF_ALL, { body: form })).not.toBe(pageKey(URL_OF_ALL, { body: new FormData() }));
  });

  it('do not count among tabs, where nobody can tell', () => {
    expect(tabsKey(URL_OF_ALL, { headers: one })).toBe(tabsKey(URL_OF_ALL, { headers: other }));
  });

  it.each<[string, (value: string) => BodyInit]>([
    ['a form', formOf],
    ['a buffer', (value) => new TextEncoder().encode(value).buffer],
    ['a part of a buffer', (value) => new TextEncoder().encode(`xx${value}xx`).subarray(2, -2)],
  ])('are what they hold among tabs, where that is %s', (_, bodyOf) => {
    const key = (value: string): string => tabsKey(URL_OF_ALL, { body: bodyOf(value) });
    expect(key('one')).toBe(key('one'));
    expect(key('one')).not.toBe(key('two'));
  });

  it('are their name among tabs, where they are transports or formats', () => {
    const key = (name: string): string => tabsKey(URL_OF_ALL, { transports: [memoryTransport({ name })] });
    expect(key('one')).toBe(key('one'));
    expect(key('one')).not.toBe(key('other'));
    const ofRhythm = (rhythm: 'stream' | 'answer'): string =>
      tabsKey(URL_OF_ALL, { transports: [memoryTransport({ name: 'one', rhythm })] });
    expect(ofRhythm('answer')).toBe(ofRhythm('stream'));
  });
});

function formOf(value: string): FormData {
  const form = new FormData();
  form.set('name', value);
  return form;
}

describe('what is no data', () => {
  const url = URL_OF_ALL;

  it('makes subscriptions of a page equal only where it is the same, however alike two are', () => {
    const withCode = (): object => ({ topic: 'a', ask: () => 'a' });
    const body = withCode();
    expect(pageKey(url, { body })).toBe(pageKey(url, { body }));
    expect(pageKey(url, { body })).not.toBe(pageKey(url, { body: withCode() }));
    expect(pageKey(url, { body: { topic: 'a' } })).toBe(pageKey(url, { body: { topic: 'a' } }));
  });

  it('numbers no two things alike', () => {
    const keys = Array.from({ length: 5 }, () => pageKey(url, { body: () => 'a' }));
    expect(new Set(keys).size).toBe(5);
  });
});

describe('a body of which nobody can tell what it will send', () => {
  const form = (...values: (string | Blob)[]): FormData => {
    const data = new FormData();
    for (const value of values) data.append('field', value);
    return data;
  };

  it.each([
    ['text', 'a', false],
    ['data', { topic: 'a' }, false],
    ['nothing', undefined, false],
    ['a function', () => 'a', true],
    ['a file', new Blob(['a']), true],
    ['a form without fields', form(), false],
    ['a form of text', form('a', 'b'), false],
    ['a form with a file', form('a', new Blob(['b'])), true],
  ])('%s', (_, body, expected) => {
    expect(isOpaque(body)).toBe(expected);
  });
});
