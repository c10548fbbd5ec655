// What the tag `<encke-stream>` is made with.

import type { CommandQueueOptions, Sanitizer } from '../commands/command.ts';
import type { SubscribeOptions } from '../options.ts';
import type { CoreConnection, Reconnectable } from '../session/connection.ts';
import type { Transport } from '../transports/transport.ts';

/**
 * What the tag is made with. The options of its command queues are those of `commandQueue`, but for `beforeApply` and
 * `onError`, which are events of the element.
 */
export interface EnckeStreamOptions extends Omit<CommandQueueOptions, 'beforeApply' | 'onError'> {
  /** The client's verb: that of `encke`, of `encke/light`, or of a client of your own. @defaultValue none; it must be given */
  subscribe(url: string, options: Omit<SubscribeOptions, 'cursor'>): CoreConnection & Reconnectable;
  /** The transports that the attribute `transports` may name. @defaultValue none */
  transports?: readonly Transport[] | undefined;
  /** The sanitizers that the attribute `sanitize` may name. Looked up for each insertion, so one may be added later. @defaultValue none */
  sanitizers?: Readonly<Record<string, Sanitizer>> | undefined;
  /** The origins, beside the page's own, that `src` may lead to, such as `https://hub.example`. @defaultValue none */
  origins?: readonly string[] | undefined;
}
