// What the page "Comet" calls on the server: a long search, a chat, an upload, a picture, and commands that go wrong.

import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { cometPicture } from './comet-picture.ts';
import { hostileCommands } from './hostile-commands.ts';
import { alert, append, attr, call, css, escaped, html, type Command } from './page-commands.ts';
import type { ReferenceServer } from './server.ts';
import type { Commands, ServerCall, ServerFunction } from './sijax.ts';

/** The channel that brings what is said in one tab to all. */
const CHAT = 'comet-chat';

/** Longest name and longest line of the chat, in characters. */
const LONGEST_NAME = 20;
const LONGEST_LINE = 200;

/** Fields of the sky, and milliseconds that each takes. */
const FIELDS = 60;
const FIELD_TIME = 130;

/** Pieces in which an upload is read, and milliseconds that each takes. */
const PIECES = 20;
const PIECE_TIME = 40;

/** Commands of a picture in one list, and milliseconds between two lists. */
const STROKES = 60;
const STROKE_TIME = 16;

/** Comets with their periods in years. */
const CATALOGUE: readonly (readonly [name: string, years: number])[] = [
  ['2P/Encke', 3.3],
  ['9P/Tempel', 5.6],
  ['46P/Wirtanen', 5.4],
  ['67P/Churyumov–Gerasimenko', 6.4],
  ['21P/Giacobini–Zinner', 6.5],
  ['81P/Wild', 6.4],
  ['103P/Hartley', 6.5],
  ['19P/Borrelly', 6.9],
  ['8P/Tuttle', 13.6],
  ['55P/Tempel–Tuttle', 33.2],
  ['12P/Pons–Brooks', 71.2],
  ['1P/Halley', 75.9],
];

type Publisher = Pick<ReferenceServer, 'publish'>;

/** Starts the chat with a line of the server's. */
export function cometFunctions(server: Publisher): Readonly<Record<string, ServerFunction>> {
  let lines = 0; // said so far
  tell('The server', 'Open this page in another tab: what you say there is shown here.', '');
  return {
    search,
    say,
    plates_upload: receivePlates,
    paint,
    hostile: ({ values }) => hostileCommands(String(values[0]), Number(values[1])),
  };

  function say({ values }: ServerCall): Commands {
    const [name = '', text = '', tab = ''] = values.map((value) => String(value).trim());
    if (text === '') return [alert('Say something first.')];
    tell(name.slice(0, LONGEST_NAME) || 'Somebody', text.slice(0, LONGEST_LINE), tab);
    return [attr('#text', 'value', '')];
  }

  /** To every tab, as the commands that show it. */
  function tell(name: string, text: string, tab: string): void {
    lines += 1;
    const line = `<li id="line-${lines}"><b>${escaped(name)}</b><span>${escaped(text)}</span></li>`;
    server.publish(CHAT, { data: [append('#lines', line), call('chat.arrived', `line-${lines}`, tab)] });
  }
}

async function* search({ pause }: ServerCall): AsyncGenerator<Commands> {
  let found = 0;
  yield [
    html('#found', ''),
    html('#search-note', `Searching ${FIELDS} fields of the sky.`),
    ...progress('search', 0),
  ];
  for (let field = 1; field <= FIELDS; field += 1) {
    await pause(FIELD_TIME);
    const comet = field % (FIELDS / CATALOGUE.length) === 0 ? CATALOGUE[found] : undefined;
    if (!comet) yield progress('search', field / FIELDS);
    else {
      found += 1;
      const [name, years] = comet;
      yield [
        ...progress('search', field / FIELDS),
        append('#found', `<li>${name} <i>${years} years</i></li>`),
      ];
    }
  }
  yield [html('#search-note', `The server has searched ${FIELDS} fields and found ${found} comets.`)];
}

/** Of a bar and the number beside it. */
function progress(name: string, share: number): Commands {
  const percent = Math.round(100 * share);
  return [
    css(`#${name}-bar`, 'width', `${percent}%`),
    attr(`#${name}-bar`, 'aria-valuenow', percent),
    html(`#${name}-percent`, `${percent} %`),
  ];
}

/** The files have come whole when this begins; what follows is work of the server's. */
async function* receivePlates({ form, pause }: ServerCall): AsyncGenerator<Commands> {
  const file = form.get('plate');
  if (!(file instanceof File)) {
    yield [alert('There was no file among the fields.')];
    return;
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  const hash = createHash('sha256');
  const size = Math.ceil(bytes.length / PIECES);
  yield [html('#upload-note', `The server has all of it, and computes its hash.`)];
  for (let piece = 1; piece <= PIECES; piece += 1) {
    hash.update(bytes.subarray((piece - 1) * size, piece * size));
    await pause(PIECE_TIME);
    yield progress('work', piece / PIECES);
  }
  const megabytes = (bytes.length / 1_000_000).toFixed(1);
  yield [
    html('#upload-note', `${escaped(file.name)}, ${megabytes} MB. SHA-256:`),
    html('#upload-hash', hash.digest('hex')),
    call('sjxUpload.resetForm', 'plates'),
  ];
}

async function* paint({ values, pause }: ServerCall): AsyncGenerator<Commands> {
  const [columns = 0, rows = 0] = values.map(Number);
  const cells = cometPicture(columns, rows);
  for (let start = 0; start < cells.length; start += STROKES) {
    yield cells.slice(start, start + STROKES).map(paintCell);
    await pause(STROKE_TIME);
    await nextTurn();
  }
}

function paintCell({ place, colour }: { place: number; colour: string }): Command {
  return css(`#cell-${place}`, 'background-color', colour);
}
