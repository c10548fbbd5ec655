// `npm start`: the playground on the reference backend.

import { startDemo } from './demo.ts';
import { startServer, type ReferenceServer } from './server.ts';

const DEFAULT_PORT = 8765;

const server = await startOn(process.env['PORT']);
const stopDemo = startDemo(server);
console.log(`The encke playground is at ${server.url}/ (Ctrl+C ends it)`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    stopDemo();
    void server.close();
  });
}

/** The port that was asked for or none; without a wish the default one, or a free one where that is taken. */
async function startOn(wish: string | undefined): Promise<ReferenceServer> {
  if (wish !== undefined) return startServer({ port: Number(wish) });
  try {
    return await startServer({ port: DEFAULT_PORT });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return startServer();
  }
}
