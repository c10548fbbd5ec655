// `sjxUpload`: forms with files, sent behind the page's back.
//
// The form gets what the original gives it, so that it works as it did wherever it is sent by other means than a
// submit event: then the browser posts it into the frame, of which the scripts call the page.

import { nothing } from '../../ground/nothing.ts';
import type { Stop } from '../../transports/transport.ts';
import { openXhr } from '../../transports/xhr-stream.ts';
import { elementById } from './element-by-id.ts';
import { ownUrl } from '../wire/own-url.ts';
import { postOnce } from './one-post.ts';
import type { Sijax } from './global-sijax.ts';
import { callFields, PARAM_REQUEST } from '../wire/sijax-wire.ts';

export interface SjxUpload {
  FIELD_FORM_ID: string;
  getFrameId(formId: string): string;
  registerForm(params: { formId: string; callback: string }): void;
  prepareForm(formId: string, callbackName: string): void;
  resetForm(formId: string): void;
  processResponse(formId: string, commands: readonly unknown[]): void;
}

/** Dispatched at the form while it is being sent, and bubbles; `detail` is `{ loaded, total }`, in bytes. */
const PROGRESS = 'sjxUpload:progress';

export function createUpload(sijax: Sijax): SjxUpload {
  const sent = new WeakMap<HTMLFormElement, Stop>(); // forms registered, and what stops sending them
  const upload: SjxUpload = {
    FIELD_FORM_ID: 'sjxUpload_formId',
    getFrameId: (formId) => `sjxUpload_iframe_${formId}`,
    registerForm({ formId, callback }) {
      const form = elementById(formId) as HTMLFormElement;
      const frame = document.createElement('iframe');
      frame.id = frame.name = upload.getFrameId(formId);
      // Not as an attribute, which a policy of the page may forbid.
      frame.style.display = 'none';
      form.append(frame);
      upload.prepareForm(formId, callback);
      sent.set(form, nothing);
      // One function for all forms, so that it is called once. Not at the form: the page's own handlers may refuse first.
      addEventListener('submit', submitted);
    },
    prepareForm(formId, callbackName) {
      const form = elementById(formId) as HTMLFormElement;
      const uri = sijax.getRequestUri();
      form.setAttribute('target', upload.getFrameId(formId));
      form.setAttribute('method', 'post');
      form.setAttribute('enctype', 'multipart/form-data');
      if (!form.getAttribute('action') && uri !== null) form.setAttribute('action', String(ownUrl(uri)));
      for (const [name, value] of callFields(callbackName, [formId])) putField(form, name, value);
    },
    resetForm(formId) {
      const form = elementById(formId) as HTMLFormElement;
      const callbackName = findField(form, PARAM_REQUEST)?.value ?? '';
      HTMLFormElement.prototype.reset.call(form);
      upload.prepareForm(formId, callbackName);
    },
    processResponse(_formId, commands) {
      sijax.processCommands(commands);
    },
  };
  return upload;

  function submitted(event: SubmitEvent): void {
    const form = event.target as HTMLFormElement;
    const formId = String(form.getAttribute('id'));
    const { submitter } = event;
    const asked = (name: string) => submitter?.getAttribute(`form${name}`) ?? form.getAttribute(name);
    const isOurs = sent.has(form) && asked('target') === upload.getFrameId(formId);
    if (event.defaultPrevented || !isOurs) return;
    const { href, origin } = new URL(asked('action') || document.URL, document.baseURI);
    // Across origins no answer can be read; by the frame it is at least sent.
    if (origin !== self.origin) return;
    event.preventDefault();
    sent.get(form)?.();
    const stop = postOnce({
      url: href,
      body: new FormData(form, submitter),
      open: openXhr,
      onUploadProgress(detail) {
        form.dispatchEvent(new CustomEvent(PROGRESS, { bubbles: true, detail }));
      },
      onCommands: (commands) => upload.processResponse(formId, commands),
      instead() {
        HTMLFormElement.prototype.submit.call(form);
        return nothing;
      },
    });
    sent.set(form, stop);
  }
}

/** Not by the form's own properties: a field named `id` or `action` hides the one of that name. */
function findField(form: HTMLFormElement, name: string): HTMLInputElement | null {
  return form.querySelector<HTMLInputElement>(`input[name="${name}"]`);
}

function putField(form: HTMLFormElement, name: string, value: string): void {
  const known = findField(form, name);
  const field = known ?? document.createElement('input');
  field.setAttribute('value', value);
  if (known) return;
  field.setAttribute('type', 'hidden');
  field.setAttribute('name', name);
  form.append(field);
}
