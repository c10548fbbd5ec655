// @vitest-environment happy-dom
// What the hooks of React do from render to render.

import { act, createElement, startTransition, StrictMode, useEffect, useState, type ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withClient } from '../../src/react/react.ts';
import { makeStoreWorld, type StoreWorld } from '../store/world.ts';

let world: StoreWorld;
let hooks: ReturnType<typeof withClient<StoreWorld['client']>>;
let root: Root;
let page: HTMLElement;

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  world = makeStoreWorld();
  hooks = withClient(world.client);
  page = document.createElement('div');
  root = createRoot(page);
});

afterEach(async () => {
  act(() => root.unmount());
  await world.settle();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function render(node: ReactNode): Promise<void> {
  act(() => root.render(createElement(StrictMode, null, node)));
  await act(world.settle);
}

describe('useSubscription', () => {
  it('keeps its connection from render to render, and calls the functions of the last one', async () => {
    const heard: string[] = [];
    function Feed({ name }: { name: string }) {
      const { value } = hooks.useSubscription('/events', {
        headers: { authorization: 'Bearer 1' },
        initial: [] as readonly string[],
        reduce: (all, { data }) => [...all, `${String(data)} for ${name}`],
        onMessage: () => heard.push(name),
      });
      return value.join();
    }
    await render(createElement(Feed, { name: 'one' }));
    await render(createElement(Feed, { name: 'two' }));
    world.transport.latest.message({ data: 'news' });
    await act(world.frame);
    expect(world.transport.connections).toHaveLength(1);
    expect(page.textContent).toBe('news for two');
    expect(heard).toEqual(['two']);
  });

  it('never renders with another URL what the one before has brought', async () => {
    const rendered: string[] = [];
    function Feed({ room }: { room: string }) {
      const { value } = hooks.useSubscription(`/rooms/${room}`, { initial: 'nothing' });
      rendered.push(`${room}: ${value}`);
      return value;
    }
    await render(createElement(Feed, { room: 'one' }));
    world.transport.latest.message({ data: 'of one' });
    await act(world.frame);
    rendered.length = 0;
    await render(createElement(Feed, { room: 'two' }));
    expect(new Set(rendered)).toEqual(new Set(['two: nothing']));
    expect(world.transport.connections.map(({ live }) => live)).toEqual([false, true]);
  });

  it('shows one value in all components during a render that is put off', async () => {
    let pick: (room: string) => void = () => undefined;
    function App() {
      const [room, setRoom] = useState('one');
      pick = setRoom;
      return [createElement(Feed, { room, key: 1 }), ' ', createElement(Feed, { room, key: 2 })];
    }
    function Feed({ room }: { room: string }) {
      return hooks.useSubscription(`/rooms/${room}`, { initial: room }).value;
    }
    await render(createElement(App));
    for (const connection of world.transport.connections) connection.message({ data: 'live' });
    await act(world.frame);
    expect(page.textContent).toBe('live live');
    act(() => startTransition(() => pick('two')));
    expect(page.textContent).toBe('two two');
  });

  it('renders a component with two subscriptions once in a frame', async () => {
    let renders = 0;
    function Feeds() {
      renders++;
      const [one, other] = [hooks.useSubscription('/one'), hooks.useSubscription('/other')];
      return `${String(one.value)} ${String(other.value)}`;
    }
    act(() => root.render(createElement(Feeds)));
    await act(world.settle);
    for (const connection of world.transport.connections) connection.open();
    await act(world.frame);
    renders = 0;
    for (let n = 1; n <= 100; n++) {
      for (const connection of world.transport.connections) connection.message({ data: n });
    }
    await act(world.frame);
    expect(page.textContent).toBe('100 100');
    expect(renders).toBe(1);
  });

  it('leaves nothing when it is unmounted', async () => {
    const onState = vi.fn();
    function Feed() {
      return hooks.useSubscription('/events', { onState }).state;
    }
    await render(createElement(Feed));
    await render(null);
    expect(world.transport.latest.stopped).toBe(true);
    expect(onState).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('useRequest', () => {
  it('gives functions that stay the same, and sends what the last render says', async () => {
    const starts = new Set<unknown>();
    function Ask({ prompt }: { prompt: string }) {
      const { value, start } = hooks.useRequest('/llm', { body: { prompt } });
      starts.add(start);
      return createElement('button', { onClick: () => void start() }, value);
    }
    await render(createElement(Ask, { prompt: 'one' }));
    await render(createElement(Ask, { prompt: 'two' }));
    act(() => page.querySelector('button')?.click());
    await act(world.settle);
    expect(world.transport.latest.request.body).toBe('{"prompt":"two"}');
    for (const data of ['Be', 'cause']) world.transport.latest.message({ data });
    await act(world.frame);
    expect(page.textContent).toBe('Because');
    // StrictMode makes each twice at first, and keeps one.
    expect(starts.size).toBeLessThanOrEqual(2);
    await render(null);
    expect(world.transport.latest.stopped).toBe(true);
  });

  it('that an effect starts is sent once, anew where the effect runs anew, and stopped with the component', async () => {
    const closed: unknown[] = [];
    function Ask({ prompt }: { prompt: string }) {
      const { value, start } = hooks.useRequest('/llm');
      useEffect(() => {
        void start({ body: { prompt } }).then(({ reason }) => closed.push(reason));
      }, [prompt, start]);
      return value;
    }
    await render(createElement(Ask, { prompt: 'one' }));
    const { connections } = world.transport;
    expect(connections.map(({ request }) => request.body)).toEqual(['{"prompt":"one"}']);
    world.transport.latest.message({ data: 'of one' });
    await act(world.frame);
    expect(page.textContent).toBe('of one');
    await render(createElement(Ask, { prompt: 'two' }));
    await act(world.frame);
    expect(page.textContent).toBe('');
    expect(connections.map(({ live }) => live)).toEqual([false, true]);
    await render(null);
    expect(connections.map(({ live }) => live)).toEqual([false, false]);
    await world.settle();
    // The first is that of the effect that StrictMode runs twice.
    expect(closed).toEqual(['user', 'user', 'user']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('may be stopped, and started again, by what it brings', async () => {
    function Ask() {
      const { value, state, start, stop } = hooks.useRequest('/llm', {
        onMessage({ data }) {
          if (data === 'again') void start();
          if (data === 'stop') stop();
        },
      });
      useEffect(() => void start(), [start]);
      return `${value} ${state}`;
    }
    await render(createElement(Ask));
    world.transport.latest.message({ data: 'again' });
    await act(world.frame);
    expect(page.textContent).toBe(' connecting');
    world.transport.latest.message({ data: 'second' });
    world.transport.latest.message({ data: 'stop' });
    await act(world.frame);
    expect(page.textContent).toBe('second closed');
    expect(world.transport.connections.map(({ live }) => live)).toEqual([false, false]);
  });
});
