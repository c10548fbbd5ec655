import { describe, expect, it } from 'vitest';
import { createDelivered } from '../../src/session/delivered.ts';

interface Reader {
  readonly id: string;
  moveTo(id: string): void;
  isReplay(data: unknown, event?: string): boolean;
  reconnected(): void;
}

/** A cursor, as the newest of its connections moves it. */
function readFrom(id: string): Reader {
  const delivered = createDelivered();
  let last = id;
  let place = delivered.connect();
  return {
    get id() {
      return last;
    },
    moveTo(next) {
      last = next;
      place.stated();
    },
    isReplay: (data, event = 'message') => place.isReplay({ event, data, id: last }, last),
    reconnected: () => {
      place = delivered.connect();
    },
  };
}

function deliver(cursor: Reader, messages: [id: string, data: string][]): string[] {
  return messages.flatMap(([id, data]) => {
    if (id !== '=') cursor.moveTo(id);
    return cursor.isReplay(data) ? [] : [data];
  });
}

describe('the cursor', () => {
  it('begins where it is told and moves with the ids', () => {
    const cursor = readFrom('5');
    expect(cursor.id).toBe('5');
    cursor.moveTo('6');
    expect(cursor.id).toBe('6');
    cursor.moveTo('');
    expect(cursor.id).toBe('');
  });

  it('keeps repeated ids of one connection: they are no replay', () => {
    const cursor = readFrom('');
    expect(
      deliver(cursor, [
        ['1', 'a'],
        ['1', 'b'],
        ['=', 'c'],
      ]),
    ).toEqual(['a', 'b', 'c']);
  });

  it('drops what an earlier connection delivered, until the first id that is new', () => {
    const cursor = readFrom('');
    deliver(cursor, [
      ['1', 'a'],
      ['2', 'b'],
      ['3', 'c'],
    ]);
    cursor.reconnected();
    expect(
      deliver(cursor, [
        ['2', 'b'],
        ['3', 'c'],
        ['4', 'd'],
        ['2', 'b'],
      ]),
    ).toEqual(['d', 'b']);
  });

  it('drops nothing before the first id of a connection', () => {
    const cursor = readFrom('');
    deliver(cursor, [['1', 'a']]);
    cursor.reconnected();
    expect(
      deliver(cursor, [
        ['=', 'a'],
        ['2', 'b'],
      ]),
    ).toEqual(['a', 'b']);
  });

  it('never drops messages without ids', () => {
    const cursor = readFrom('');
    deliver(cursor, [
      ['=', 'a'],
      ['=', 'a'],
    ]);
    cursor.reconnected();
    expect(deliver(cursor, [['=', 'a']])).toEqual(['a']);
  });

  it('delivers a known id with other data', () => {
    const cursor = readFrom('');
    deliver(cursor, [
      ['1', 'alpha'],
      ['2', 'beta'],
    ]);
    cursor.reconnected();
    // Not even what happens to be equal behind it is dropped: it is new, too.
    expect(
      deliver(cursor, [
        ['1', 'other'],
        ['2', 'beta'],
      ]),
    ).toEqual(['other', 'beta']);
  });

  it('recognises a replay of the last 512 messages', () => {
    const cursor = readFrom('');
    const all = Array.from({ length: 2_000 }, (_, n): [string, string] => [String(n), `data ${String(n)}`]);
    deliver(cursor, all);
    cursor.reconnected();
    expect(deliver(cursor, all.slice(-512))).toEqual([]);
    cursor.reconnected();
    expect(deliver(cursor, [...all.slice(-100), ['2000', 'new']])).toEqual(['new']);
  });

  it('recognises no more than twice as many, however short they are', () => {
    const cursor = readFrom('');
    const all = Array.from({ length: 1_025 }, (_, n): [string, string] => [String(n), 'x']);
    deliver(cursor, all);
    cursor.reconnected();
    expect(deliver(cursor, all.slice(0, 1))).toEqual(['x']);
  });

  it('recognises a long message, too, and tells it from another one', () => {
    const cursor = readFrom('');
    const long = 'x'.repeat(300_000);
    expect(deliver(cursor, [['1', long]])).toEqual([long]);
    cursor.reconnected();
    expect(deliver(cursor, [['1', long]])).toEqual([]);
    cursor.reconnected();
    expect(deliver(cursor, [['1', `${long.slice(1)}y`]])).toHaveLength(1);
  });

  it('tells parsed values apart, too, whatever a handler did to them', () => {
    const cursor = readFrom('');
    const isNew = (id: string, data: unknown): boolean => {
      cursor.moveTo(id);
      return !cursor.isReplay(data);
    };
    const touched = { n: 1 };
    expect([isNew('1', touched), isNew('2', { n: 2 })]).toEqual([true, true]);
    touched.n = 99;
    cursor.reconnected();
    expect([isNew('1', { n: 1 }), isNew('2', { n: 2 }), isNew('3', null)]).toEqual([false, false, true]);
    cursor.reconnected();
    expect([isNew('2', { n: 7 }), isNew('3', null)]).toEqual([true, true]);
  });

  it('tells long parsed values apart, and knows them again', () => {
    const cursor = readFrom('');
    const rows = (last: number): number[] => [...Array.from({ length: 10_000 }, (_, n) => n), last];
    cursor.moveTo('1');
    expect(cursor.isReplay(rows(10))).toBe(false);
    cursor.reconnected();
    cursor.moveTo('1');
    expect(cursor.isReplay(rows(10))).toBe(true);
    cursor.reconnected();
    cursor.moveTo('1');
    expect(cursor.isReplay(rows(11))).toBe(false);
  });

  it('tells long texts of equal length apart', () => {
    const cursor = readFrom('');
    const quote = (price: number): string => JSON.stringify({ symbol: 'ABC', price, currency: 'EUR' });
    deliver(cursor, [
      ['1', quote(101)],
      ['2', quote(102)],
    ]);
    cursor.reconnected();
    expect(
      deliver(cursor, [
        ['1', quote(207)],
        ['2', quote(208)],
      ]),
    ).toHaveLength(2);
  });

  it('tells messages apart that do not say their ids themselves', () => {
    const delivered = createDelivered();
    const silent = { event: 'message', data: 'tick', id: '' };
    const begin = (...ids: string[]): boolean[] => {
      const place = delivered.connect();
      place.stated();
      return ids.map((id) => place.isReplay(silent, id));
    };
    expect([begin('1', '2'), begin('2', '3')]).toEqual([
      [false, false],
      [true, false],
    ]);
  });

  it('recognises several messages under one id', () => {
    const cursor = readFrom('');
    deliver(cursor, [
      ['1', 'a'],
      ['1', 'b'],
    ]);
    cursor.reconnected();
    expect(
      deliver(cursor, [
        ['1', 'a'],
        ['1', 'b'],
        ['2', 'c'],
      ]),
    ).toEqual(['c']);
  });

  it('recognises the last 262,144 characters, and not much more than twice as many, with the names of the events', () => {
    const length = 16_384 - 'message'.length;
    const all = Array.from({ length: 60 }, (_, n): [string, string] => [
      String(n),
      `${String(n)}.`.padEnd(length, 'x'),
    ]);
    const replayed = (from: number): number => {
      const cursor = readFrom('');
      deliver(cursor, all);
      cursor.reconnected();
      return all.length - from - deliver(cursor, all.slice(from)).length;
    };
    expect([replayed(44), replayed(25)]).toEqual([16, 0]);
  });
});

