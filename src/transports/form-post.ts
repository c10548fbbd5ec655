// Posts a body into a frame, by a form that nobody sees.

import type { TransportRequest } from './transport.ts';

/** @throws in Firefox, where a content security policy forbids it. */
export function postInto(target: string, { url, body }: TransportRequest): void {
  const form = document.createElement('form');
  const fields = body instanceof URLSearchParams || body instanceof FormData ? [...body] : [];
  const hasFiles = fields.some(([, value]) => typeof value !== 'string');
  form.acceptCharset = 'utf-8';
  form.action = url;
  form.enctype = hasFiles ? 'multipart/form-data' : 'application/x-www-form-urlencoded';
  form.hidden = true;
  form.method = 'post';
  form.target = target;
  // From here on a field named `submit` or `remove` hides what the form itself has by that name.
  form.append(...fields.map(makeInput));
  document.documentElement.append(form);
  try {
    HTMLFormElement.prototype.submit.call(form);
  } finally {
    document.documentElement.removeChild(form);
  }
}

function makeInput([name, value]: [string, FormDataEntryValue]): HTMLInputElement {
  const input = document.createElement('input');
  input.name = name;
  if (typeof value === 'string') {
    input.type = 'hidden';
    input.value = value;
  } else {
    const files = new DataTransfer();
    files.items.add(value);
    input.type = 'file';
    input.files = files.files;
  }
  return input;
}
