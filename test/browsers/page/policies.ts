// Opens one transport under the policy of this page, and tells how it ended.

import { createClient } from '../../../src/all-parts.ts';
import type { EnckeError } from '../../../src/ground/errors.ts';
import { scriptTags } from '../../../src/formats/script-tags.ts';
import { fetchStream, iframe, ladder } from '../../../src/transports/index.ts';
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

/** Posts a form by a frame, with fetch to fall back to, and tells what came of it. */
export async function post(url: string): Promise<string> {
  const { request } = createClient({ transports: [iframe, fetchStream], formats: [scriptTags] });
  const body = new URLSearchParams({ order: '1' });
  const options = { body, format: scriptTags, connectTimeout: 3_000 };
  return request(url, options).then(
    ({ transport }) => `done by ${transport}`,
    (error: unknown) => {
      const { code, transport } = error as EnckeError;
      return `${code} by ${String(transport)}`;
    },
  );
}