describe('what is remembered', () => {
  it('are the newest 512 at least, however much was delivered before', () => {
    const cursor = readFrom('');
    const all = Array.from({ length: 3_000 }, (_, n): [string, string] => [
      String(n),
      `${'x'.repeat(400)}${String(n)}`,
    ]);
    deliver(cursor, all);
    cursor.reconnected();
    expect(deliver(cursor, all.slice(-512))).toEqual([]);
    cursor.reconnected();
    expect(deliver(cursor, all.slice(1_900, 1_904))).toHaveLength(4);
  });

  it('is less where messages are long, and never the id alone', () => {
    const cursor = readFrom('');
    const all = Array.from({ length: 100 }, (_, n): [string, string] => [String(n), 'x'.repeat(16_000 + n)]);
    deliver(cursor, all);
    cursor.reconnected();
    expect(deliver(cursor, all.slice(-16))).toEqual([]);
    cursor.reconnected();
    expect(deliver(cursor, all.slice(0, 5))).toHaveLength(5);
  });

  it('is nothing where there is no id', () => {
    const cursor = readFrom('');
    cursor.moveTo('');
    expect([cursor.isReplay('a'), cursor.isReplay('a')]).toEqual([false, false]);
    cursor.reconnected();
    cursor.moveTo('');
    expect(cursor.isReplay('a')).toBe(false);
  });
});
