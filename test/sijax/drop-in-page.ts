// A page with the drop-in, loaded anew.

import { vi } from 'vitest';
import type { EnckeError } from '../../src/ground/errors.ts';
import type { SjxComet } from '../../src/sijax/drop-in/global-comet.ts';
import type { Sijax } from '../../src/sijax/drop-in/global-sijax.ts';
import type { SjxSuggest } from '../../src/sijax/drop-in/global-suggest.ts';
import type { SjxUpload } from '../../src/sijax/drop-in/global-upload.ts';

type Ready = (start: unknown) => void;

interface Globals {
  jQuery: Ready;
  $: Ready;
}

export interface DropIn extends Globals {
  readonly Sijax: Sijax;
  readonly sjxComet: SjxComet;
  readonly sjxUpload: SjxUpload;
  readonly sjxSuggest: SjxSuggest;
  readonly window: Globals;
}

/** The names of the globals that the script without suggest installs. */
export async function namesOfCore(): Promise<string[]> {
  const names = ['Sijax', 'sjxComet', 'sjxUpload', 'sjxSuggest'];
  for (const name of names) Reflect.deleteProperty(globalThis, name);
  vi.resetModules();
  await import('../../src/sijax/drop-in/sijax-core.ts');
  return names.filter((name) => name in globalThis);
}

/** Loads the script into the page of the test, where these globals are there before. */
export async function installDropIn(before: { jQuery?: unknown; $?: unknown } = {}): Promise<DropIn> {
  const window = globalThis as unknown as DropIn;
  Object.assign(window, { jQuery: undefined, $: undefined }, before);
  vi.resetModules();
  await import('../../src/sijax/drop-in/sijax-drop-in.ts');
  const { Sijax, sjxComet, sjxUpload, sjxSuggest, jQuery, $ } = window;
  return { Sijax, sjxComet, sjxUpload, sjxSuggest, jQuery, $, window };
}

/** The errors that reach the page's error reporting because of what this does. */
export async function reported(act: () => void): Promise<EnckeError[]> {
  const errors: EnckeError[] = [];
  const timer = vi.spyOn(globalThis, 'setTimeout').mockImplementation((task: () => void) => {
    try {
      task();
    } catch (error) {
      errors.push(error as EnckeError);
    }
    return 0 as unknown as NodeJS.Timeout;
  });
  act();
  await Promise.resolve();
  timer.mockRestore();
  return errors;
}
