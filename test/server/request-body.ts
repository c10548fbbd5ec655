// What a POST said, as a plain value: an object for a form or JSON, else the text.

import type { ReceivedRequest } from './exchange.ts';

export async function readBody({ body, headers }: ReceivedRequest): Promise<unknown> {
  const contentType = headers['content-type'] ?? '';
  if (contentType.startsWith('application/json')) return parsed(body);
  if (/^(multipart\/form-data|application\/x-www-form-urlencoded)/.test(contentType)) {
    const form = new Response(body, { headers: { 'Content-Type': contentType } }).formData();
    return form.then(fields, () => body);
  }
  return body;
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
