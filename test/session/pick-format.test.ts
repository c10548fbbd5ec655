import { describe, expect, it } from 'vitest';
import { createClient } from '../../src/all-parts.ts';
import { eventStream } from '../../src/formats/event-stream.ts';
import type { Format } from '../../src/formats/format.ts';
import { jsonLines } from '../../src/formats/json-lines.ts';
import { json } from '../../src/formats/json.ts';
import { scriptTags } from '../../src/formats/script-tags.ts';
import { text } from '../../src/formats/text.ts';
import { formatsFor, pickFormat } from '../../src/session/pick-format.ts';
import { memoryTransport, virtualEnvironment } from '../../src/testing.ts';

const formats = [eventStream, jsonLines, json, scriptTags, text];

describe('pickFormat', () => {
  it.each([
    ['text/event-stream', 'event-stream'],
    ['Text/Event-Stream; charset=utf-8', 'event-stream'],
    [' application/json ;x=1', 'json'],
    ['text/json', 'json'],
    ['application/problem+json', 'json'],
    ['application/problem+json, text/plain', 'text'],
    ['text/html', 'script-tags'],
    // Lines of JSON, by the names that servers give them.
    ['application/x-ndjson', 'json-lines'],
    ['application/x-jsonlines', 'json-lines'],
    ['application/x-jsonl', 'json-lines'],
    ['application/stream+json', 'json-lines'],
    ['application/x-json-stream', 'json-lines'],
    ['application/x-ldjson', 'json-lines'],
    ['text/x-ndjson; charset=utf-8', 'json-lines'],
    ['application/geo+json-seq', 'json-lines'],
    ['text/event-streams', undefined],
    ['application/json-patch', undefined],
    ['application/+json-lines', undefined],
    ['application/octet-stream', undefined],
    ['', undefined],
    [null, undefined],
  ])('reads %s as %s', (contentType, name) => {
    expect(pickFormat(formats, contentType)?.name).toBe(name);
  });

  it.each(formats.map((format): [string, Format] => [format.name, format]))(
    'reads each type of %s, in any case, with parameters, twice in one header',
    (_, format) => {
      for (const type of format.mediaTypes) {
        const forms = [type, type.toUpperCase(), `${type};charset=utf-8`, `${type}, ${type}`];
        for (const header of [...forms, `image/png, ${type}`]) {
          expect([header, pickFormat(formats, header)]).toEqual([header, format]);
        }
      }
    },
  );
});

describe('formatsFor', () => {
  it('leaves out HTML, which may be a login page, unless the transport asks for it', () => {
    const others = formats.filter((format) => format !== scriptTags);
    expect(formatsFor(formats, undefined)).toEqual(others);
    expect(formatsFor(formats, 'application/json')).toEqual(others);
    expect(formatsFor(formats, 'text/html')).toEqual(formats);
  });
});

describe('a response whose header states several types', () => {
  it('is read by the last valid one', async () => {
    const transport = memoryTransport();
    const environment = virtualEnvironment();
    const { request } = createClient({ transports: [transport], formats, environment });
    const reply = request('/events').then(({ messages }) => messages);
    await environment.settle();
    transport.latest.open({ headers: { 'content-type': 'application/json, text/event-stream, */*' } });
    transport.latest.send('data: one\n\n');
    transport.latest.end();
    expect(await reply).toMatchObject([{ data: 'one' }]);
  });
});
