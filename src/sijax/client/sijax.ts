// The entry `encke/sijax`: a typed client for Sijax backends.

import { commandQueue } from '../../commands/command-queue.ts';
import type { CommandQueue } from '../../commands/command.ts';
import { EnckeError } from '../../ground/errors.ts';
import { refuseUnknown, type OptionNames } from '../../ground/option-names.ts';
import { checkOrigins, isTrusted, ownUrl } from '../wire/own-url.ts';
import { COMET, PLAIN, send, UPLOAD, type Kind } from './post.ts';
import type {
  CallOptions,
  SijaxApp,
  SijaxCall,
  SijaxFunctions,
  SijaxOptions,
  UploadOptions,
} from './sijax-options.ts';
import { callFields } from '../wire/sijax-wire.ts';

export { formValues, type FormValue, type FormValues } from '../../commands/form-values.ts';
export { xhrStream } from '../../transports/xhr-stream.ts';
export { cookie, metaTag, type ReadToken } from './page-tokens.ts';
export { withSuggestions, type SuggestingApp } from './with-suggestions.ts';
export { sijaxFormat } from '../wire/sijax-wire.ts';
export type { AskedFields, FieldValue } from './asked-fields.ts';
export type * from './sijax-options.ts';

const OF_CALL: OptionNames<CallOptions> = {
  credentials: 0,
  signal: 0,
  fetch: 0,
  transports: 0,
  onMessage: 0,
  onError: 0,
  onState: 0,
  onTransport: 0,
  connectTimeout: 0,
  headers: 0,
  params: 0,
  commands: 0,
  maxMessageSize: 0,
};

const OF_UPLOAD: OptionNames<UploadOptions> = { ...OF_CALL, callback: 0, submitter: 0, onUploadProgress: 0 };

/**
 * Makes a client for the functions that a Sijax backend, for Python or PHP, has registered.
 *
 * A call is sent exactly once. The commands of all answers go to one queue, in the order in which they come.
 *
 * @param url - where the calls go. By default the page's own address at the moment of each call
 */
export function sijax<Functions extends object = SijaxFunctions>(
  url?: string | URL,
  options?: SijaxOptions,
): SijaxApp<Functions>;
export function sijax(url?: string | URL, options: SijaxOptions = {}): SijaxApp {
  refuseUnknown('sijax', options, { ...OF_CALL, trustedOrigins: 0 });
  const commands = queueOf(options);
  const { trustedOrigins = [], ...ofCalls } = options;
  const origins = checkOrigins(trustedOrigins);
  const defaults: CallOptions = { ...ofCalls, commands };

  return { commands, request: verb('request', PLAIN), comet: verb('comet', COMET), upload };

  function verb(name: string, kind: Kind) {
    return (functionName: string, args: readonly unknown[] = [], own: CallOptions = {}): SijaxCall => {
      refuseUnknown(name, own, OF_CALL);
      const fields = callFields(functionName, args);
      return send({ url: address(), form: new URLSearchParams(), fields, kind }, defaults, own);
    };
  }

  function upload(form: HTMLFormElement, own: UploadOptions = {}): SijaxCall {
    refuseUnknown('upload', own, OF_UPLOAD);
    const { callback, submitter = null, ...rest } = own;
    // By attribute, as a field named `id` or `action` stands in the way of the property.
    const id = form.getAttribute('id');
    if (!id) throw new EnckeError('invalid-option', 'The form needs an id.');
    const action = submitter?.getAttribute('formaction') || form.getAttribute('action');
    const target = action || address();
    const post = {
      url: target,
      isRefused: !isTrusted(target, address(), origins),
      form: new FormData(form, submitter),
      fields: callFields(callback ?? `${id}_upload`, [id]),
      kind: UPLOAD,
    };
    return send(post, defaults, rest);
  }

  function address(): string | URL {
    return url !== undefined ? ownUrl(url) : ((globalThis as { location?: Location }).location?.href ?? '');
  }
}

function queueOf({ commands = {}, onError }: SijaxOptions): CommandQueue {
  if ('push' in commands) return commands;
  const functions = { sjxUpload: { resetForm }, ...commands.functions };
  return commandQueue({ onError, ...commands, functions });
}

/** What the upload functions of a server call to empty a form. */
function resetForm(id: unknown): void {
  const form = document.getElementById(String(id));
  // Not as its method, as a field may have that name.
  if (form) HTMLFormElement.prototype.reset.call(form);
}
