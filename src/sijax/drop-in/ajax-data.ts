// The data of a request: a caller's own beside the fields of a call.

/** What jQuery takes as `data`: an object, or text or a form that is encoded already. */
export type AjaxData = object | string | undefined;

/** A copy with the fields; the caller's data stays as it was. */
export function withFields(data: AjaxData, fields: readonly [string, string][]): object | string {
  if (typeof data === 'string') return `${data}&${String(new URLSearchParams([...fields]))}`;
  if (!(data instanceof FormData)) return { ...data, ...Object.fromEntries(fields) };
  const form = new FormData();
  for (const [name, value] of data) form.append(name, value as string); // or a file, as it is
  for (const [name, value] of fields) form.append(name, value);
  return form;
}

/** The data as a body: what lies in objects and lists has brackets in its name, as jQuery and PHP have it. */
export function encodeData(data: object | string): FormData | URLSearchParams {
  if (typeof data === 'string') return new URLSearchParams(data);
  if (data instanceof FormData) return data;
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(data)) add(name, value);
  return body;

  function add(name: string, value: unknown): void {
    if (typeof value === 'function') add(name, (value as () => unknown)());
    else if (isObject(value)) {
      for (const [key, inner] of Object.entries(value)) {
        add(`${name}[${Array.isArray(value) && !isObject(inner) ? '' : key}]`, inner);
      }
    } else body.append(name, (value as string | null | undefined) ?? '');
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
