import { describe, expect, it } from 'vitest';
import { eventStream } from '../../src/formats/event-stream.ts';
import { json } from '../../src/formats/json.ts';
import { scriptTags } from '../../src/formats/script-tags.ts';
import { formatsFor, pickFormat } from '../../src/session/pick-format.ts';

const formats = [eventStream, json, scriptTags];

describe('pickFormat', () => {
  it.each([
    ['text/event-stream', 'event-stream'],
    ['Text/Event-Stream; charset=utf-8', 'event-stream'],
    [' application/json ;x=1', 'json'],
    ['application/problem+json', 'json'],
    ['text/html', 'script-tags'],
    ['text/event-streams', undefined],
    ['application/octet-stream', undefined],
    ['', undefined],
    [null, undefined],
  ])('reads %s as %s', (contentType, name) => {
    expect(pickFormat(formats, contentType)?.name).toBe(name);
  });
});

describe('formatsFor', () => {
  it('leaves out HTML, which may be a login page, unless the transport asks for it', () => {
    expect(formatsFor(formats, undefined)).toEqual([eventStream, json]);
    expect(formatsFor(formats, 'application/json')).toEqual([eventStream, json]);
    expect(formatsFor(formats, 'text/html')).toEqual(formats);
  });
});
