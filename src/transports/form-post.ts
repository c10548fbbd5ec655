// Posts a body into a frame, by a form that nobody sees.

import type { TransportRequest } from './transport.ts';

/** @throws in Firefox, where a content security policy forbids it. */
export function postInto(document: Document, target: string, { url, body }: TransportRequest): void {
  const form = document.createElement('form');
  const fields = body instanceof URLSearchParams || body instanceof FormData ? [...body] : [];
  const hasFiles = fields.some(([, value]) => typeof value !== 'string');
  form.acceptCharset = 'utf-8';
  form.action = url;
  form.enctype = hasFiles ? 'multipart/form-data' : 'application/x-www-form-urlencoded';
  form.hidden = true;
  form.method = 'post';
  form.target = target;
  // Not by inputs: one named `submit` would hide the method of that name.
  form.onformdata = ({ formData }) => {
    for (const [name, value] of fields) formData.append(name, value);
  };
  document.documentElement.append(form);
  try {
    form.submit();
  } finally {
    form.remove();
  }
}
