// What fetch and XHR tell of a response beyond the laws.

import { equal, plainRequest, scripted } from '../../contracts/bench.ts';
import { record, select } from '../../contracts/recording.ts';
import type { Details } from './detail.ts';

export const fetchAndXhrDetails: Details = {
  'gives the head: status, headers, the URL after redirects': async ({ transport, server }) => {
    const target = await scripted(server, [
      {
        head: {
          status: 203,
          headers: { 'Content-Type': 'application/json; charset=iso-8859-1', 'X-One': 'a, b' },
        },
      },
      { send: '["é"]' },
    ]);
    const name = await scripted(server, [
      { head: { status: 302, headers: { Location: `/scripted/${target}` } } },
    ]);
    const recording = record(transport, plainRequest(`${server.url}/scripted/${name}`, transport));
    await recording.ended();
    const [opened] = select(recording.calls, 'opened');
    equal(
      [
        opened?.head.status,
        opened?.head.url,
        opened?.head.headers?.get('content-type'),
        opened?.head.headers?.get('x-one'),
      ],
      [203, `${server.url}/scripted/${target}`, 'application/json; charset=iso-8859-1', 'a, b'],
      'the head',
    );
    equal(recording.text, '["é"]', 'text, as UTF-8 whatever the header says');
  },

  'keeps the first 4,096 characters of a refusal, and leaves the rest': async ({ transport, server }) => {
    const name = await scripted(server, [
      { head: { status: 503 } },
      { send: 'x'.repeat(9_000) },
      { hang: true },
    ]);
    const recording = record(transport, plainRequest(`${server.url}/scripted/${name}`, transport));
    const end = await recording.ended();
    equal(end.how === 'status' && [end.head.status, end.body.length], [503, 4_096], 'the end');
  },

  'asks the server, not the cache, for what follows an id': async ({ transport, server }) => {
    const head = { headers: { 'Content-Type': 'text/event-stream', 'Cache-Control': 'max-age=60' } };
    const name = await scripted(server, [{ head }, { send: 'one' }], [{ head }, { send: 'two' }]);
    const request = plainRequest(`${server.url}/scripted/${name}`, transport);
    for (const [index, text] of ['one', 'two'].entries()) {
      if (index > 0) request.headers.set('last-event-id', '7');
      const recording = record(transport, request);
      equal([(await recording.ended()).how, recording.text], ['complete', text], 'what came');
    }
  },

  'sends cookies across origins only when asked': async ({ transport, server }) => {
    const elsewhere = server.url.replace('127.0.0.1', 'localhost');
    for (const credentials of ['same-origin', 'include'] as const) {
      const name = await scripted(server, [{ send: 'ok' }]);
      const request = { ...plainRequest(`${elsewhere}/scripted/${name}`, transport), credentials };
      const recording = record(transport, request);
      equal(
        [(await recording.ended()).how, recording.text],
        ['complete', 'ok'],
        `across origins, ${credentials}`,
      );
    }
  },
};
