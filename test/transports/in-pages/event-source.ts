// What the browser's EventSource does beyond the laws.

import { equal, plainRequest, scripted } from '../../contracts/bench.ts';
import { record, select } from '../../contracts/recording.ts';
import type { Details } from './detail.ts';

const STREAM = [
  'data: plain\n\n',
  'id: 1\nevent: tick\ndata: asked\n\n',
  'event: other\ndata: not asked\n\n',
  'event: error\ndata: no failure\n\n',
  'id: 2\nevent: open\ndata: no head\n\n',
  'id\ndata: cleared\n\n',
].join('');

export const eventSourceDetails: Details = {
  'hears the events it was told of, and no others': async ({ transport, server }) => {
    const name = await scripted(server, [{ send: STREAM }]);
    const recording = record(transport, {
      ...plainRequest(`${server.url}/scripted/${name}`, transport),
      events: ['tick'],
    });
    await recording.ended();
    equal(
      recording.messages,
      [
        { event: 'message', data: 'plain', id: '' },
        { event: 'tick', data: 'asked', id: '1' },
        { event: 'error', data: 'no failure', id: '1' },
        { event: 'open', data: 'no head', id: '2' },
        { event: 'message', data: 'cleared', id: '' },
      ],
      'messages',
    );
    equal(
      select(recording.calls, 'id').map(({ id }) => id),
      ['1', '2', ''],
      'ids, each before its message',
    );
  },

  'never connects again by itself': async ({ transport, server }) => {
    const name = await scripted(server, [{ send: 'retry: 1\ndata: 1\n\n' }]);
    const recording = record(transport, plainRequest(`${server.url}/scripted/${name}`, transport));
    await recording.ended();
    await new Promise((resolve) => setTimeout(resolve, 200));
    equal((await server.log(name)).length, 1, 'connections');
  },

  'says what it cannot see': async ({ transport, server }) => {
    for (const head of [{ status: 404 }, { headers: { 'Content-Type': 'text/html' } }]) {
      const name = await scripted(server, [{ head }, { send: 'x' }]);
      const end = await record(transport, plainRequest(`${server.url}/scripted/${name}`, transport)).ended();
      equal(
        end.how === 'cut' && /status other than 200|no event stream/.test(end.error.message),
        true,
        JSON.stringify(end),
      );
    }
  },
};
