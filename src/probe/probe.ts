// The entry `encke/probe`: what is wrong with a stream, in words.

import { browserEnvironment } from '../session/environment.ts';
import { probeIn } from './probe-in.ts';
import type { ProbeOptions } from './probe-request.ts';
import type { ProbeReport } from './report.ts';

export type { ProbeOptions } from './probe-request.ts';
export type * from './report.ts';

/**
 * Asks for a stream as `subscribe` does, listens for a while, and tells what came and what to do about it.
 *
 * Where nothing comes, the same is asked for as a long poll beside it; where there is no response, in the ways that
 * show why not. What is no GET is asked for once only. Nothing is printed unless `print` says how.
 *
 * @returns a report, whatever the server does. Rejects with the signal's reason when that is aborted
 * @throws EnckeError `invalid-option`, as a rejection
 */
export async function probe(url: string | URL, options: ProbeOptions = {}): Promise<ProbeReport> {
  return probeIn(browserEnvironment, url, options);
}
