// The laws of the transports that Node itself can carry: those made of fetch.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ladder } from '../../src/transports/index.ts';
import { startServer, type ReferenceServer } from '../server/server.ts';
import type { ServerControl } from './bench.ts';
import { PLAIN_DEMAND, transportLaws } from './transport-laws.ts';

let server: ReferenceServer;

const control: ServerControl = {
  get url() {
    return server.url;
  },
  script: async (name, connections) => server.script(name, connections),
  log: async (name) => server.log(name),
};

beforeAll(async () => {
  server = await startServer();
});

afterAll(() => server.close());

const NEEDS_A_PAGE = ['xhr-stream', 'event-source', 'htmlfile', 'iframe'];

for (const transport of ladder) {
  describe(transport.name, () => {
    if (NEEDS_A_PAGE.includes(transport.name)) {
      it('refuses in Node, and says what it needs', () => {
        expect(transport.refuses(PLAIN_DEMAND)).toMatch(/^needs /);
      });
      return;
    }
    for (const { sentence, run } of transportLaws(transport, control)) {
      it(sentence, async (context) => {
        const reason = await run();
        if (reason !== undefined) context.skip(reason);
      });
    }
  });
}
