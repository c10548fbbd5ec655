// The model of an Orbited server says what the real one was recorded saying.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { recorded } from '../wire/orbited/transcripts.ts';
import { framed, OrbitedModel, type OrbitedSession, type Technique } from './orbited.ts';

let model: OrbitedModel;
let session: OrbitedSession;
let ids = 0;

beforeEach(() => {
  vi.useFakeTimers();
  ids = 0;
  model = new OrbitedModel({
    backends: { '127.0.0.1:7700': ({ write }) => write, '127.0.0.1:7702': 'down' },
  });
  model.begin();
  session = model.latest;
});
afterEach(() => {
  model.close();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe('the model of an Orbited server', () => {
  it.each([
    ['xhrstream', 'h\xc3\xa9llo \xe2\x9c\x93\0\xff', 5_500],
    ['htmlfile', 'h\xc3\xa9llo \xe2\x9c\x93', 5_500],
    ['sse', 'h\xc3\xa9llo \xe2\x9c\x93', 30_000],
  ] as const)('streams by %s what the real one does', (technique, bytes, time) => {
    const heard = listen(technique, 0);
    post('127.0.0.1:7700\n');
    post(bytes);
    vi.advanceTimersByTime(time);
    expect(heard.text).toBe(recorded[technique]);
  });

  it.each(['longpoll', 'poll'] as const)('answers by %s what the real one does', (technique) => {
    const first = listen(technique, 0);
    post('127.0.0.1:7700\n');
    expect([first, listen(technique, 2)]).toEqual(
      recorded[technique].slice(0, 2).map((text) => ({ text, isOver: true, isLost: false })),
    );
    const empty = listen(technique, 3);
    expect(empty.isOver).toBe(technique === 'poll');
    vi.advanceTimersByTime(30_000);
    expect(empty.isOver).toBe(true);
  });

  it('fails once behind a stream that was cut, and then sends again', () => {
    const cut = listen('xhrstream', 0);
    post('127.0.0.1:7700\n');
    post('h\xc3\xa9llo \xe2\x9c\x93\0\xff');
    cut.isLost = true;
    post('lost?', 3);
    expect(() => listen('xhrstream', 3)).toThrow(
      'Request.finish called on a request after its connection was lost',
    );
    expect(listen('xhrstream', 3).text).toBe(recorded.afterThat);
  });

  it.each([
    ['unauthorized', '127.0.0.1:1\n'],
    ['refused', '127.0.0.1:7702\n'],
    ['invalid', 'nonsense\n'],
  ] as const)('says %s as the real one does', (name, destination) => {
    const heard = listen('xhrstream', 0);
    post(destination);
    expect(heard).toEqual({ text: recorded[name], isOver: true, isLost: false });
    expect(model.sessions.size).toBe(0);
  });
});

function listen(technique: Technique, ack: number): { text: string; isOver: boolean; isLost: boolean } {
  const heard = { text: '', isOver: false, isLost: false };
  session.listen(technique, ack, {
    write: (text) => void (heard.text += text),
    end: () => void (heard.isOver = true),
    isLost: () => heard.isLost,
  });
  return heard;
}

function post(bytes: string, ack = 0): void {
  session.post(framed([[String(++ids), 'data', btoa(bytes)]]), ack);
}
