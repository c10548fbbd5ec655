// The laws of the transports, run inside a page.

import { ladder } from '../../../src/transports/index.ts';
import { transportLaws, type ServerControl } from '../../contracts/transport-laws.ts';
import type { ConnectionRecord } from '../../server/server.ts';

const server: ServerControl = {
  url: location.origin,
  async script(name, connections) {
    await ask(`/scripts/${name}`, { method: 'PUT', body: JSON.stringify(connections) });
  },
  log: async (name) => (await (await ask(`/scripts/${name}/log`)).json()) as ConnectionRecord[],
};

/** Gives the reason where the law does not concern the transport; throws where it is broken. */
export async function run(name: string, sentence: string): Promise<string | null> {
  const transport = ladder.find((rung) => rung.name === name);
  const law =
    transport && transportLaws(transport, server).find((candidate) => candidate.sentence === sentence);
  if (!law) throw new Error(`No such law: ${name}, ${sentence}`);
  return (await law.run()) ?? null;
}

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(path, { ...init, cache: 'no-store' });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response;
}
