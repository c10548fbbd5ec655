// A worker has neither window nor document: what needs none works there, and the rest says why it does not.

import { describe, expect, it } from 'vitest';
import { startServer } from '../server/server.ts';
import { servePage } from './bundle.ts';
import { borrow, findBrowsers } from './drivers.ts';
import { skipIfMissing } from './missing.ts';

interface Outcome {
  readonly received: string[];
  readonly refusals: string[];
}

for (const found of findBrowsers()) {
  describe(found.name, () => {
    it('subscribes in a worker over every technique that needs no document', async (context) => {
      skipIfMissing(found, context);
      const server = await startServer();
      const browser = await borrow(found);
      try {
        const page = await browser.newPage(await servePage(server, 'journeys'));
        const { received, refusals } = await page.run<Outcome>(inWorker);
        expect(received).toEqual(['fetchStream', 'xhrStream', 'eventSource', 'longPoll', 'poll']);
        expect(refusals).toEqual(['htmlfile needs a document', 'iframe needs a document']);
      } finally {
        await browser.close();
        await server.close();
      }
    });
  });
}

/** Runs in the page: starts a worker that takes three numbered events over each technique, and tells which gave them. */
function inWorker(): Promise<unknown> {
  const code = `
    importScripts('${location.origin}/dist/encke.min.js');
    const url = '${location.origin}/numbered?count=3&key=';
    async function take(name) {
      let count = 0;
      const subscription = encke.subscribe(url + name, {
        transports: [encke[name]],
        until: () => ++count === 3,
      });
      const { reason } = await subscription.closed;
      return reason === 'done' && count === 3;
    }
    (async () => {
      const received = [];
      for (const name of ['fetchStream', 'xhrStream', 'eventSource', 'longPoll', 'poll']) {
        if (await take(name)) received.push(name);
      }
      let refusals = [];
      const transports = [encke.htmlFile, encke.iframe, encke.fetchStream];
      const choice = encke.subscribe(url, { transports, onTransport(change) { refusals = change.refusals; } });
      await new Promise((resolve) => setTimeout(resolve, 50));
      choice.close();
      postMessage({ received, refusals });
    })();
  `;
  const worker = new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => {
      worker.terminate();
      resolve(data);
    };
    worker.onerror = ({ message }) => {
      reject(new Error(message));
    };
  });
}
