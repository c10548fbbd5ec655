// What the hooks decide, what is sent again, and that nothing is left.

import { getEventListeners } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import {
  fetchEventSource,
  type FetchEventSourceInit,
} from '../../../src/compat/fetch-event-source/fetch-event-source.ts';
import { inWorld, outcomeOf, silence, stream, unreachable, type Answer, type World } from './world.ts';

const URL = 'https://page.example/events';
const POST = { method: 'POST', body: '{}' } as const;
const CLEAN = { end: 'clean' } as const;

describe('a POST', () => {
  it.each<[string, Answer]>([
    ['the server is not reached', unreachable],
    ['the server refuses it for now', stream([], { status: 503 })],
    ['the answer breaks off', stream(['data: a\n\n'], { end: 'cut' })],
  ])('is sent once where %s', (_, answer) =>
    inWorld(async ({ fetch, answer: answers, requests, pass }) => {
      answers(answer);
      const onerror = vi.fn<() => void>();
      const outcome = outcomeOf(fetchEventSource(URL, { ...POST, fetch, onerror }));
      await pass(60_000);
      expect(requests).toHaveLength(1);
      expect(onerror).toHaveBeenCalledOnce();
      expect(outcome()).toMatch(/^rejected/);
    }),
  );

  it('resolves at the end of its answer', () =>
    inWorld(async ({ fetch, answer, requests, pass }) => {
      answer(stream(['data: a\n\n'], CLEAN));
      const onclose = vi.fn<() => void>();
      const outcome = outcomeOf(fetchEventSource(URL, { ...POST, fetch, onclose }));
      await pass(60_000);
      expect([outcome(), requests.length]).toEqual(['resolved', 1]);
      expect(onclose).toHaveBeenCalledOnce();
    }));

  it('is sent again after the time that `onerror` returns', () =>
    inWorld(async ({ fetch, answer, requests, pass }) => {
      answer(unreachable, stream([]));
      void fetchEventSource(URL, { ...POST, fetch, onerror: () => 2_000 });
      await pass(1_999);
      expect(requests).toHaveLength(1);
      await pass(1);
      expect(requests.map(({ method, init }) => [method, init.body])).toEqual([
        ['POST', '{}'],
        ['POST', '{}'],
      ]);
    }));

  it('is treated like a GET with `reconnect: true`, also when the page is hidden', () =>
    inWorld(async ({ fetch, answer, requests, hide, show, pass }) => {
      answer(stream(['id: 1\ndata: a\n\n'], CLEAN), stream([]));
      void fetchEventSource(URL, { ...POST, fetch, reconnect: true });
      await pass(2_000);
      await hide();
      await show();
      expect(requests.map(({ headers }) => headers.get('last-event-id'))).toEqual([null, '1', '1']);
      expect(requests.map(({ isClosed }) => isClosed())).toEqual([true, true, false]);
    }));

  it('is never sent again where its body is a stream, which can be sent once', () =>
    inWorld(async ({ fetch, answer, requests, pass }) => {
      answer(unreachable);
      const init = { method: 'POST', body: new ReadableStream(), duplex: 'half' };
      const outcome = outcomeOf(
        fetchEventSource(URL, { ...init, fetch, reconnect: true, onerror: () => 10 }),
      );
      await pass(60_000);
      expect([outcome(), requests.length]).toEqual(['rejected: fetch failed', 1]);
    }));
});

