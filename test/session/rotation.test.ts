import { describe, expect, it } from 'vitest';
import { memoryTransport } from '../../src/testing.ts';
import { ROTATE_AFTER } from '../../src/parts/rotation.ts';
import { dataOf, makeWorld, type World } from './harness.ts';

const FILLER = `: ${'x'.repeat(ROTATE_AFTER)}\n`;

function makeKeeping(): World {
  const transport = memoryTransport();
  return makeWorld([Object.defineProperty(transport, 'keepsText', { value: true })]);
}

describe('a carrier that keeps its whole text', () => {
  it('is opened anew after 1 MB, at the cursor, without a change of state', async () => {
    const world = makeKeeping();
    world.subscribe();
    await world.environment.settle();
    world.transport.latest.send('id: 1\ndata: 1\n\n');
    const states = world.states.length;
    world.transport.latest.send(`${FILLER}id: 2\ndata: half an ev`);
    await world.environment.settle();
    expect(world.transport.connections[0]?.stopped).toBe(true);
    expect(world.transport.latest.request.headers.get('last-event-id')).toBe('1');
    world.transport.latest.send('id: 2\ndata: 2\n\n');
    expect(dataOf(world)).toEqual(['1', '2']);
    expect([world.states.length, world.errors]).toEqual([states, []]);
  });

  it('brings a message that alone is longer than that', async () => {
    const world = makeKeeping();
    const long = 'x'.repeat(3 * ROTATE_AFTER);
    world.subscribe({ maxMessageSize: 2 * long.length });
    await world.environment.settle();
    world.transport.latest.send(`id: 1\ndata: 1\n\nid: 2\ndata: ${long.slice(ROTATE_AFTER)}`);
    await world.environment.settle();
    world.transport.latest.send(`id: 2\ndata: ${long.slice(ROTATE_AFTER)}`);
    await world.environment.settle();
    world.transport.latest.send(`${long.slice(-ROTATE_AFTER)}\n\n`);
    expect(dataOf(world)).toEqual(['1', long]);
  });

  it('goes on while all that comes is a replay, as from a server that begins anew each time', async () => {
    const world = makeKeeping();
    const replay = `id: 1\ndata: 1\n\n${FILLER}\n`;
    world.subscribe();
    await world.environment.settle();
    for (let n = 0; n < 3; n++) {
      world.transport.latest.send(replay);
      await world.environment.settle();
    }
    expect(world.transport.connections).toHaveLength(2);
    world.transport.latest.send('id: 2\ndata: 2\n\n');
    expect(dataOf(world)).toEqual(['1', '2']);
  });

  it('goes on where there is no id to resume after', async () => {
    const world = makeKeeping();
    world.subscribe();
    await world.environment.settle();
    world.transport.latest.send(`data: 1\n\n${FILLER}`);
    await world.environment.settle();
    expect(world.transport.connections).toHaveLength(1);
  });

  it('goes on with a request, which is never sent again', async () => {
    const world = makeKeeping();
    world.request();
    await world.environment.settle();
    world.transport.latest.send(`id: 1\ndata: 1\n\n${FILLER}`);
    await world.environment.settle();
    expect(world.transport.connections).toHaveLength(1);
  });

  it('is not opened anew by a handler that has closed it', async () => {
    const world = makeKeeping();
    const subscription = world.subscribe({ onMessage: () => subscription.close() });
    await world.environment.settle();
    world.transport.latest.send(`${FILLER}id: 1\ndata: 1\n\n`);
    await world.environment.settle();
    expect(world.transport.connections).toHaveLength(1);
  });
});

it('any other carrier goes on', async () => {
  const world = makeWorld();
  world.subscribe();
  await world.environment.settle();
  world.transport.latest.send(`id: 1\ndata: 1\n\n${FILLER}`);
  await world.environment.settle();
  expect(world.transport.connections).toHaveLength(1);
});
