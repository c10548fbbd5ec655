// What a POST said, as a plain value: an object for a form or JSON, else the text.

import type { ReceivedRequest } from './exchange.ts';

export async function readBody(request: ReceivedRequest): Promise<unknown> {
  const { body, headers } = request;
  const contentType = headers['content-type'] ?? '';
  if (contentType.startsWith('application/json')) return parsed(body);
  if (/^(multipart\/form-data|application\/x-www-form-urlencoded)/.test(contentType)) {
    return readForm(request).then(fields, () => body);
  }
  return body;
}

/** The fields and files of a form, in whichever of its two encodings. Rejects where the body is none. */
export function readForm({ bytes, headers }: ReceivedRequest): Promise<FormData> {
  return new Response(bytes, { headers: { 'Content-Type': headers['content-type'] ?? '' } }).formData();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text; // the client sees what it sent, well-formed or not
  }
}

function fields(form: FormData): Record<string, string> {
  const entries = [...form].map(([name, value]) => [name, typeof value === 'string' ? value : value.name]);
  return Object.fromEntries(entries) as Record<string, string>;
}
