// What is wrong with the text of an event stream that gives no message.

import type { Said } from './report.ts';

/**
 * - `escaped`: line ends were written as a backslash and an `n`.
 * - `strange-lines`: a line begins with none of the fields.
 * - `no-blank-line`: data came, and no blank line behind it.
 */
export type TextFault = 'escaped' | 'strange-lines' | 'no-blank-line';

const FIELD_LINE = /^(:|(data|event|id|retry)(:|$))/;
const DATA_LINE = /^data(:|$)/;

export function findTextFault({ format, looksLike, messages, beginning }: Said): TextFault | undefined {
  if (messages > 0 || (format !== 'event-stream' && looksLike !== 'event-stream')) return undefined;
  const lines = beginning.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  // The last may be half a line.
  const whole = lines.length > 1 ? lines.slice(0, -1) : lines;
  if (/^data:.*\\n/.test(beginning)) return 'escaped';
  if (whole.some((line) => line !== '' && !FIELD_LINE.test(line))) return 'strange-lines';
  return whole.some((line) => DATA_LINE.test(line)) ? 'no-blank-line' : undefined;
}
