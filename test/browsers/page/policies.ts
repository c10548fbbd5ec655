// Opens one transport under the policy of this page, and tells how it ended.

import { ladder } from '../../../src/transports/index.ts';
import { plainRequest } from '../../contracts/bench.ts';
import { record } from '../../contracts/recording.ts';

/** `text` is what was received, or the sentence of the error. */
export async function run(name: string, method: string): Promise<{ end: string; text: string }> {
  const transport = ladder.find((rung) => rung.name === name);
  if (!transport) throw new Error(`No such transport: ${name}`);
  const request = { ...plainRequest(`${location.origin}/two-scripts`, transport), method };
  const recording = record(transport, request);
  const end = await recording.ended();
  return { end: end.how, text: 'error' in end ? end.error.message : recording.text };
}
