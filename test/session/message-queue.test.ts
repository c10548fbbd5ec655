import { describe, expect, it, vi } from 'vitest';
import { createMessageQueue } from '../../src/session/message-queue.ts';

describe('the message queue', () => {
  it('gives what is pushed in order, waiting where it must', async () => {
    const queue = createMessageQueue<number>(vi.fn());
    const first = queue.next();
    queue.push(1);
    queue.push(2);
    expect(await first).toEqual({ done: false, value: 1 });
    expect(await queue.next()).toEqual({ done: false, value: 2 });
  });

  it('gives what is queued after the end, then ends', async () => {
    const queue = createMessageQueue<number>(vi.fn());
    queue.push(1);
    queue.end();
    expect(await queue.next()).toEqual({ done: false, value: 1 });
    expect(await queue.next()).toEqual({ done: true, value: undefined });
  });

  it('throws what it ended with once everything is given, and only once', async () => {
    const queue = createMessageQueue<number>(vi.fn());
    queue.push(1);
    queue.end(new Error('fatal'));
    expect(await queue.next()).toEqual({ done: false, value: 1 });
    await expect(queue.next()).rejects.toThrow('fatal');
    expect(await queue.next()).toEqual({ done: true, value: undefined });
  });

  it('calls back when the loop is left', async () => {
    const left = vi.fn();
    const queue = createMessageQueue<number>(left);
    queue.push(1);
    await queue.return?.();
    expect(left).toHaveBeenCalledOnce();
    expect(await queue.next()).toEqual({ done: true, value: undefined });
  });

  it('lets go of what it gave, over a hundred thousand messages', async () => {
    const queue = createMessageQueue<number>(vi.fn());
    for (let n = 0; n < 100_000; n++) queue.push(n);
    for (let n = 0; n < 99_999; n++) await queue.next();
    expect(queue.take()).toEqual([99_999]);
    expect(queue.take()).toEqual([]);
  });
});
