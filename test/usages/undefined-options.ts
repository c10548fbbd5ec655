// Options that may be missing, under exactOptionalPropertyTypes.

import {
  commandQueue,
  allParts,
  createClient,
  eventStream,
  fetchStream,
  request,
  subscribe,
  type ClientParts,
  type CommandQueueOptions,
  type RequestOptions,
  type SubscribeOptions,
} from 'encke';
import { probe, type ProbeOptions } from 'encke/probe';
import { sijax, type CallOptions, type SijaxOptions, type UploadOptions } from 'encke/sijax';
import {
  memoryTransport,
  virtualEnvironment,
  type MemoryTransportOptions,
  type VirtualEnvironmentOptions,
} from 'encke/testing';

interface Props {
  readonly signal?: AbortSignal;
  readonly onOpen?: () => void;
  readonly token?: string;
}

export function connect({ signal, token }: Props): void {
  subscribe('/events', { signal, headers: token === undefined ? undefined : { authorization: token } });
  request('/answer', { signal, body: undefined, on: { done: undefined } });
  sijax('/app', { signal }).request('say', [], { signal });
}

/** Each option as `undefined`. */
type Nothing<Options> = { readonly [Name in keyof Options]-?: undefined };
declare const none: Nothing<SubscribeOptions> &
  Nothing<RequestOptions> &
  Nothing<CommandQueueOptions> &
  Nothing<ProbeOptions> &
  Nothing<SijaxOptions> &
  Nothing<CallOptions> &
  Nothing<UploadOptions> &
  Nothing<VirtualEnvironmentOptions> &
  Nothing<MemoryTransportOptions> &
  Nothing<Omit<ClientParts, 'transports' | 'formats'>>;

const options: SubscribeOptions = none;
subscribe('/events', options);
const ofRequest: RequestOptions = none;
request('/answer', ofRequest);
const ofQueue: CommandQueueOptions = none;
commandQueue(ofQueue);
const ofProbe: ProbeOptions = none;
void probe('/events', ofProbe);
const ofSijax: SijaxOptions = none;
const ofCall: CallOptions = none;
const ofUpload: UploadOptions = none;
sijax('/app', ofSijax).request('say', [], ofCall);
export const upload = (form: HTMLFormElement) => sijax('/app').upload(form, ofUpload);
const world: VirtualEnvironmentOptions = none;
const memory: MemoryTransportOptions = none;
virtualEnvironment(world);
memoryTransport(memory);
const others: Omit<ClientParts, 'transports' | 'formats'> = none;
createClient({ transports: [fetchStream], formats: [eventStream], ...others });
