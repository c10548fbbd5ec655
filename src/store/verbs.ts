// What a store asks of a client, and the options that a client's verbs take.

import type { ConnectionOptions, CoreConnection, Reconnectable } from '../index.ts';

/** Where to connect; nowhere without a URL. */
export type Address = string | URL | null | undefined;

/** The verbs of a client, any that `composeClient`, `createClient` or `encke/light` gives. */
export interface Verbs {
  subscribe(url: string | URL, options?: never): CoreConnection & Reconnectable;
  request?(url: string | URL, options?: never): CoreConnection;
}

/** The options whose types are those of the events. */
type Typed = 'on' | 'onMessage' | 'until';

/** The options of a verb: those of the parts that its client has. */
export type OptionsOf<Verb, Events extends object> = Omit<AnyOptionsOf<Verb>, Typed> &
  Pick<ConnectionOptions<Events>, Typed>;

type AnyOptionsOf<Verb> = Verb extends (url: never, options?: infer Options) => unknown
  ? NonNullable<Options>
  : never;
