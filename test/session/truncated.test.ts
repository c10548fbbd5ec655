// A response that broke off, from a server that always ends so.

import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../src/client.ts';
import { createClient } from '../../src/all-parts.ts';
import { EnckeError } from '../../src/ground/errors.ts';
import { eventStream } from '../../src/formats/event-stream.ts';
import type { Format } from '../../src/formats/format.ts';
import { scriptTags } from '../../src/formats/script-tags.ts';
import type { RequestOptions } from '../../src/options.ts';
import { memoryTransport, virtualEnvironment } from '../../src/testing.ts';

const BLOCK = '<script>parent.enckeReceive(["one"]);</script>\n';

async function start(
  options: RequestOptions,
): Promise<{ transport: ReturnType<typeof memoryTransport>; exchange: Exchange }> {
  const transport = memoryTransport();
  const environment = virtualEnvironment();
  const { request } = createClient({
    transports: [transport],
    formats: [eventStream],
    environment,
  });
  const exchange = request('/work', { format: scriptTags, ...options });
  await environment.settle();
  return { transport, exchange };
}

describe('allowTruncated', () => {
  it('takes a cut behind a whole message for the end, and says so', async () => {
    const { transport, exchange } = await start({ allowTruncated: true });
    transport.latest.send(BLOCK);
    transport.latest.cut();
    const { truncated, messages } = await exchange;
    expect(truncated).toBe(true);
    expect(messages).toMatchObject([{ data: ['one'] }]);
    await expect(exchange.closed).resolves.toEqual({ reason: 'done', truncated: true });
    expect(transport.connections).toHaveLength(1);
  });

  it('says that nothing is truncated where the response ended as it should', async () => {
    const { transport, exchange } = await start({ allowTruncated: true });
    transport.latest.send(BLOCK);
    transport.latest.end();
    expect((await exchange).truncated).toBe(false);
  });

  it.each([
    ['before the first message', ['<html>']],
    ['before anything', []],
    ['inside a message', [BLOCK, '<script>parent.enckeReceive(["tw']],
    ['inside a block', [BLOCK, '<script>parent.enckeRec']],
    ['inside a tag', [BLOCK, '<scri']],
  ])('is no excuse for a cut %s', async (_where, chunks) => {
    const { transport, exchange } = await start({ allowTruncated: true });
    for (const chunk of chunks) transport.latest.send(chunk);
    transport.latest.cut();
    await expect(exchange).rejects.toMatchObject({ code: 'network' });
  });

  it('is no excuse for an answer that the time limit of the caller ends', async () => {
    const transport = memoryTransport({ rhythm: 'answer' });
    const environment = virtualEnvironment();
    const { request } = createClient({ transports: [transport], formats: [scriptTags], environment });
    const exchange = request('/work', { format: scriptTags, allowTruncated: true, connectTimeout: 5_000 });
    await environment.settle();
    transport.latest.send(BLOCK);
    await environment.advance(5_000);
    await expect(exchange.closed).resolves.toMatchObject({ reason: 'fatal', error: { code: 'timeout' } });
  });

  it('changes nothing for a format that cannot tell whether something is half read', async () => {
    const { transport, exchange } = await start({ allowTruncated: true, format: eventStream });
    transport.latest.send('data: one\n\n');
    transport.latest.cut();
    await expect(exchange).rejects.toMatchObject({ code: 'network' });
  });

  it('must be asked for', async () => {
    const { transport, exchange } = await start({});
    transport.latest.send(BLOCK);
    transport.latest.cut();
    await expect(exchange).rejects.toMatchObject({ code: 'network' });
  });
});

describe('a format that gives up', () => {
  it('ends the request as fatal, stops the transport, and is heard once', async () => {
    const hopeless: Format = {
      name: 'hopeless',
      mediaTypes: ['text/plain'],
      decoder: ({ failed }) => ({
        feed() {
          failed(new EnckeError('not-a-sijax-response', 'A page came.'));
        },
        end() {
          failed(new EnckeError('not-a-sijax-response', 'A page came, again.'));
        },
      }),
    };
    const errors: EnckeError[] = [];
    const { transport, exchange } = await start({ format: hopeless, onError: (error) => errors.push(error) });
    transport.latest.send('<html>');
    expect(transport.latest.stopped).toBe(true);
    await expect(exchange).rejects.toMatchObject({ code: 'not-a-sijax-response' });
    expect(errors.map(({ message }) => message)).toEqual(['A page came.']);
  });
});
