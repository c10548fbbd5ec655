// Commands as a compromised or careless server sends them, each before one that must still be applied.

import { html } from './page-commands.ts';
import type { Commands } from './sijax.ts';

const HOSTILE: Readonly<Record<string, unknown>> = {
  script: { type: 'script', script: 'document.body.remove()' },
  proto: { type: 'attr', selector: '#survived', key: '__proto__', value: { hostile: true } },
  constructor: { type: 'call', call: 'constructor.constructor', params: ['document.body.remove()'] },
  address: { type: 'redirect', redirect: 'javascript:document.body.remove()' },
  markup: {
    type: 'html',
    selector: '#markup',
    html: '<img src="none:" onerror="document.body.remove()"><script>document.body.remove()</script>An image and a script',
    setType: 'replace',
  },
  unknown: { type: 'summon', selector: 'body', what: 'a black hole' },
  selector: { type: 'html', selector: '#lines >> nth', html: '', setType: 'replace' },
  missing: { type: 'css', selector: '#planet-nine', key: 'color', value: 'red' },
  stranger: 42,
};

/** @param sent how many the page has been sent with these */
export function hostileCommands(kind: string, sent: number): Commands {
  const commands = Object.hasOwn(HOSTILE, kind) ? [HOSTILE[kind]] : Object.values(HOSTILE);
  return [...commands, html('#survived', String(sent))] as Commands;
}
