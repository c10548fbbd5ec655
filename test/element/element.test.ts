// @vitest-environment happy-dom
// @vitest-environment-options { "url": "https://app.test/page" }

// The tag `<encke-stream>`: when it connects, with what, and what its server's commands do.

import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  defineEnckeStream,
  type EnckeStreamElement,
  type EnckeStreamOptions,
} from '../../src/element/element.ts';
import { createClient, EnckeError, eventStream, json } from '../../src/index.ts';
import { memoryTransport, virtualEnvironment } from '../../src/testing.ts';

const environment = virtualEnvironment({ baseUrl: 'https://app.test/page' });
const transport = memoryTransport();
const polls = memoryTransport({ name: 'polls', rhythm: 'interval' });
const client = createClient({ transports: [transport, polls], formats: [eventStream, json], environment });
const subscribe = vi.fn(client.subscribe);
const sanitizers: Record<string, (html: string) => string> = { upper: (html) => html.toUpperCase() };
const defined: EnckeStreamOptions = {
  subscribe,
  transports: [transport, polls],
  sanitizers,
  origins: ['https://hub.test'],
};

let early: EnckeStreamElement;
const told: CustomEvent[] = [];

beforeAll(async () => {
  document.body.innerHTML = '<encke-stream src="/early"></encke-stream>';
  defineEnckeStream(defined);
  early = elementIn(document.body);
  await environment.settle();
  for (const name of ['state', 'error', 'command', 'resync']) {
    document.addEventListener(`encke-${name}`, (event) => told.push(event as CustomEvent));
  }
});

beforeEach(async () => {
  if (early.isConnected) return;
  document.body.innerHTML = '';
  await environment.settle();
  told.length = 0;
  subscribe.mockClear();
});

describe('an element', () => {
  it('that stood in the page before it was defined connects, and leaves when it is removed', async () => {
    expect(early.connection?.state).toBe('connecting');
    const { connection } = early;
    early.remove();
    await environment.settle();
    expect(connection?.state).toBe('closed');
    expect(early.getAttribute('state')).toBe('closed');
    expect(early.connection).toBeUndefined();
  });

  it('applies commands, and shows its state as an attribute and as an event that bubbles', async () => {
    const element = await put('<p id="news"></p><encke-stream src="/updates"></encke-stream>');
    const server = transport.latest;
    expect(new URL(server.request.url).pathname).toBe('/updates');
    server.send(message({ type: 'html', selector: '#news', html: '<b>back</b>', setType: 'append' }));
    await environment.settle();
    expect(document.querySelector('#news')?.innerHTML).toBe('<b>back</b>');
    expect(element.getAttribute('state')).toBe('open');
    expect(told.map(({ type }) => type)).toEqual(['encke-state', 'encke-command']);
    expect(told[0]?.detail).toMatchObject({ state: 'open' });
    expect(told[0]?.target).toBe(element);
  });

  it('made by createElement connects once, when it is in the page and has an address', async () => {
    const element = document.createElement('encke-stream');
    element.setAttribute('heartbeat', '5000');
    await environment.settle();
    document.body.append(element);
    await environment.settle();
    expect(subscribe).not.toHaveBeenCalled();
    element.setAttribute('src', '/made');
    element.setAttribute('share', 'page');
    await environment.settle();
    expect(subscribe).toHaveBeenCalledTimes(1);
    expect(subscribe.mock.lastCall).toMatchObject([
      'https://app.test/made',
      { heartbeat: 5000, share: 'page' },
    ]);
  });

  it('keeps its connection where it is moved', async () => {
    const element = await put('<div></div><encke-stream src="/moved"></encke-stream>');
    const { connection } = element;
    document.querySelector('div')?.append(element);
    await environment.settle();
    expect(element.connection).toBe(connection);
    expect(connection?.state).toBe('connecting');
  });

  it('connects anew where an attribute says something else, and not where it says the same', async () => {
    const element = await put('<encke-stream src="/one"></encke-stream>');
    const { connection } = element;
    element.setAttribute('src', '/one');
    await environment.settle();
    expect(element.connection).toBe(connection);
    element.setAttribute('src', '/two');
    element.setAttribute('end-on', 'over');
    await environment.settle();
    expect(connection?.state).toBe('closed');
    expect(element.getAttribute('state')).toBe('connecting');
    expect(new URL(transport.latest.request.url).pathname).toBe('/two');
    transport.latest.send('data: over\n\n');
    await environment.settle();
    expect(element.getAttribute('state')).toBe('closed');
    element.removeAttribute('src');
    await environment.settle();
    expect(element.connection).toBeUndefined();
  });

  it('that is removed while it connects makes no request', async () => {
    const before = transport.connections.length;
    const element = document.createElement('encke-stream');
    element.setAttribute('src', '/short');
    document.body.append(element);
    element.remove();
    await environment.settle();
    expect(transport.connections).toHaveLength(before);
    document.body.append(element);
    await environment.settle();
    expect(transport.connections).toHaveLength(before + 1);
  });

  it('connects anew when it comes back after its server ended it', async () => {
    const element = await put('<encke-stream src="/ended"></encke-stream>');
    transport.latest.status(404);
    await environment.settle();
    expect(element.getAttribute('state')).toBe('closed');
    const other = await put('<encke-stream src="/ended"></encke-stream>', 'beforeend');
    expect(other.connection?.state).toBe('connecting');
    expect(other.connection).not.toBe(element.connection);
  });
});

