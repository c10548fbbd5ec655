// What a user of Flask-Sijax's examples does and sees, as the global `user` of their pages.

import { lastEnd, pause, until, untilEnded } from './waiting.ts';
import { alerts, errors } from './watch.ts';

export interface HelloFacts {
  readonly alerts: readonly string[];
  /** The colour of both links, after each click. */
  readonly colors: readonly string[];
}

/** Clicks on both links, one after the other. */
export async function hello(): Promise<HelloFacts> {
  const links = [...document.querySelectorAll('a')];
  const colors: string[] = [];
  for (const link of links) {
    const before = colorsOf(links);
    link.click();
    await until(() => colorsOf(links) !== before);
    colors.push(colorsOf(links));
  }
  return { alerts, colors };
}

export interface ChatFacts {
  readonly alerts: readonly string[];
  /** The messages on the page, after each was sent. */
  readonly messages: readonly (readonly string[])[];
  /** What the input held after each message. */
  readonly left: readonly string[];
  readonly hadFocus: readonly boolean[];
  readonly messagesAfterClearing: number;
}

/** Sends a message, another, an empty one; clears them all. */
export async function chat(): Promise<ChatFacts> {
  const input = element('#message', HTMLInputElement);
  const messages = element('#messages', HTMLElement);
  const shown: string[][] = [];
  const left: string[] = [];
  const hadFocus: boolean[] = [];
  for (const text of ['Grüße & Küsse', 'a "second" one']) {
    input.value = text;
    input.blur();
    press('Send');
    await until(() => messages.children.length > shown.length && document.activeElement === input);
    shown.push([...messages.children].map(({ textContent }) => textContent.trim()));
    left.push(input.value);
    hadFocus.push(document.activeElement === input);
  }
  // It fades in.
  await until(() => getComputedStyle(messages.children[0] ?? messages).opacity === '1');
  press('Send');
  await until(() => alerts.length > 0);
  press('Clear messages');
  await until(() => messages.innerHTML === '');
  return { alerts, messages: shown, left, hadFocus, messagesAfterClearing: messages.children.length };
}

export interface CometFacts {
  /** The text of the progress bar and its width, after each step. */
  readonly steps: readonly (readonly [text: string, width: string])[];
  /** What the server said of its function at the third step. */
  readonly endAtThirdStep: string;
  /** How many elements it leaves in the page. */
  readonly nodesLeft: number;
}

/** Starts the work and watches the progress bar, until the server's function has ended. */
export async function comet(): Promise<CometFacts> {
  const bar = element('#progress', HTMLElement);
  const steps: [string, string][] = [];
  let endAtThirdStep: Promise<string> | undefined;
  const observer = new MutationObserver(() => {
    const text = bar.textContent.trim();
    if (!text.endsWith('px') || steps.at(-1)?.[0] === text) return;
    steps.push([text, bar.style.width]);
    if (steps.length === 3) endAtThirdStep = lastEnd();
  });
  observer.observe(bar, { childList: true, characterData: true, subtree: true });
  const nodes = document.body.children.length;
  press('Start');
  await until(() => steps.length >= 3);
  await untilEnded();
  // Frames are taken away in a task of their own.
  await pause(200);
  observer.disconnect();
  const nodesLeft = document.body.children.length - nodes;
  return { steps, endAtThirdStep: (await endAtThirdStep) ?? '', nodesLeft };
}

export interface UploadFacts {
  /** What stands below the form. */
  readonly response: string;
  /** The text, the check box and the number of files of the form afterwards. */
  readonly fields: readonly [message: string, checked: boolean, files: number];
}

/** Sends the first form with this text and a file of these bytes. */
export async function uploadFirst(message: string, file: string): Promise<UploadFacts> {
  const response = element('#formOneResponse', HTMLElement);
  response.textContent = '';
  fill('formOne', message, file);
  await until(() => response.textContent.includes('Uploaded file'));
  return { response: response.textContent, fields: fieldsOf('formOne') };
}

export interface LongUploadFacts {
  readonly atReset: UploadFacts;
  /** What the server said of its function then. */
  readonly endAtReset: string;
  readonly atEnd: string;
}

/** Sends the second form: its handler resets it, works on, and says so. */
export async function uploadSecond(message: string, file: string): Promise<LongUploadFacts> {
  const response = element('#formTwoResponse', HTMLElement);
  fill('formTwo', message, file);
  await until(() => response.textContent.includes('Doing some more work'));
  const atReset = { response: response.textContent, fields: fieldsOf('formTwo') };
  const endAtReset = await lastEnd();
  await untilEnded();
  // What was sent last may still be on its way.
  await pause(200);
  return { atReset, endAtReset, atEnd: response.textContent };
}

/** What went wrong in the page without anybody catching it. */
export function uncaught(): readonly string[] {
  return errors;
}

function fill(form: string, message: string, file: string): void {
  const field = (name: string): HTMLInputElement => element(`#${form} [name=${name}]`, HTMLInputElement);
  const transfer = new DataTransfer();
  transfer.items.add(new File([file], 'notes.txt', { type: 'text/plain' }));
  field('message').value = message;
  field('chkbox').checked = false;
  field('file').files = transfer.files;
  element(`#${form} [type=submit]`, HTMLInputElement).click();
}

function fieldsOf(form: string): UploadFacts['fields'] {
  const field = (name: string): HTMLInputElement => element(`#${form} [name=${name}]`, HTMLInputElement);
  return [field('message').value, field('chkbox').checked, field('file').files?.length ?? NaN];
}

function press(label: string): void {
  const buttons = [
    ...document.querySelectorAll<HTMLInputElement | HTMLButtonElement>('button, [type=submit]'),
  ];
  const button = buttons.find(({ value, textContent }) => (value || textContent) === label);
  if (!button) throw new Error(`No button says ${label}`);
  button.click();
}

function element<Type extends Element>(selector: string, type: new () => Type): Type {
  const found = document.querySelector(selector);
  if (!(found instanceof type)) throw new Error(`No ${selector} here`);
  return found;
}

function colorsOf(links: readonly Element[]): string {
  return links.map((link) => getComputedStyle(link).color).join(', ');
}
