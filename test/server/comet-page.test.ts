// What the page "Comet" is sent: commands that add up, text that stays text, and a picture of every cell.

import { expect, it } from 'vitest';
import { cometFunctions } from './comet-page.ts';
import { cometPicture } from './comet-picture.ts';
import type { Commands, ServerCall, ServerFunction } from './sijax.ts';

interface Published {
  readonly channel: string;
  readonly data: unknown;
}

const published: Published[] = [];
const functions = cometFunctions({ publish: (channel, { data }) => void published.push({ channel, data }) });

async function run(name: string, values: unknown[] = [], form = new FormData()): Promise<object[]> {
  const call: ServerCall = { values, form, pause: async () => {} };
  const { [name]: found } = functions as Record<string, ServerFunction | undefined>;
  const result = found?.(call) ?? [];
  if (!(Symbol.asyncIterator in result)) return [...(await result)];
  const lists: Commands[] = [];
  for await (const list of result) lists.push(list);
  return lists.flat();
}

it('a search goes from nothing to all of it, and finds twelve comets', async () => {
  const commands = await run('search');
  const widths = commands.flatMap((command) =>
    'key' in command && command.key === 'width' ? [command] : [],
  );
  expect(widths[0]).toMatchObject({ value: '0%' });
  expect(widths.at(-1)).toMatchObject({ value: '100%' });
  expect(commands.filter((command) => 'setType' in command && command.setType === 'append')).toHaveLength(12);
});

it('what is said goes to all, as text, and empties the field of who said it', async () => {
  expect(await run('say', ['<i>', ' "a" & b ', 'tab-1'])).toMatchObject([{ selector: '#text', value: '' }]);
  const { channel, data } = published.at(-1) ?? {};
  expect(channel).toBe('comet-chat');
  expect(data).toEqual([
    {
      type: 'html',
      selector: '#lines',
      html: '<li id="line-2"><b>&#60;i&#62;</b><span>&#34;a&#34; &#38; b</span></li>',
      setType: 'append',
    },
    { type: 'call', call: 'chat.arrived', params: ['line-2', 'tab-1'] },
  ]);
});

it('nothing said is an alert, and goes to nobody', async () => {
  const before = published.length;
  expect(await run('say', ['Halley', '  '])).toEqual([{ type: 'alert', alert: 'Say something first.' }]);
  expect(published).toHaveLength(before);
});

it('an upload is answered with its hash', async () => {
  const form = new FormData();
  form.set('plate', new File(['abc'], 'a.bin'));
  expect(await run('plates_upload', ['plates'], form)).toContainEqual(
    expect.objectContaining({
      selector: '#upload-hash',
      html: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    }),
  );
});

it('a picture paints every cell once', async () => {
  const commands = await run('paint', [72, 40]);
  const cells = commands.map((command) => ('selector' in command ? command.selector : ''));
  expect(new Set(cells).size).toBe(72 * 40);
  expect(new Set(cometPicture(72, 40).map(({ colour }) => colour)).size).toBeGreaterThan(100);
});

it.each(['script', 'constructor', 'all of them'])(
  'behind what is hostile (%s) stands what is not',
  async (kind) => {
    const commands = await run('hostile', [kind, 9]);
    expect(commands.length).toBeGreaterThan(1);
    expect(commands.at(-1)).toMatchObject({ type: 'html', selector: '#survived', html: '9' });
  },
);
