// @vitest-environment happy-dom
// What the composables of Vue follow, and when they end.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  createApp,
  defineComponent,
  effectScope,
  h,
  KeepAlive,
  nextTick,
  onMounted,
  reactive,
  ref,
} from 'vue';
import { withClient } from '../../src/vue/vue.ts';
import { makeStoreWorld, type StoreWorld } from '../store/world.ts';

let world: StoreWorld;
let composables: ReturnType<typeof withClient<StoreWorld['client']>>;

beforeEach(() => {
  world = makeStoreWorld();
  composables = withClient(world.client);
});

afterEach(() => {
  vi.useRealTimers();
});

/** Outside of a component, as in a store of an app. */
function inScope<Result>(use: () => Result): { result: Result; stop: () => void } {
  const scope = effectScope();
  const result = scope.run(use) as Result;
  return { result, stop: () => scope.stop() };
}

describe('useSubscription', () => {
  it('follows a ref, a getter and what is deep in reactive options', async () => {
    const room = ref('one');
    const options = reactive({ headers: { authorization: 'Bearer 1' }, initial: 'nothing' });
    const { result, stop } = inScope(() =>
      composables.useSubscription(() => `/rooms/${room.value}`, options),
    );
    await world.frame();
    world.transport.latest.message({ data: 'of one' });
    await world.frame();
    expect(result.value.value).toBe('of one');
    room.value = 'two';
    await nextTick();
    expect(result.value.value).toBe('nothing');
    await world.frame();
    options.headers.authorization = 'Bearer 2';
    await nextTick();
    await world.frame();
    const { connections } = world.transport;
    expect(connections.map(({ live }) => live)).toEqual([false, false, true]);
    expect(connections.map(({ request }) => request.headers.get('authorization'))).toEqual([
      'Bearer 1',
      'Bearer 1',
      'Bearer 2',
    ]);
    stop();
    await world.settle();
    expect(connections.at(-1)?.stopped).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('calls the functions that a getter of options gives last', async () => {
    const name = ref('one');
    const heard: string[] = [];
    const { stop } = inScope(() => {
      const said = (by: string) => ({ onMessage: () => void heard.push(by) });
      return composables.useSubscription('/events', () => said(name.value));
    });
    await world.frame();
    name.value = 'two';
    await nextTick();
    world.transport.latest.message({ data: 'news' });
    expect(heard).toEqual(['two']);
    expect(world.transport.connections).toHaveLength(1);
    stop();
    await world.settle();
  });

  it('connects also where a component calls it when it has been mounted', async () => {
    const app = createApp({
      setup() {
        onMounted(() => void composables.useSubscription('/events'));
        return () => 'page';
      },
    });
    app.mount(document.createElement('div'));
    await world.settle();
    expect(world.transport.connections.map(({ live }) => live)).toEqual([true]);
    app.unmount();
    await world.settle();
    expect(world.transport.latest.stopped).toBe(true);
  });

  it('gives a ref for each field', async () => {
    const { result, stop } = inScope(() => composables.useSubscription('/events', { initial: 0 }));
    const { reconnect, ...refs } = result;
    expect(Object.keys(refs)).toEqual(['value', 'state', 'settledState', 'error', 'done']);
    expect(reconnect).toBeTypeOf('function');
    await world.frame();
    world.transport.latest.open();
    await world.frame();
    expect(result.state.value).toBe('open');
    stop();
    await world.settle();
  });
});

describe('useRequest', () => {
  it('is stopped with its scope', async () => {
    const { result, stop } = inScope(() => composables.useRequest('/llm'));
    void result.start({ body: { prompt: 'Why?' } });
    await world.frame();
    world.transport.latest.message({ data: 'Because' });
    await world.frame();
    expect(result.value.value).toBe('Because');
    stop();
    await world.settle();
    expect(world.transport.latest.stopped).toBe(true);
  });

  it('goes on in a component that is kept alive, and is stopped with it', async () => {
    const isShown = ref(true);
    const isThere = ref(true);
    const Ask = defineComponent(() => {
      const { value, start } = composables.useRequest('/llm');
      onMounted(() => void start());
      return () => h('p', value.value);
    });
    const app = createApp(() => isThere.value && h(KeepAlive, () => isShown.value && h(Ask)));
    const page = document.createElement('div');
    app.mount(page);
    await world.frame();
    isShown.value = false;
    await nextTick();
    world.transport.latest.message({ data: 'meanwhile' });
    await world.frame();
    isShown.value = true;
    await nextTick();
    expect(page.textContent).toBe('meanwhile');
    isThere.value = false;
    await nextTick();
    await world.frame();
    expect(world.transport.connections.map(({ stopped }) => stopped)).toEqual([true]);
    app.unmount();
  });
});
