// The five event streams that the decoder bench feeds to every contender.

export interface Text {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** How many messages the text holds. */
  readonly messages: number;
}

/** Five texts of at least `size` bytes each. The same size gives the same bytes every time. */
export function makeTexts(size: number): Text[] {
  return [
    makeText('60 B tokens, ASCII', size, asciiToken),
    makeText('60 B tokens, multi-byte', size, multiByteToken),
    makeText('1 kB JSON', size, jsonMessage),
    makeText('64 kB of data lines', size, manyDataLines),
    makeText('CRLF, comments, ids, retry', size, everyField),
  ];
}

const ASCII_WORDS = ['the', ' comet', ' comes', ' back', ' sooner', ' than', ' any', ' other', ' one', '.'];
const MULTI_BYTE_WORDS = ['彗星', 'は早', 'くも', 'どる', ' κομ', 'ήτης', ' ком', 'ета', '☄️', '🌠'];
const encoder = new TextEncoder();

function makeText(name: string, size: number, makeMessage: (index: number) => string): Text {
  const parts: Uint8Array[] = [];
  let length = 0;
  while (length < size) {
    const part = encoder.encode(makeMessage(parts.length));
    parts.push(part);
    length += part.length;
  }
  return { name, bytes: join(parts, length), messages: parts.length };
}

function asciiToken(index: number): string {
  return padded(`data: {"index":${index},"delta":"${pick(ASCII_WORDS, index)}`, '"}\n\n', 60);
}

/** Three words of two to four characters that take two to four bytes each. */
function multiByteToken(index: number): string {
  const words = [0, 3, 7].map((step) => pick(MULTI_BYTE_WORDS, index + step)).join('');
  return padded(`data: {"index":${index},"delta":"${words}`, '"}\n\n', 60);
}

function jsonMessage(index: number): string {
  const rows = Array.from({ length: 12 }, (_, row) => ({
    id: index * 12 + row,
    name: `comet${pick(ASCII_WORDS, row)}`,
    magnitude: (index * 7 + row * 13) / 10,
  }));
  return padded(`data: ${JSON.stringify({ kind: 'rows', index, rows })}`, '\n\n', 1024);
}

function manyDataLines(index: number): string {
  const lines: string[] = [];
  for (let length = 0, row = 0; length < 65_536; row++) {
    const line = `data: row ${row} of ${index}: ${ASCII_WORDS.join('').slice(0, 10 + (row % 40))}\n`;
    lines.push(line);
    length += line.length;
  }
  return lines.join('') + '\n';
}

function everyField(index: number): string {
  const delta = `${pick(ASCII_WORDS, index)}${pick(ASCII_WORDS, index + 1)}`;
  const retry = index % 10 === 0 ? 'retry: 3000\r\n' : '';
  const data = `data: {"index":${index},"delta":"${delta}"}\r\n`;
  return `: keep-alive ${index}\r\nid: ${index}\r\nevent: ${index % 2 ? 'tick' : 'delta'}\r\n${retry}${data}\r\n`;
}

/** `start` + blanks + `end`, `bytes` long in UTF-8 where the two leave room. */
function padded(start: string, end: string, bytes: number): string {
  const missing = bytes - encoder.encode(start + end).length;
  return start + ' '.repeat(Math.max(0, missing)) + end;
}

function pick(words: readonly string[], index: number): string {
  return words[index % words.length] ?? '';
}

function join(parts: readonly Uint8Array[], length: number): Uint8Array {
  const joined = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
