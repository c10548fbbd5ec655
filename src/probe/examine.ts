// One probe from its request to its report.

import { adviseOn } from './advice.ts';
import { judgeBuffering } from './buffered.ts';
import { linesOf } from './lines.ts';
import { listen, type Listening } from './listen.ts';
import { findObstacle } from './obstacle.ts';
import { asLongPoll, asRoot, type ProbeRequest } from './probe-request.ts';
import type { ProbeFacts, ProbeReport } from './report.ts';
import { gapsOf, spreadOf } from './spread.ts';
import { watchSurroundings } from './surroundings.ts';
import { decideVerdict } from './verdict.ts';
import { within, type Waiting } from './within.ts';

/** The longest silence after which a long poll is asked for the same, in milliseconds. */
const PATIENCE = 3_000;

/** Never rejects: what goes wrong is what the report is about. */
export async function examine(
  request: ProbeRequest,
  duration: number,
  waiting: Waiting,
): Promise<ProbeReport> {
  const facts = await gather(request, duration, waiting);
  const buffered = judgeBuffering(facts);
  const verdict = decideVerdict(facts, buffered);
  const advice = adviseOn({ ...facts, buffered, verdict });
  const report = { ...facts, verdict, buffered, advice };
  return { ...report, text: linesOf(report) };
}

async function gather(request: ProbeRequest, duration: number, waiting: Waiting): Promise<ProbeFacts> {
  const { environment } = waiting;
  const { url, init, ownHeaders, credentials, origin, crossOrigin } = request;
  const surroundings = watchSurroundings(url, waiting);
  const started = environment.now();
  const stream = listen(request, waiting);
  const patience = Math.min(PATIENCE, duration / 3);
  await within(patience, stream.over, waiting);
  const beside = isMute(stream) ? askBeside(request, environment.now() - started, waiting) : undefined;
  const root = stream.heard().ending === 'none' ? listen(asRoot(request), waiting) : undefined;
  await within(duration - patience, stream.over, waiting);
  const listened = environment.now() - started;
  stream.stop();
  beside?.listening.stop();
  root?.stop();

  const heard = stream.heard();
  const failed = heard.ending === 'failed';
  return {
    ...heard,
    url,
    method: init.method,
    ownHeaders,
    credentials,
    origin,
    crossOrigin,
    listened,
    firstByteAfter: heard.chunks[0]?.at,
    gaps: spreadOf(gapsOf(heard.chunks.map(({ at }) => at))),
    sizes: spreadOf(heard.chunks.map(({ bytes }) => bytes)),
    heartbeat: spreadOf(gapsOf(heard.said.heartbeats))?.median,
    beside: beside && { ...beside.listening.heard(), asked: beside.asked },
    root: heard.head ? undefined : root?.heard(),
    obstacle: failed ? await findObstacle(request, waiting, surroundings.policyForbids) : undefined,
    ...(await surroundings.look(heard.head)),
  };
}

/** Whether it may be a stream, and has brought nothing. */
function isMute(stream: Listening): boolean {
  const { head, chunks, ending } = stream.heard();
  return chunks.length === 0 && (ending === 'none' || (ending === 'open' && head?.status === 200));
}

function askBeside(
  request: ProbeRequest,
  asked: number,
  waiting: Waiting,
): { listening: Listening; asked: number } | undefined {
  const longPoll = asLongPoll(request);
  return longPoll && { listening: listen(longPoll, waiting), asked };
}