describe('two elements with the same attributes', () => {
  it('are one connection, whose commands are applied once, until the last is gone', async () => {
    const twice = '<encke-stream src="/both"></encke-stream>';
    const first = await put(`<ul></ul>${twice}<section>${twice}</section>`);
    const second = elementIn(document.querySelector('section') ?? document);
    expect(second.connection).toBe(first.connection);
    transport.latest.send(message({ type: 'html', selector: 'ul', html: '<li>', setType: 'append' }));
    await environment.settle();
    expect(document.querySelectorAll('li')).toHaveLength(1);
    expect(second.getAttribute('state')).toBe('open');
    first.remove();
    await environment.settle();
    expect(second.connection?.state).toBe('open');
    second.remove();
    await environment.settle();
    expect(transport.latest.stopped).toBe(true);
  });

  it.each(['remove', 'removeAttribute'] as const)('are told apart where one leaves by %s', async (how) => {
    const one = '<encke-stream src="/apart"></encke-stream>';
    const leaving = await put(`<section>${one}</section>${one}`);
    const staying = document.querySelector<EnckeStreamElement>('section + encke-stream');
    transport.latest.open();
    leaving[how]('src');
    await environment.settle();
    expect(leaving.connection).toBeUndefined();
    expect(leaving.getAttribute('state')).toBe('closed');
    expect(staying?.getAttribute('state')).toBe('open');
  });

  it('hand the connection on where one takes the place of the other', async () => {
    const element = await put('<main><encke-stream src="/page"></encke-stream></main>');
    const { connection } = element;
    const next = await put('<main><encke-stream src="/page"></encke-stream></main>');
    expect(next).not.toBe(element);
    expect(next.connection).toBe(connection);
    expect(connection?.state).toBe('connecting');
  });

  it('nested have connections of their own where their addresses differ', async () => {
    const outer = await put('<encke-stream src="/a"><encke-stream src="/b"></encke-stream></encke-stream>');
    const inner = elementIn(outer);
    expect(inner.connection).not.toBe(outer.connection);
    expect(subscribe.mock.calls.map(([url]) => url)).toEqual(['https://app.test/a', 'https://app.test/b']);
    inner.remove();
    await environment.settle();
    expect(outer.connection?.state).toBe('connecting');
  });
});

describe('the attributes', () => {
  it('are options of subscribe', async () => {
    await put(`<encke-stream src="/all" transports="polls memory" with-credentials heartbeat="1000"
      retry-delay="0" max-attempts="Infinity" share="false" resume="session" replays="deliver" cursor="nchan"
      last-event-id="7" poll-interval="2000"></encke-stream>`);
    expect(subscribe.mock.lastCall?.[1]).toMatchObject({
      transports: [polls, transport],
      credentials: 'include',
      heartbeat: 1000,
      retryDelay: 0,
      maxAttempts: Infinity,
      share: false,
      resume: 'session',
      replays: 'deliver',
      cursor: 'nchan',
      lastEventId: '7',
      pollInterval: 2000,
    });
  });

  it('events: only the data of these are commands', async () => {
    await put('<p></p><encke-stream src="/events" events="draw  clear"></encke-stream>');
    transport.latest.send(`event: chat\n${message(text('no'))}event: draw\n${message(text('yes'))}`);
    await environment.settle();
    expect(document.querySelector('p')?.textContent).toBe('yes');
  });

  it('sanitize: HTML goes through the sanitizer of that name, and nowhere without it', async () => {
    const quiet = (event: Event): void => event.preventDefault();
    document.addEventListener('encke-error', quiet);
    await put('<p></p><encke-stream src="/clean" sanitize="upper"></encke-stream>');
    transport.latest.send(message(text('loud')));
    await environment.settle();
    expect(document.querySelector('p')?.textContent).toBe('LOUD');
    for (const name of ['later', 'constructor']) {
      await put(`<p></p><encke-stream src="/clean" sanitize="${name}"></encke-stream>`);
      transport.latest.send(message(text('dirty')));
      await environment.settle();
      expect(document.querySelector('p')?.textContent).toBe('');
      expect(errors()).toEqual(['invalid-option']);
      told.length = 0;
    }
    await put('<p></p><encke-stream src="/clean" sanitize="later"></encke-stream>');
    sanitizers['later'] = () => 'clean';
    transport.latest.send(message(text('dirty')));
    await environment.settle();
    expect(document.querySelector('p')?.textContent).toBe('clean');
    document.removeEventListener('encke-error', quiet);
  });

  it.each([
    ['src="https://elsewhere.test/"', 'https://elsewhere.test'],
    ['src="http://["', 'http://['],
    ['src="/a" retry-delay="soon"', 'retryDelay'],
    ['src="/a" retry-delay=""', 'retryDelay'],
    ['src="/a" transports="pigeon"', 'pigeon'],
    ['src="/a" share="everyone"', 'share'],
  ])('%s is told as an error, and nothing is asked for', async (attributes, word) => {
    const before = transport.connections.length;
    const uncaught = uncaughtErrors();
    const element = await put(`<encke-stream ${attributes}></encke-stream>`);
    expect(errors()).toEqual(['invalid-option']);
    expect((told.at(-1)?.detail as Error).message).toContain(word);
    expect(transport.connections).toHaveLength(before);
    expect(element.connection).toBeUndefined();
    expect(uncaught()).toBe(1);
  });

  it('src may lead to an origin that the page has named', async () => {
    await put('<encke-stream src="https://hub.test/news"></encke-stream>');
    expect(transport.latest.request.url).toContain('https://hub.test/news');
  });
});

