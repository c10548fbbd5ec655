// The client for Sijax backends where a page's code is rendered on a server.

import { describe, expect, it } from 'vitest';
import { cookie, metaTag, sijax } from '../../src/sijax/client/sijax.ts';
import { memoryTransport } from '../../src/testing.ts';

describe('without a page', () => {
  it('nothing is requested', async () => {
    const transport = memoryTransport();
    const params = { csrf_token: metaTag('csrf-token') };
    const app = sijax(undefined, {
      transports: [transport],
      params,
      headers: { 'x-token': cookie('token') },
    });
    const call = app.request('say', ['hello']);
    app.comet('work').close();
    await expect(call).rejects.toMatchObject({ code: 'no-transport' });
    expect(transport.connections).toEqual([]);
  });

  it('there are no tokens', () => {
    expect([cookie('token')(), metaTag('token')()]).toEqual([undefined, undefined]);
  });
});
