// The page as verbs may touch it, made from the options of the queue.

import type { EnckeError } from '../ground/errors.ts';
import type { CommandPage, CommandQueueOptions } from './command.ts';
import { createHtmlDoor } from './html-door.ts';
import { refuseScripts } from './script-policy.ts';
import { createSelect } from './select.ts';

/** @param report takes what is wrong with a command that is carried out all the same. */
export function createCommandPage(
  options: CommandQueueOptions,
  report: (error: EnckeError) => void,
): CommandPage {
  const {
    functions = {},
    scripts = refuseScripts,
    alert = (text: string) => window.alert(text),
    navigate = (url: string) => location.assign(url),
  } = options;
  return {
    select: createSelect(options, report),
    insert: createHtmlDoor(options, scripts, report),
    scripts,
    functions,
    alert,
    navigate,
  };
}
