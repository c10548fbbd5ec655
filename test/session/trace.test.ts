import { describe, expect, it, vi } from 'vitest';
import { memoryTransport } from '../../src/testing.ts';
import { TRACE_LENGTH } from '../../src/parts/trace.ts';
import { makeWorld, nextConnection } from './harness.ts';

describe('the trace', () => {
  it('tells what happened, and when', async () => {
    const world = makeWorld();
    const subscription = world.subscribe();
    await world.environment.advance(120);
    world.transport.latest.open();
    world.transport.latest.cut();
    subscription.close();
    expect(subscription.trace).toEqual([
      { at: 0, what: 'transport', detail: 'memory' },
      { at: 120, what: 'head', detail: '200 https://app.test/events' },
      { at: 120, what: 'state', detail: 'open: the server has answered' },
      { at: 120, what: 'error', detail: 'network: The test cut the connection.' },
      { at: 120, what: 'state', detail: 'waiting: The test cut the connection.' },
      { at: 120, what: 'state', detail: 'closed: user' },
    ]);
  });

  it('is not drowned by the answers of polls: the first head of a connection stands for all', async () => {
    const world = makeWorld([memoryTransport({ rhythm: 'answer' })]);
    const subscription = world.subscribe();
    for (let answer = 1; answer <= 3; answer++) {
      await world.environment.advance(1_000);
      world.transport.latest.open();
      world.transport.latest.message({ id: String(answer), data: '' });
      world.transport.latest.end();
    }
    await world.environment.advance(1);
    const heads = () => subscription.trace.filter(({ what }) => what === 'head');
    expect(heads()).toHaveLength(1);
    world.transport.latest.cut();
    await nextConnection(world);
    world.transport.latest.open();
    world.transport.latest.message({ id: '4', data: '' });
    world.transport.latest.end();
    expect(heads()).toHaveLength(2);
  });

  it('keeps the newest 200 entries', async () => {
    const world = makeWorld();
    const subscription = world.subscribe();
    await world.environment.settle();
    for (let time = 0; time < 100; time++) {
      world.transport.latest.open();
      world.transport.latest.cut();
      await nextConnection(world);
    }
    expect(subscription.trace).toHaveLength(TRACE_LENGTH);
    expect(subscription.trace.at(-1)?.detail).toBe('connecting: the wait is over');
  });

  it('is printed line by line where that is asked for', async () => {
    const lines: string[] = [];
    const world = makeWorld();
    world.subscribe({ debug: (line) => lines.push(line) });
    await world.environment.advance(5);
    world.transport.latest.open();
    expect(lines).toEqual([
      'encke https://app.test/events +0 ms transport: memory',
      'encke https://app.test/events +5 ms head: 200 https://app.test/events',
      'encke https://app.test/events +5 ms state: open: the server has answered',
    ]);
  });

  it('goes to console.debug with `debug: true`, and nowhere without', async () => {
    const debug = vi.spyOn(console, 'debug').mockImplementation(() => undefined);
    const world = makeWorld();
    world.subscribe();
    await world.environment.settle();
    expect(debug).not.toHaveBeenCalled();
    world.subscribe({ debug: true });
    await world.environment.settle();
    expect(debug).toHaveBeenCalledWith('encke https://app.test/events +0 ms transport: memory');
    debug.mockRestore();
  });
});
