import { describe, expect, it } from 'vitest';
import { createCursor, type Cursor } from '../../src/session/cursor.ts';

function deliver(cursor: Cursor, messages: [id: string, data: string][]): string[] {
  return messages.flatMap(([id, data]) => {
    if (id !== '=') cursor.moveTo(id);
    return cursor.isReplay(data) ? [] : [data];
  });
}

describe('the cursor', () => {
  it('begins where it is told and moves with the ids', () => {
    const cursor = createCursor('5');
    expect(cursor.id).toBe('5');
    cursor.moveTo('6');
    expect(cursor.id).toBe('6');
    cursor.moveTo('');
    expect(cursor.id).toBe('');
  });

  it('keeps repeated ids of one connection: they are no replay', () => {
    const cursor = createCursor('');
    expect(
      deliver(cursor, [
        ['1', 'a'],
        ['1', 'b'],
        ['=', 'c'],
      ]),
    ).toEqual(['a', 'b', 'c']);
  });

  it('drops what an earlier connection delivered, until the first id that is new', () => {
    const cursor = createCursor('');
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
    const cursor = createCursor('');
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
    const cursor = createCursor('');
    deliver(cursor, [
      ['=', 'a'],
      ['=', 'a'],
    ]);
    cursor.reconnected();
    expect(deliver(cursor, [['=', 'a']])).toEqual(['a']);
  });

  it('delivers a known id with other data', () => {
    const cursor = createCursor('');
    deliver(cursor, [
      ['1', 'alpha'],
      ['2', 'beta'],
    ]);
    cursor.reconnected();
    expect(
      deliver(cursor, [
        ['1', 'other'],
        ['2', 'beta'],
      ]),
    ).toEqual(['other']);
  });

  it('recognises a replay of the last 512 messages', () => {
    const cursor = createCursor('');
    const all = Array.from({ length: 2_000 }, (_, n): [string, string] => [String(n), `data ${String(n)}`]);
    deliver(cursor, all);
    cursor.reconnected();
    expect(deliver(cursor, all.slice(-512))).toEqual([]);
    cursor.reconnected();
    expect(deliver(cursor, [...all.slice(-100), ['2000', 'new']])).toEqual(['new']);
  });

  it('tells parsed values apart, too', () => {
    const cursor = createCursor('');
    const deliverValue = (id: string, data: unknown): boolean => {
      cursor.moveTo(id);
      return !cursor.isReplay(data);
    };
    deliverValue('1', { n: 1 });
    deliverValue('2', { n: 2 });
    cursor.reconnected();
    expect(deliverValue('1', { n: 7 })).toBe(true);
    expect(deliverValue('2', { n: 2 })).toBe(false);
    expect(deliverValue('3', null)).toBe(true);
  });
});
