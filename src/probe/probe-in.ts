// A probe in a given world.

import { call } from '../ground/call.ts';
import { EnckeError } from '../ground/errors.ts';
import type { Environment } from '../session/environment.ts';
import { examine } from './examine.ts';
import { buildProbeRequest, type ProbeOptions } from './probe-request.ts';
import type { ProbeReport } from './report.ts';
import { time } from './words.ts';

const DEFAULT_DURATION = 10_000;

export async function probeIn(
  environment: Environment,
  url: string | URL,
  options: ProbeOptions,
): Promise<ProbeReport> {
  const { duration = DEFAULT_DURATION, signal, print } = options;
  // Written so that NaN and text fail, too.
  if (!(duration > 0 && duration < Infinity)) {
    throw new EnckeError('invalid-option', 'duration must be a number of milliseconds above 0.');
  }
  const request = buildProbeRequest(url, options, environment);
  if (signal?.aborted) throw signal.reason;

  call(print, `Probing ${request.init.method} ${request.url} for ${time(duration)} …`);
  const life = new AbortController();
  const aborted = new Promise<void>((resolve) => {
    signal?.addEventListener('abort', () => resolve(), { signal: life.signal });
  });
  try {
    const waiting = { environment, life: life.signal };
    const report = await Promise.race([examine(request, duration, waiting), aborted]);
    if (!report) throw signal?.reason;
    call(print, report.text);
    return report;
  } finally {
    life.abort();
  }
}
