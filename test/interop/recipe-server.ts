// The recipes of docs/backends, each run by the command that it names.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { freePort } from '../browsers/free-port.ts';
import { startProgram, type Program } from '../browsers/program.ts';
import { environment, findPython, type FoundPython } from './python.ts';

export const RECIPES = ['Flask', 'Django', 'Express', 'PHP'] as const;
export type Recipe = (typeof RECIPES)[number];

export interface RecipeServer {
  /** Where the calls go. */
  readonly url: string;
  close(): Promise<void>;
}

/** How to run it on a port, or how to install what it takes. */
type Command =
  { readonly run: (port: number) => readonly [string, ...string[]] } | { readonly missing: string };

const FOLDER = fileURLToPath(new URL('../../docs/backends/recipes/', import.meta.url));

const COMMANDS: Record<Recipe, () => Promise<Command>> = {
  Flask: () =>
    withPython((python, port) => [
      python,
      '-m',
      'flask',
      '--app',
      place('sijax_flask'),
      'run',
      `--port=${port}`,
    ]),
  Django: () =>
    withPython((python, port) => [python, place('sijax_django.py'), 'runserver', '--noreload', String(port)]),
  Express: async () => ({ run: () => [process.execPath, place('sijax-express.js')] }),
  PHP: async () =>
    spawnSync('php', ['--version']).error
      ? { missing: 'PHP is not installed here; try: apt-get install php-cli' }
      : { run: (port) => ['php', '-S', `127.0.0.1:${port}`, place('sijax.php')] },
};

/** Starts the recipe on a free port of the loopback interface, or says what it lacks. */
export async function startRecipe(recipe: Recipe): Promise<RecipeServer | { readonly missing: string }> {
  const command = await COMMANDS[recipe]();
  if ('missing' in command) return command;
  const port = await freePort();
  const [path, ...values] = command.run(port);
  const program = startProgram(path, values, { PORT: String(port) });
  const origin = `http://127.0.0.1:${port}`;
  try {
    await Promise.race([answering(origin), failed(program)]);
  } catch (error) {
    await program.stop();
    throw error;
  }
  return { url: `${origin}/sijax`, close: program.stop };
}

async function withPython(
  run: (python: string, port: number) => readonly [string, ...string[]],
): Promise<Command> {
  const found: FoundPython = findPython('Python 3.11 or later');
  if ('missing' in found) return found;
  const python = await environment(found, 'recipes');
  return { run: (port) => run(python, port) };
}

function place(file: string): string {
  return FOLDER + file;
}

/** Milliseconds that starting may take, and between two looks. */
const PATIENCE = 20_000;
const PAUSE = 50;

async function answering(url: string): Promise<void> {
  const signal = AbortSignal.timeout(PATIENCE);
  for (;;) {
    const answered = await fetch(url, { signal }).then(
      (response) => response.text(),
      () => undefined,
    );
    if (answered !== undefined) return;
    signal.throwIfAborted();
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}

/** A recipe never says that it is ready: all that is heard of it is its end. */
async function failed(program: Program): Promise<never> {
  throw new Error(`It ended before it was ready, with: ${await program.firstLine}`);
}
