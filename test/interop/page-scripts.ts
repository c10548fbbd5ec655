// What the pages of the examples load: Sijax's own scripts with jQuery, or the drop-in.

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundle } from '../browsers/bundle.ts';
import type { Example, Scripts } from './sijax-server.ts';

/** The pages with what they were written for. */
export async function originalScripts(): Promise<(example: Example) => Scripts> {
  const user = await userScript();
  const jquery = await jqueryScript();
  return () => ({ 'jquery.min.js': user + jquery });
}

/** The pages with the drop-in; jQuery only where a page's own code calls it. */
export async function dropInScripts(): Promise<(example: Example) => Scripts> {
  const user = await userScript();
  const jquery = await jqueryScript();
  const dropIn = await dropInScript();
  return (example) => ({
    'jquery.min.js': USE_JQUERY.includes(example) ? user + jquery : user,
    'sijax.js': dropIn,
    'sijax_comet.js': '',
    'sijax_upload.js': '',
  });
}

const USE_JQUERY: readonly Example[] = ['chat', 'comet'];

const PROJECT = new URL('../../', import.meta.url);

function userScript(): Promise<string> {
  return bundle('test/interop/page/user.ts', 'user');
}

/**
 * The examples were written for jQuery 1.5, whose `attr('value')` gave what stands in an input; that of today gives
 * what stood there at first.
 */
async function jqueryScript(): Promise<string> {
  const jquery = await readFile(new URL('node_modules/jquery/dist/jquery.min.js', PROJECT), 'utf8');
  return `${jquery}\njQuery.attrHooks.value = { get: ({ value }) => value };\n`;
}

/** `ENCKE_SOURCE`, whatever its value, puts the unbuilt source in the place of the file that ships. */
export function dropInScript(): Promise<string> {
  if (process.env['ENCKE_SOURCE'] !== undefined)
    return bundle('src/sijax/drop-in/sijax-drop-in.ts', 'dropIn');
  const built = new URL('dist/compat/sijax.min.js', PROJECT);
  if (!existsSync(built)) throw new Error(`${fileURLToPath(built)} is not built; try: npm run build`);
  return readFile(built, 'utf8');
}
