// Posts a body into a frame, by a form that nobody sees.

import type { TransportRequest } from './transport.ts';

export function postInto(frameName: string, { url, body }: TransportRequest): void {
  const form = document.createElement('form');
  const fields = fieldsOf(body);
  const hasFiles = fields.some(([, value]) => typeof value !== 'string');
  // Attributes, and methods of the prototype: a field named `action` or `submit` hides the form's own.
  const attributes = {
    action: url,
    method: 'post',
    target: frameName,
    enctype: hasFiles ? 'multipart/form-data' : 'application/x-www-form-urlencoded',
    'accept-charset': 'utf-8',
    hidden: '',
  };
  for (const [name, value] of Object.entries(attributes)) form.setAttribute(name, value);
  form.append(...fields.map(makeInput));
  document.documentElement.append(form);
  HTMLFormElement.prototype.submit.call(form);
  document.documentElement.removeChild(form);
}

function fieldsOf(body: TransportRequest['body']): [string, FormDataEntryValue][] {
  return body instanceof URLSearchParams || body instanceof FormData ? [...body] : [];
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
