import { describe, expect, it } from 'vitest';
import { isCommand, notACommand, readList } from '../../src/commands/read-commands.ts';

const command = { type: 'remove', remove: '#a' };

describe('what is pushed', () => {
  it.each<[string, unknown]>([
    ['one command', command],
    ['a list', [command]],
    ['the JSON text of one', JSON.stringify(command)],
    ['the JSON text of a list', JSON.stringify([command])],
    ['JSON behind a byte order mark', `\uFEFF${JSON.stringify(command)}`],
    ['JSON among white space', `\uFEFF\r\n\t ${JSON.stringify([command])} \n`],
  ])('may be %s', (_, pushed) => {
    expect(readList(pushed)).toEqual([command]);
  });

  it('may be an empty list', () => {
    expect(readList([])).toEqual([]);
    expect(readList(' [] ')).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['no JSON', '[{"type":"remove"'],
    ['empty text', ''],
    ['JSON of something else', '"remove"'],
    ['a number', 7],
    ['null', null],
    ['undefined', undefined],
    ['a list in a list', [[command]]],
    ['an object without type', { selector: '#a' }],
    ['an object whose type is no text', { type: 1 }],
    ['a function', () => command],
  ])('is no command when it is %s', (_, pushed) => {
    const list = readList(pushed);
    expect(list).toHaveLength(1);
    expect(list.some(isCommand)).toBe(false);
  });
});

describe('the error for what is no command', () => {
  const circle: Record<string, unknown> = {};
  circle['self'] = circle;

  it.each<[string, unknown, string]>([
    ['text as it is', '[{"type"', '[{"type"'],
    ['an object as JSON', { selector: '#a' }, '{"selector":"#a"}'],
    ['undefined by its name', undefined, 'undefined'],
    ['a function by its kind', () => command, 'function'],
    ['a symbol by its kind', Symbol('type'), 'symbol'],
    ['what has no JSON by its kind', circle, 'object'],
    ['a big number by its kind', 7n, 'bigint'],
    ['what has no text at all by its kind', Object.assign(Object.create(null), circle), 'object'],
  ])('shows %s', (_, value, payload) => {
    const error = notACommand(value);
    expect(error).toMatchObject({ code: 'malformed', payload });
  });

  it('shows no more than 200 characters', () => {
    expect(notACommand('x'.repeat(1_000)).payload).toBe('x'.repeat(200));
    expect(notACommand({ text: 'x'.repeat(1_000) }).payload).toHaveLength(200);
  });
});
