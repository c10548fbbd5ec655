// `npm start`: the playground on the reference backend.

import { startPlayground, type Playground } from './playground.ts';

const DEFAULT_PORT = 8765;

const playground = await startOn(process.env['PORT']);
console.log(`The encke playground is at ${playground.url}/ (Ctrl+C ends it)`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void playground.close());
}

/** The port that was asked for or none; without a wish the default one, or a free one where that is taken. */
async function startOn(wish: string | undefined): Promise<Playground> {
  if (wish !== undefined) return startPlayground(Number(wish));
  try {
    return await startPlayground(DEFAULT_PORT);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return startPlayground();
  }
}
