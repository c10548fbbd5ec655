// The playground's server: the reference backend on two ports, with channels that always have something to say.
//
// Two ports, for over HTTP/1.1 a browser gives each origin six connections, and the page keeps eight streams open.
// It finds the second one at /second-port.json.

import { answerAsBackends } from './backends-page.ts';
import { cometFunctions } from './comet-page.ts';
import { startDemo } from './demo.ts';
import { startPulses } from './pulses.ts';
import { startServer, type Asset } from './server.ts';
import { serveUnbuilt } from './unbuilt-modules.ts';

export interface Playground {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * @param port the second port is the one after it; 0: two free ones
 * @param pages what is served beside it, by path
 */
export async function startPlayground(port = 0, pages?: ReadonlyMap<string, Asset>): Promise<Playground> {
  const server = await startServer({ port, secondPort: port === 0 ? 0 : port + 1 });
  const secondPort = new URL(server.secondUrl ?? server.url).port;
  server.page('/second-port.json', { contentType: 'application/json', body: secondPort });
  for (const [path, asset] of pages ?? []) server.page(path, asset);
  server.offer(cometFunctions(server));
  if (process.env['ENCKE_SOURCE'] !== undefined) await serveUnbuilt(server);
  const stops = [startDemo(server), startPulses(server), answerAsBackends(server)];
  return {
    url: server.url,
    close() {
      for (const stop of stops) stop();
      return server.close();
    },
  };
}
