// A life with a request in it instead of subscriptions: the same network, the same page, one question.

import { expect } from 'vitest';
import { createClient } from '../../src/all-parts.ts';
import { eventStream } from '../../src/formats/event-stream.ts';
import { virtualEnvironment } from '../../src/testing.ts';
import { seededRandom } from '../tools/random.ts';
import type { Life } from './life.ts';
import { createNumberedServer, HEALTHY } from './numbered-server.ts';

export async function ask(life: Life): Promise<void> {
  const environment = virtualEnvironment({ random: seededRandom(life.seed) });
  const server = createNumberedServer({ ...life, environment });
  server.setFates([...life.fates, HEALTHY]);
  const client = createClient({
    transports: server.transports,
    formats: [eventStream],
    environment,
  });
  const controller = new AbortController();
  let states = 0;
  const exchange = client.request('/events', {
    heartbeat: life.heartbeat,
    signal: controller.signal,
    onUnauthorized: () => undefined,
    onState: ({ state }) => {
      if (state === 'closed') states++;
    },
  });
  const outcome = exchange.then(
    () => 'a reply',
    () => 'an error',
  );
  for (const step of life.steps) {
    if (step.does === 'wait') await environment.advance(step.milliseconds);
    else if (step.does === 'sleep') await environment.sleep(step.milliseconds);
    else if (step.does === 'page') await environment.tell(step.event);
    else if (step.does === 'publish' || step.does === 'comment') server[step.does](step.characters);
    else if (step.does === 'cut' || step.does === 'end') server[step.does]();
    else if (step.does === 'user' && step.act === 'abort') controller.abort();
    else if (step.does === 'user' && step.act === 'close') exchange.close();
    expect(server.live.length, 'one at a time').toBeLessThanOrEqual(1);
  }
  server.cut();
  exchange.close();
  await environment.settle();

  expect(server.requests, 'requests').toBeLessThanOrEqual(mostRequests(life));
  expect(['a reply', 'an error']).toContain(await outcome);
  expect(states, 'closed once').toBe(1);
  expect(server.live).toEqual([]);
  expect([environment.timers - server.timers, environment.watchers]).toEqual([0, 0]);
}

/** One, and another where a transport cannot work here, which has sent nothing, or credentials were refused for the first time. */
function mostRequests({ fates }: Life): number {
  let requests = 1;
  let isRefreshed = false;
  for (const fate of fates) {
    const isRefused: boolean = fate.kind === 'status' && fate.status === 401 && !isRefreshed;
    if (!isRefused && fate.kind !== 'unusable') break;
    isRefreshed ||= isRefused;
    requests++;
  }
  return requests;
}