describe('a GET', () => {
  it('does nothing by itself with `reconnect: false`', () =>
    inWorld(async ({ fetch, answer, requests, hide, pass }) => {
      answer(stream(['data: a\n\n'], CLEAN));
      const ended = outcomeOf(fetchEventSource(URL, { fetch, reconnect: false }));
      await pass(60_000);
      expect([ended(), requests.length]).toEqual(['resolved', 1]);
      answer(stream([]));
      void fetchEventSource(URL, { fetch, reconnect: false });
      await hide();
      expect(requests[1]?.isClosed()).toBe(false);
    }));

  it('closes in a hidden page and resumes when it is shown, unless `openWhenHidden`', () =>
    inWorld(async ({ fetch, answer, requests, hide, show, pass }) => {
      answer(stream(['id: 1\ndata: a\n\n']));
      const onerror = vi.fn<() => void>();
      const onclose = vi.fn<() => void>();
      void fetchEventSource(URL, { fetch, onerror, onclose });
      await pass(0);
      await hide();
      expect(requests[0]?.isClosed()).toBe(true);
      await show();
      expect(requests[1]?.headers.get('last-event-id')).toBe('1');
      void fetchEventSource(URL, { fetch, openWhenHidden: true });
      await hide();
      await show();
      expect(requests.map(({ isClosed }) => isClosed())).toEqual([true, true, false, false]);
      expect([onerror, onclose].map(({ mock }) => mock.calls)).toEqual([[], []]);
    }));

  it('waits twice as long after each attempt that brought nothing, and anew after a message', () =>
    inWorld(async ({ fetch, answer, requests, pass }) => {
      vi.spyOn(Math, 'random').mockReturnValue(0.5);
      answer(unreachable, stream([], CLEAN), stream(['data: a\n\n'], CLEAN), stream([]));
      void fetchEventSource(URL, { fetch });
      const counts: number[] = [];
      for (const wait of [1_499, 1, 2_999, 1, 499, 1]) {
        await pass(wait);
        counts.push(requests.length);
      }
      vi.restoreAllMocks();
      expect(counts).toEqual([1, 2, 2, 3, 3, 4]);
    }));

  it('never waits longer than 30 s by itself', () =>
    inWorld(async ({ fetch, answer, requests, pass }) => {
      answer(unreachable);
      void fetchEventSource(URL, { fetch });
      await pass(600_000);
      const { length } = requests;
      await pass(30_000);
      expect(requests.length).toBeGreaterThan(length);
    }));

  it('waits as long as the server asks for', () =>
    inWorld(async ({ fetch, answer, requests, pass }) => {
      answer(stream(['retry: 5000\ndata: a\n\n'], CLEAN), stream([]));
      void fetchEventSource(URL, { fetch });
      await pass(4_999);
      expect(requests).toHaveLength(1);
      await pass(1_001);
      expect(requests).toHaveLength(2);
    }));

  it('ends where the response was no event stream and `onopen` accepts it', () =>
    inWorld(async ({ fetch, answer, requests, pass }) => {
      answer(stream(['<h1>'], { ...CLEAN, headers: { 'content-type': 'text/html' } }));
      const outcome = outcomeOf(fetchEventSource(URL, { fetch, onopen: () => Promise.resolve() }));
      await pass(60_000);
      expect([outcome(), requests.length]).toEqual(['resolved', 1]);
    }));
});

describe('`onmessage` that throws', () => {
  const TWO = stream(['data: a\n\ndata: b\n\n']);

  it('ends it where `onerror` throws, with nothing more of the chunk', async () => {
    const { data, outcome } = await throwing(TWO, (error) => {
      throw error;
    });
    expect([data, outcome]).toEqual([['a'], 'rejected: of a']);
  });

  it('makes the request again where `onerror` returns a number', async () => {
    const { data, requests, outcome } = await throwing(TWO, () => 10);
    expect([data.slice(0, 2), outcome]).toEqual([['a', 'a'], 'pending']);
    expect(requests[0]?.isClosed()).toBe(true);
  });

  it('leaves the stream as it is where `onerror` returns nothing', async () => {
    const { data, requests, outcome } = await throwing(TWO, () => undefined);
    expect([data, requests.length, outcome]).toEqual([['a', 'b'], 1, 'pending']);
  });

  it('is reported to the page where there is no `onerror`, and the stream goes on', () =>
    inWorld(async ({ fetch, answer, data, pass }) => {
      answer(TWO);
      const onmessage = (message: { data: string }): void => {
        data.push(message.data);
        if (message.data === 'a') throw new Error('of a');
      };
      void fetchEventSource(URL, { fetch, onmessage });
      await expect(pass(10)).rejects.toThrow('of a');
      expect(data).toEqual(['a', 'b']);
    }));

  function throwing(
    answer: Answer,
    onerror: NonNullable<FetchEventSourceInit['onerror']>,
  ): Promise<{ data: string[]; requests: World['requests']; outcome: string }> {
    return inWorld(async ({ fetch, answer: answers, data, requests, pass }) => {
      answers(answer);
      const onmessage = (message: { data: string }): void => {
        data.push(message.data);
        if (message.data === 'a') throw new Error('of a');
      };
      const outcome = outcomeOf(fetchEventSource(URL, { fetch, onmessage, onerror }));
      await pass(15);
      return { data, requests, outcome: outcome() };
    });
  }
});