describe('a command', () => {
  it('is skipped where a listener cancels it', async () => {
    const element = await put('<p></p><encke-stream src="/commands"></encke-stream>');
    element.addEventListener('encke-command', (event) => event.preventDefault(), { once: true });
    transport.latest.send(message([text('skipped'), text('applied')]));
    await environment.settle();
    expect(document.querySelector('p')?.textContent).toBe('applied');
  });

  it('of a script is refused, which is an event and, unless that is cancelled, an uncaught error', async () => {
    const uncaught = uncaughtErrors();
    const element = await put('<encke-stream src="/scripts"></encke-stream>');
    transport.latest.send(message({ type: 'script', script: 'window.ran = true' }));
    await environment.settle();
    expect(uncaught()).toBe(1);
    element.addEventListener('encke-error', (event) => event.preventDefault());
    const others = uncaughtErrors();
    transport.latest.send(message({ type: 'script', script: 'window.ran = true' }));
    await environment.settle();
    expect(errors()).toEqual(['refused', 'refused']);
    expect(others()).toBe(0);
    expect(window).not.toHaveProperty('ran');
  });
});

describe('defineEnckeStream', () => {
  it('leaves what is defined as it is', () => {
    const kept = customElements.get('encke-stream');
    expect(() => defineEnckeStream(defined)).not.toThrow();
    expect(customElements.get('encke-stream')).toBe(kept);
  });

  it('does nothing on a server', () => {
    vi.stubGlobal('customElements', undefined);
    expect(() => defineEnckeStream(defined)).not.toThrow();
    vi.unstubAllGlobals();
  });
});

/** Gives the first element of the tag. */
async function put(html: string, place?: InsertPosition): Promise<EnckeStreamElement> {
  if (place) document.body.insertAdjacentHTML(place, html);
  else document.body.innerHTML = html;
  await environment.settle();
  const elements = document.querySelectorAll('encke-stream');
  const element = place ? elements[elements.length - 1] : elements[0];
  if (!element) throw new Error('There is no element.');
  return element;
}

function elementIn(place: ParentNode): EnckeStreamElement {
  const element = place.querySelector('encke-stream');
  if (!element) throw new Error('There is no element.');
  return element;
}

function message(command: object): string {
  return `data: ${JSON.stringify(command)}\n\n`;
}

function text(html: string): object {
  return { type: 'html', selector: 'p', html, setType: 'replace' };
}

function errors(): string[] {
  return told
    .filter(({ detail }) => detail instanceof EnckeError)
    .map(({ detail }) => (detail as EnckeError).code);
}

/** Has each task wait from now on; gives how many of them throw. */
function uncaughtErrors(): () => number {
  const tasks: (() => void)[] = [];
  const spy = vi.spyOn(globalThis, 'setTimeout').mockImplementation((task) => {
    tasks.push(task);
    return 0 as never;
  });
  return () => {
    spy.mockRestore();
    return tasks.filter(throws).length;
  };
}

function throws(task: () => void): boolean {
  try {
    task();
    return false;
  } catch {
    return true;
  }
}
