import { describe, expect, it } from 'vitest';
import { createClient } from '../../src/all-parts.ts';
import { eventStream } from '../../src/formats/event-stream.ts';
import type { State } from '../../src/options.ts';
import { memoryTransport, virtualEnvironment } from '../../src/testing.ts';
import { makeWorld, nextConnection } from './harness.ts';

describe('the settled state', () => {
  it('follows a state that has lasted 3 s', async () => {
    const world = makeWorld();
    const told: State[] = [];
    const subscription = world.subscribe({ onSettledState: ({ state }) => told.push(state) });
    await world.environment.settle();
    world.transport.latest.send('data: 1\n\n');
    await world.environment.advance(2_999);
    expect([subscription.settledState, told]).toEqual(['connecting', []]);
    await world.environment.advance(1);
    expect([subscription.settledState, told]).toEqual(['open', ['open']]);
  });

  it('does not flicker with a reconnection', async () => {
    const world = makeWorld();
    const told: State[] = [];
    const subscription = world.subscribe({ onSettledState: ({ state }) => told.push(state) });
    await world.environment.settle();
    world.transport.latest.send('data: 1\n\n');
    await world.environment.advance(5_000);
    world.transport.latest.cut();
    expect(subscription.settledState).toBe('open');
    await nextConnection(world);
    expect(subscription.settledState).toBe('open');
    world.transport.latest.open();
    await world.environment.advance(10_000);
    expect(told).toEqual(['open']);
  });

  it('is told also where the timer of a hidden page comes so late that the state has changed before', async () => {
    const environment = virtualEnvironment();
    let delay = 0;
    const setTimer = (callback: () => void, milliseconds: number) =>
      environment.setTimer(callback, milliseconds === 3_000 ? milliseconds + delay : milliseconds);
    const transport = memoryTransport();
    const client = createClient({
      transports: [transport],
      formats: [eventStream],
      environment: { ...environment, setTimer },
    });
    const told: State[] = [];
    client.subscribe('/events', { onSettledState: ({ state }) => told.push(state) });
    await environment.settle();
    transport.latest.send('retry: 6000\ndata: 1\n\n');
    await environment.advance(4_000);
    transport.latest.cut();
    await environment.advance(5_000);
    expect(told).toEqual(['open', 'waiting']);
    delay = 60_000;
    await environment.advance(10_000);
    transport.latest.send('retry: 0\ndata: 2\n\n');
    await environment.advance(20_000);
    transport.latest.end();
    delay = 0;
    await environment.advance(100);
    transport.latest.open();
    await environment.advance(3_000);
    expect(told).toEqual(['open', 'waiting', 'open']);
  });

  it('is closed at once, and leaves no timer', async () => {
    const world = makeWorld();
    const told: State[] = [];
    const subscription = world.subscribe({ onSettledState: ({ state }) => told.push(state) });
    await world.environment.settle();
    world.transport.latest.open();
    subscription.close();
    expect([subscription.settledState, told]).toEqual(['closed', ['closed']]);
    expect(world.environment.timers).toBe(0);
  });

  it('costs no timer where nobody is told', async () => {
    const world = makeWorld();
    const subscription = world.subscribe();
    await world.environment.settle();
    world.transport.latest.send(': life\n');
    expect(world.environment.timers).toBe(0);
    await world.environment.advance(3_000);
    expect(subscription.settledState).toBe('open');
  });
});
