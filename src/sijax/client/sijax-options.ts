// What the client for Sijax takes and gives.

import type { Command, CommandQueue, CommandQueueOptions } from '../../commands/command.ts';
import type { Asked, ConnectionOptions, MessageOf } from '../../options.ts';
import type { CoreConnection, Reply } from '../../session/connection.ts';
import type { Thenable } from '../../ground/thenable.ts';
import type { AskedFields } from './asked-fields.ts';

/** Every message of an answer is a list of commands. */
export interface SijaxEvents {
  message: readonly Command[];
}

/** What awaiting a call gives. */
export interface SijaxReply extends Reply<SijaxEvents['message'], SijaxEvents> {}

/**
 * One call. Await it: then the answer is whole and its commands are carried out. Loop over it for the lists of commands
 * as they come, each the `data` of a message; `close()` it; learn from `closed` how it ended.
 */
export interface SijaxCall
  extends CoreConnection<SijaxEvents>, AsyncIterable<MessageOf<SijaxEvents>>, Thenable<SijaxReply> {}

type Kept =
  | 'credentials'
  | 'signal'
  | 'fetch'
  | 'transports'
  | 'onMessage'
  | 'onError'
  | 'onState'
  | 'onTransport'
  | 'connectTimeout';

/** Options of every call. */
export interface CallOptions extends Pick<ConnectionOptions<SijaxEvents>, Kept> {
  /** Request headers: as in `fetch`, a function that returns them, or functions for single headers. An iframe cannot send headers, so it is not used then. @defaultValue none */
  headers?: Asked<HeadersInit> | AskedFields | undefined;
  /** Fields that are sent with those of the call: values, or (async) functions that are called for each call. `undefined` and `null` are not sent. An iframe can send only values that are available at once. @defaultValue none */
  params?: AskedFields | undefined;
  /** Carries out the commands. @defaultValue the app's */
  commands?: CommandQueue | undefined;
  /** Longest list of commands, in characters (UTF-16 code units). @defaultValue 16_777_216 */
  maxMessageSize?: number | undefined;
}

/** Options of `sijax`, in force for every call; those of a call replace them, but headers, params and signals add up. */
export interface SijaxOptions extends Omit<CallOptions, 'commands'> {
  /**
   * Carries out the commands: a queue of yours, or options for a new queue. The new queue reports to `onError`, and its
   * `call` may name `sjxUpload.resetForm`. @defaultValue a queue with the default policies
   */
  commands?: CommandQueue | CommandQueueOptions | undefined;
  /** Origins to which a form may be uploaded, with headers and params, in addition to the page's own and the app's. @defaultValue none */
  trustedOrigins?: readonly string[] | undefined;
}

/** Options of `upload`. */
export interface UploadOptions extends CallOptions {
  /** Called while the form is being sent. Only XHR can tell: give `transports: [xhrStream]` with it. @defaultValue none */
  onUploadProgress?: ConnectionOptions['onUploadProgress'];
  /** Name of the server's function. @defaultValue the form's id, followed by `_upload` */
  callback?: string | undefined;
  /** The button that submitted the form. It is sent as one of the form's fields. @defaultValue none */
  submitter?: HTMLElement | null | undefined;
}

/** What the suggest plugin of Sijax for PHP is asked. */
export interface SuggestQuery {
  readonly fieldId: string;
  /** What has been typed. */
  readonly fieldValue: string;
  readonly suggestionsLimit?: number | undefined;
  /** Whatever else the server's function needs. */
  readonly additional?: Readonly<Record<string, unknown>> | undefined;
}

/** One suggestion, as the server's function gives it. */
export interface Suggestion {
  /** HTML. */
  readonly display: string;
  /** JavaScript for when it is chosen; nothing here runs it. */
  readonly selectResponse?: string;
}

export interface SuggestReply extends SijaxReply {
  readonly suggestions: readonly Suggestion[];
}

/** One question for suggestions. The command that brings them is taken out of what the queue carries out. */
export interface SuggestCall extends Omit<SijaxCall, keyof Thenable<unknown>>, Thenable<SuggestReply> {}

/** The functions of a backend by name, with the arguments each takes. An interface of your own serves as well. */
export type SijaxFunctions = Record<string, readonly unknown[]>;

/** What is behind the name of a function in a call. */
export type CallRest<Args> = Args extends readonly unknown[]
  ? [] extends Args
    ? [args?: Readonly<Args>, options?: CallOptions]
    : [args: Readonly<Args>, options?: CallOptions]
  : never;

/** The functions of one server, as `sijax` gives them. */
export interface SijaxApp<Functions extends object = SijaxFunctions> {
  /** Carries out what the server asks for. */
  readonly commands: CommandQueue;

  /**
   * Calls a function of the server.
   *
   * @throws EnckeError `invalid-option` for arguments that JSON cannot say, `no-transport`
   */
  request<Name extends keyof Functions & string>(
    functionName: Name,
    ...rest: CallRest<Functions[Name]>
  ): SijaxCall;

  /**
   * Calls a comet function: its commands are carried out as they come.
   *
   * An answer that breaks off behind a whole list ends as done, `truncated`: Sijax for Python always ends so.
   *
   * @throws EnckeError `invalid-option` for arguments that JSON cannot say, `no-transport`
   */
  comet<Name extends keyof Functions & string>(
    functionName: Name,
    ...rest: CallRest<Functions[Name]>
  ): SijaxCall;

  /**
   * Sends a form with its files: to its `action`, or where it has none, where the calls go. Nothing is sent to an origin
   * that is neither the page's nor the app's nor one of `trustedOrigins`.
   *
   * @throws EnckeError `invalid-option` for a form without id, `no-transport`
   */
  upload(form: HTMLFormElement, options?: UploadOptions): SijaxCall;
}
