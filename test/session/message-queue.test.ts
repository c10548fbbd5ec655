import { describe, expect, it, vi } from 'vitest';
import { createMessageQueue } from '../../src/session/message-queue.ts';

describe('the message queue', () => {
  it('gives what is pushed in order, waiting where it must', async () => {
    const queue = createMessageQueue<number>(vi.fn());
    const loop = queue.read();
    const first = loop.next();
    queue.push(1);
    queue.push(2);
    expect(await first).toEqual({ done: false, value: 1 });
    queue.push(3);
    expect(await loop.next()).toEqual({ done: false, value: 2 });
    expect(await loop.next()).toEqual({ done: false, value: 3 });
  });

  it('gives what is queued after the end, then ends', async () => {
    const queue = createMessageQueue<number>(vi.fn());
    queue.push(1);
    queue.end();
    const loop = queue.read();
    expect(await loop.next()).toEqual({ done: false, value: 1 });
    expect(await loop.next()).toEqual({ done: true, value: undefined });
  });

  it('throws what it ended with once everything is given', async () => {
    const queue = createMessageQueue<number>(vi.fn());
    queue.push(1);
    queue.end(new Error('fatal'));
    const loop = queue.read();
    expect(await loop.next()).toEqual({ done: false, value: 1 });
    await expect(loop.next()).rejects.toThrow('fatal');
    expect(await loop.next()).toEqual({ done: true, value: undefined });
  });

  it('ends a loop that waits', async () => {
    const queue = createMessageQueue<number>(vi.fn());
    const next = queue.read().next();
    queue.end();
    expect(await next).toEqual({ done: true, value: undefined });
  });

  it('calls back when the loop is left', async () => {
    const left = vi.fn();
    const queue = createMessageQueue<number>(left);
    queue.push(1);
    queue.push(2);
    for await (const item of queue.read()) {
      expect(item).toBe(1);
      break;
    }
    expect(left).toHaveBeenCalledOnce();
  });

  it('takes its leave at once while it waits, and before it began', async () => {
    for (const began of [true, false]) {
      const left = vi.fn();
      const loop = createMessageQueue<number>(left).read();
      const next = began ? loop.next() : undefined;
      await loop.return?.();
      expect(left).toHaveBeenCalledOnce();
      expect(await (next ?? loop.next())).toEqual({ done: true, value: undefined });
    }
  });

  it('takes a hundred thousand messages without growing slower', async () => {
    const queue = createMessageQueue<number>(vi.fn());
    for (let n = 0; n < 100_000; n++) queue.push(n);
    queue.end();
    let expected = 0;
    for await (const item of queue.read()) if (item !== expected++) throw new Error(String(item));
    expect(expected).toBe(100_000);
    expect(queue.take()).toEqual([]);
  });
});
