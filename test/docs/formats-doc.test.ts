// docs/formats.md says what the code does.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { eventStream } from '../../src/formats/event-stream.ts';
import type { Format } from '../../src/formats/format.ts';
import { jsonLines } from '../../src/formats/json-lines.ts';
import { json } from '../../src/formats/json.ts';
import { scriptTags } from '../../src/formats/script-tags.ts';
import { text } from '../../src/formats/text.ts';
import { formatsFor, pickFormat } from '../../src/session/pick-format.ts';
import { decode, type SinkCall } from '../contracts/record-sink.ts';

const page = readFileSync(new URL('../../docs/formats.md', import.meta.url), 'utf8');
const formats = { eventStream, jsonLines, json, scriptTags, text };

describe('docs/formats.md', () => {
  it('names every format with its export and its media types, in their order', () => {
    const rows = tableUnder('Which format reads a response').map(([name, exported, mediaTypes]) => ({
      name: codeIn(name),
      exported: codeIn(exported),
      mediaTypes: codeIn(mediaTypes),
    }));
    const expected = Object.entries(formats).map(([exported, format]) => ({
      name: [format.name],
      exported: [exported],
      mediaTypes: [...format.mediaTypes],
    }));
    expect(rows).toEqual(expected);
  });

  it('takes the media type out of the header as it says', () => {
    const rows = tableUnder('The media type in the header').map(([header, name]) => [
      codeIn(header)[0] ?? '',
      codeIn(name)[0],
    ]);
    expect(rows.length).toBeGreaterThan(5);
    const readable = formatsFor(Object.values(formats), undefined);
    for (const [header = '', name] of rows) {
      expect([header, pickFormat(readable, header)?.name]).toEqual([header, name]);
    }
  });

  it.each(['What cannot be read', 'How long a message may be'])(
    'has a row for each format under "%s"',
    (heading) => {
      const names = tableUnder(heading).flatMap(([name]) => codeIn(name));
      expect(names).toEqual(Object.values(formats).map(({ name }) => name));
    },
  );

  it('shows calls that are read as it says', () => {
    const rows = tableUnder('Calls').map((cells) => cells.flatMap(codeIn));
    expect(rows).toHaveLength(5);
    for (const [call = '', event = '', data = ''] of rows) {
      const expected = event === '' ? [] : [{ event, data: JSON.parse(data) as unknown, id: '' }];
      expect(messagesOf(decode(scriptTags, [`<script>${call}</script>`]))).toEqual(expected);
    }
  });

  it.each<[heading: string, format: Format]>([
    ['json-lines', jsonLines],
    ['json', json],
    ['script-tags', scriptTags],
  ])('gives an example of %s that is two envelopes', (heading, format) => {
    expect(messagesOf(decode(format, [exampleUnder(heading)]))).toEqual([
      { event: 'tick', data: { n: 1 }, id: '7' },
      { event: 'tick', data: { n: 2 }, id: '8' },
    ]);
  });

  it('gives an example of event-stream with every field', () => {
    expect(decode(eventStream, [exampleUnder('event-stream')])).toEqual([
      ['retry', 3000],
      ['id', '7'],
      ['message', { event: 'tick', data: 'first line\nsecond line', id: '7' }],
    ]);
  });

  it('tells an envelope from data as it says', () => {
    const rows = tableUnder('The envelope', 'Value').map(([value, read = '']) => [
      codeIn(value)[0] ?? '',
      read,
    ]);
    expect(rows.length).toBeGreaterThan(5);
    for (const [value = '', read = ''] of rows) {
      const whole = JSON.parse(value) as { id?: string | number | null; data: unknown };
      const [message] = messagesOf(decode(json, [value])) as { data: unknown; id: string }[];
      const isEnvelope = read.includes('an envelope');
      const id = isEnvelope ? String(whole.id ?? '') : '';
      expect([value, message?.data, message?.id]).toEqual([value, isEnvelope ? whole.data : whole, id]);
    }
  });

  it('gives an example of an envelope that wraps another', () => {
    const [wrapped = ''] = /`(\{"event":"message".*\})`/.exec(page)?.slice(1) ?? [];
    expect(messagesOf(decode(json, [wrapped]))).toEqual([
      { event: 'message', data: { id: '1', data: 2 }, id: '' },
    ]);
  });
});

function sectionUnder(heading: string): string {
  const start = page.search(new RegExp(`^#+ ${heading}$`, 'm'));
  expect(start, `a heading "${heading}"`).toBeGreaterThanOrEqual(0);
  const section = page.slice(page.indexOf('\n', start) + 1);
  const next = section.search(/^#/m);
  return next < 0 ? section : section.slice(0, next);
}

/** The cells of the table's rows, without its head; of several tables, the one whose head begins so. */
function tableUnder(heading: string, head = ''): string[][] {
  const section = sectionUnder(heading);
  const table = section.slice(section.indexOf(`| ${head}`)).split('\n\n')[0] ?? '';
  const rows = table.match(/^\|.*\|$/gm) ?? [];
  expect(rows.length).toBeGreaterThan(2);
  return rows.slice(2).map((row) => row.slice(1, -1).split('|'));
}

function exampleUnder(heading: string): string {
  return /```\w*\n(.*?)```/s.exec(sectionUnder(heading))?.[1] ?? '';
}

function codeIn(cell = ''): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
}

function messagesOf(calls: readonly SinkCall[]): unknown[] {
  return calls.flatMap((call) => (call[0] === 'message' ? [call[1]] : []));
}
