// The public face: the two verbs, and everything that a client can be made of.

export { request, subscribe } from './preset.ts';
export { composeClient } from './client.ts';
export { eventStream } from './formats/event-stream.ts';
export { jsonLines } from './formats/json-lines.ts';
export { json } from './formats/json.ts';
export { scriptTags } from './formats/script-tags.ts';
export { text } from './formats/text.ts';
export { longPolling, polling } from './transports/polling.ts';
export { eventSource, fetchStream, htmlFile, iframe, longPoll, poll, xhrStream } from './transports/index.ts';
export { busyMarks } from './commands/busy-marks.ts';
export { coalesceByTarget } from './commands/coalescing-line.ts';
export { commandQueue } from './commands/command-queue.ts';
export { formValues } from './commands/form-values.ts';
export { keepFocus } from './commands/keep-focus.ts';
export { nativeSanitizer } from './commands/native-sanitizer.ts';
export { allowScripts, nonceScripts, refuseScripts } from './commands/script-policy.ts';
export { EnckeError } from './ground/errors.ts';
export { DEFAULTS } from './options.ts';
export type {
  Client,
  ClientParts,
  ClientWith,
  Exchange,
  FaceWith,
  OptionsWith,
  SharingWith,
  Subscription,
} from './client.ts';
export type {
  BusyMarks,
  Command,
  CommandLine,
  CommandPage,
  CommandQueue,
  CommandQueueOptions,
  Placement,
  Sanitizer,
  ScriptPolicy,
  Verb,
} from './commands/command.ts';
export type { FormValue, FormValues } from './commands/form-values.ts';
export type { ErrorCode, ErrorDetails } from './ground/errors.ts';
export type { Decoder, DecoderOptions, DecoderSink, Format } from './formats/format.ts';
export type { Envelope, Message } from './ground/message.ts';
export type {
  Asked,
  Closed,
  CloseReason,
  ConnectionOptions,
  CursorConvention,
  CursorName,
  EventMap,
  Evidence,
  Handlers,
  MessageOf,
  RequestBody,
  RequestOptions,
  ResolvedOptions,
  Resync,
  ResyncReason,
  RetryContext,
  State,
  StateChange,
  StatusMeaning,
  SubscribeOptions,
  TraceEntry,
  TransportChange,
} from './options.ts';
export type {
  Connection,
  CoreConnection,
  Reconnectable,
  Reply,
  Settled,
  Traced,
} from './session/connection.ts';
export type { Environment } from './session/environment.ts';
export * from './all-parts.ts';
export type {
  ClientSeams,
  ConnectionInside,
  ConnectionSeams,
  House,
  Installed,
  Listener,
  Part,
  Phase,
  Plan,
  Run,
  Session,
  SessionInside,
  SessionSeams,
  Taker,
  Tell,
  Told,
  TurnListener,
  Weight,
  Wraps,
} from './session/part.ts';
export type { Thenable } from './ground/thenable.ts';
export type { Page, PageEvent } from './session/page-lifecycle.ts';
export type {
  Demand,
  End,
  Head,
  Rhythm,
  Sink,
  Stop,
  Answered,
  Polling,
  Tagged,
  Transport,
  TransportRequest,
  UploadProgress,
} from './transports/transport.ts';
