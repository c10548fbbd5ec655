// The laws of the transports, run inside a page.

import type { ServerControl } from '../../contracts/bench.ts';
import { transportLaws } from '../../contracts/transport-laws.ts';
import { detailsOf } from '../../transports/in-pages/index.ts';
import type { Transport } from '../../../src/transports/transport.ts';
import type { Engine } from '../browser.ts';
import type { ConnectionRecord } from '../../server/server.ts';

/** A script of its own, so that the stack of a call tells whether it comes from there. */
declare const transports: { readonly ladder: readonly Transport[] };
declare const onDemand: Readonly<Record<string, Transport>>;

const serverFor = (engine: Engine): ServerControl => ({
  url: location.origin,
  trustsClosedSockets: engine === 'webkit',
  async script(name, connections) {
    await ask(`/scripts/${name}`, { method: 'PUT', body: JSON.stringify(connections) });
  },
  log: async (name) => (await (await ask(`/scripts/${name}/log`)).json()) as ConnectionRecord[],
});

/** Gives the reason where the sentence does not concern the transport here; throws where it is not true. */
export async function run(
  engine: Engine,
  name: string,
  sentence: string,
  isLoaded: boolean,
): Promise<string | null> {
  const server = serverFor(engine);
  const among = isLoaded ? Object.values(onDemand) : transports.ladder;
  const transport = among.find((rung) => rung.name === name);
  if (!transport) throw new Error(`No such transport: ${name}`);
  const law = transportLaws(transport, server).find((candidate) => candidate.sentence === sentence);
  const detail = detailsOf(name)[sentence];
  if (!law && !detail) throw new Error(`No such sentence: ${sentence}`);
  const reason = law ? await law.run() : await detail?.({ transport, server, engine });
  return typeof reason === 'string' ? reason : null;
}

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(path, { ...init, cache: 'no-store' });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response;
}
