// What happens in a page that uses the drop-in: what its commands call, and the errors that reach it.

/** What commands have said by calling `see`. */
export const seen: unknown[] = [];

/** The codes of the errors reported, or their text where they have none. */
export const errors: string[] = [];

/** How far an upload has come, in the order of the events. */
export const progress: { loaded: number; total: number }[] = [];

/** Milliseconds to wait for what should happen at once. */
const PATIENCE = 5_000;

/** Milliseconds in which what must not happen would have. */
const GRACE = 200;

export async function until(condition: () => boolean): Promise<void> {
  const end = performance.now() + PATIENCE;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`It did not happen. ${JSON.stringify({ seen, errors })}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Waits until a command has said so, or an error came; then tells all. */
export async function outcome(last: string): Promise<{ seen: unknown[]; errors: string[]; frames: number }> {
  await until(() => seen.includes(last) || errors.length > 0);
  await new Promise((resolve) => setTimeout(resolve, GRACE));
  return { seen, errors, frames: document.querySelectorAll('html > iframe, body > iframe').length };
}

/** A registered form with a text, a file of so many bytes, and a button, which is pressed. */
export function upload(action: string, size: number, press = 'click'): void {
  const form = document.createElement('form');
  form.id = 'form';
  form.setAttribute('action', action);
  // Fields of these names hide what a form has by them.
  form.innerHTML = `<input name="id" value="5"><input name="action" value="save"><input name="file" type="file">
    <button name="button" value="pressed">Send</button>`;
  document.body.append(form);
  const files = new DataTransfer();
  files.items.add(new File(['x'.repeat(size)], 'größe.txt'));
  const [file, button] = [form.querySelector<HTMLInputElement>('[type=file]'), form.querySelector('button')];
  if (file) file.files = files.files;
  form.addEventListener('sjxUpload:progress', ({ detail }: CustomEventInit<(typeof progress)[number]>) => {
    if (detail) progress.push(detail);
  });
  sjxUpload.registerForm({ formId: 'form', callback: 'form_upload' });
  if (press === 'click') button?.click();
  else HTMLFormElement.prototype.submit.call(form);
}

declare const sjxUpload: { registerForm(params: { formId: string; callback: string }): void };

declare global {
  interface Window {
    see: (value: unknown) => void;
  }
}

window.see = (value) => seen.push(value);
window.addEventListener('error', ({ error, message }) => {
  errors.push((error as { code?: string } | null)?.code ?? message);
});
