// Plain text. Each transcript is one chunk.

import { message } from '../../contracts/record-sink.ts';
import type { Transcript } from '../transcript.ts';

export const textTranscripts: readonly Transcript[] = [
  { name: 'a line', text: 'hello\r\n', gives: [message('hello\r\n')] },
  {
    name: 'characters of two halves',
    text: '\ud83d\ude80\ud83c\udf08',
    gives: [message('\ud83d\ude80\ud83c\udf08')],
  },
  { name: 'nothing', text: '', gives: [] },
  {
    name: 'the id known before',
    text: 'x',
    gives: [message('x', 'message', '5')],
    options: { lastEventId: '5' },
  },
];