describe('when it is over, nothing is left', () => {
  const OPEN = stream(['data: a\n\n']);
  const never = (): Promise<never> => silence();

  it.each<[string, Answer, FetchEventSourceInit, string]>([
    ['by an abort while the server keeps silent', never, {}, 'resolved'],
    ['by an abort in `onopen`', OPEN, { onopen: never }, 'resolved'],
    ['by an abort while the stream is open', OPEN, {}, 'resolved'],
    ['by an abort while it waits', unreachable, { onerror: () => 60_000 }, 'resolved'],
    ['by an abort while `onerror` decides', unreachable, { onerror: never as () => never }, 'resolved'],
    ['by an error', stream([], { status: 404 }), {}, 'rejected: The server answered 404.'],
    ['by 204', stream([], { status: 204 }), {}, 'resolved'],
    ['by its end', stream([], CLEAN), POST, 'resolved'],
  ])('%s', (_, answer, init, expected) =>
    inWorld(async ({ fetch, answer: answers, requests, pass, hide, show }) => {
      answers(answer);
      const controller = new AbortController();
      const { signal } = controller;
      const watched = vi.spyOn(document, 'addEventListener');
      const outcome = outcomeOf(fetchEventSource(URL, { ...init, fetch, signal }));
      await pass(10);
      controller.abort();
      await pass(0);
      expect(outcome()).toBe(expected);
      expect(requests.map(({ isClosed }) => isClosed())).toEqual([true]);
      expect(vi.getTimerCount()).toBe(0);
      expect(getEventListeners(signal, 'abort')).toEqual([]);
      for (const [type] of watched.mock.calls) expect(getEventListeners(document, type)).toEqual([]);
      await hide();
      await show();
      await pass(60_000);
      expect(requests).toHaveLength(1);
    }),
  );

  it.each(['onopen', 'onmessage', 'onclose', 'onerror'] as const)('by an abort in `%s`', (name) =>
    inWorld(async ({ fetch, answer, requests, pass }) => {
      answer(name === 'onerror' ? unreachable : stream(['data: a\n\n'], CLEAN));
      const controller = new AbortController();
      const hook = vi.fn<() => Promise<void> & undefined>(() => {
        controller.abort();
        return undefined as never;
      });
      const outcome = outcomeOf(fetchEventSource(URL, { fetch, [name]: hook, signal: controller.signal }));
      await pass(60_000);
      expect([outcome(), requests.length, hook.mock.calls.length]).toEqual(['resolved', 1, 1]);
      expect(vi.getTimerCount()).toBe(0);
    }),
  );
});

describe('what the caller gives', () => {
  it('may be a `fetch` whose response has no stream', () =>
    inWorld(async ({ data, pass }) => {
      const response = {
        ok: true,
        status: 200,
        headers: new Headers({ 'content-type': 'text/event-stream' }),
        text: () => Promise.resolve('data: a\n\n'),
      } as Response;
      void fetchEventSource(URL, {
        ...POST,
        fetch: () => Promise.resolve(response),
        onmessage: (message) => void data.push(message.data),
      });
      await pass(0);
      expect(data).toEqual(['a']);
    }));

  it('may be a `Request`, whose signal ends it', () =>
    inWorld(async ({ fetch, answer, pass }) => {
      answer(stream([]));
      const controller = new AbortController();
      const outcome = outcomeOf(fetchEventSource(new Request(URL, { signal: controller.signal }), { fetch }));
      await pass(0);
      controller.abort();
      await pass(0);
      expect(outcome()).toBe('resolved');
    }));

  it('may be headers of any kind, and everything that `fetch` takes', () =>
    inWorld(async ({ fetch, answer, requests, pass }) => {
      answer(stream([]));
      const headers = new Headers({ 'x-name': 'value' }) as unknown as Record<string, string>;
      void fetchEventSource(URL, { fetch, headers, credentials: 'include', mode: 'cors', cache: 'reload' });
      await pass(0);
      expect(requests[0]?.headers.get('x-name')).toBe('value');
      expect(requests[0]?.init).toMatchObject({ credentials: 'include', mode: 'cors', cache: 'reload' });
      expect(Object.keys(requests[0]?.init ?? {}).sort()).toEqual(
        ['cache', 'credentials', 'headers', 'mode', 'signal'].sort(),
      );
    }));
});
