// Plays commands in a frame of its own, and tells all that can be observed: the document, what was called, what failed.

/** `original` is Sijax's own client over jQuery; the other two are ours, in a page without and with jQuery. */
export type Side = 'original' | 'ours' | 'ours with jQuery';

export interface Scene {
  /** What the body holds before. */
  readonly body?: string;
  /** Code that the page runs before. */
  readonly before?: string;
  /** What is handed to `Sijax.processCommands`. */
  readonly commands: unknown;
  /** An expression of the page of which the value, as JSON, is observed afterwards. */
  readonly value?: string;
  /** Whether the list ends later than the call: then its last command is to call `note('end')`. */
  readonly waits?: boolean;
}

export interface Outcome {
  readonly document: string[];
  /** Calls of `note` and `alert`, and errors that reached the page, in order. */
  readonly log: string[];
  /** The commands that could not be carried out, by their place in the list. */
  readonly failed: number[];
  /** As JSON. */
  readonly value: string;
}

interface Player {
  readonly Sijax: { processCommands(commands: unknown): void };
  readonly JSON: typeof JSON;
  readonly log: string[];
  goldenValue?: unknown;
}

const PAGES: Readonly<Record<Side, string>> = {
  original: '/golden/original.html',
  ours: '/golden/ours.html',
  'ours with jQuery': '/golden/ours-with-jquery.html',
};

/** Milliseconds to wait for a list that ends later. */
const PATIENCE = 5_000;

/** Plays scenes on several sides: in one page for each, which gets a new document before every scene. */
export function play(sides: readonly Side[], scenes: readonly Scene[]): Promise<Outcome[][]> {
  return Promise.all(sides.map((side) => playAll(side, scenes)));
}

async function playAll(side: Side, scenes: readonly Scene[]): Promise<Outcome[]> {
  const frame = await openFrame(PAGES[side]);
  const page = frame.contentWindow as unknown as Window & Player;
  const { document } = page;
  const outcomes: Outcome[] = [];
  // What has loaded the page must not count among what is compared.
  for (const script of document.querySelectorAll('script')) script.remove();
  const pristine = document.documentElement.cloneNode(true);
  for (const scene of scenes) {
    document.replaceChild(pristine.cloneNode(true), document.documentElement);
    page.log.length = 0;
    outcomes.push(await playOne(page, side, scene));
  }
  frame.remove();
  return outcomes;
}

async function openFrame(url: string): Promise<HTMLIFrameElement> {
  const frame = document.createElement('iframe');
  frame.src = url;
  await new Promise((resolve) => {
    frame.onload = resolve;
    document.body.append(frame);
  });
  return frame;
}

async function playOne(page: Window & Player, side: Side, scene: Scene): Promise<Outcome> {
  const failed = new Set<number>();
  page.document.body.innerHTML = scene.body ?? '';
  runScript(page, scene.before ?? '');
  const commands = page.JSON.parse(JSON.stringify(scene.commands)) as unknown;

  page.onerror = (_event, _source, _line, _column, error) => {
    const place = placeOf((error as { command?: unknown } | undefined)?.command, commands);
    if (place < 0) page.log.push(`uncaught: ${String(error)}`);
    else failed.add(place);
  };
  if (side === 'original') applySingly(page, commands, failed);
  else page.Sijax.processCommands(commands);
  if (scene.waits) await until(() => page.log.includes('note: "end"'));
  const state = describeNode(page.document.documentElement, '');
  runScript(page, `goldenValue = ${scene.value ?? 'null'}`);
  const value = JSON.stringify(page.goldenValue);
  // Errors are reported in tasks of their own.
  await new Promise((resolve) => setTimeout(resolve, 1));
  await new Promise((resolve) => setTimeout(resolve, 1));
  return {
    document: state,
    log: [...page.log],
    failed: [...failed].sort((left, right) => left - right),
    value,
  };
}

function runScript({ document }: Window, code: string): void {
  const script = document.createElement('script');
  script.text = code;
  document.documentElement.append(script);
  script.remove();
}

/** The original loses everything behind a command that throws; one by one it shows what each would have done. */
function applySingly({ Sijax }: Player, commands: unknown, failed: Set<number>): void {
  if (!Array.isArray(commands)) return Sijax.processCommands(commands);
  for (const [place, command] of commands.entries()) {
    try {
      Sijax.processCommands([command]);
    } catch {
      failed.add(place);
    }
  }
}

function placeOf(command: unknown, commands: unknown): number {
  return command !== undefined && Array.isArray(commands) ? commands.indexOf(command) : -1;
}

async function until(condition: () => boolean): Promise<void> {
  const end = performance.now() + PATIENCE;
  while (!condition()) {
    if (performance.now() > end) throw new Error('The list never came to its end.');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** One line for each node, with what attributes do not show: namespaces, live values, properties of the page's own. */
function describeNode(node: Node, indent: string): string[] {
  if (node.nodeType !== Node.ELEMENT_NODE)
    return [`${indent}${node.nodeName} ${JSON.stringify(node.nodeValue)}`];
  const element = node as Element;
  const children = element.localName === 'template' ? (element as HTMLTemplateElement).content : element;
  // A style that is set as an attribute may lack the last semicolon.
  const attributes = [...element.attributes].map(
    ({ name, value }) => `${name}=${JSON.stringify(name === 'style' ? value.replace(/;$/, '') : value)}`,
  );
  const line = [tagOf(element), ...attributes.sort(), ...propertiesOf(element)].join(' ');
  return [indent + line, ...[...children.childNodes].flatMap((child) => describeNode(child, `${indent}  `))];
}

function tagOf({ localName, namespaceURI }: Element): string {
  const space = namespaceURI?.split('/').at(-1);
  return space === 'xhtml' ? localName : `${String(space)}:${localName}`;
}

/** By what they are and not by their class: each frame has classes of its own. */
function propertiesOf(element: Element): string[] {
  const own = Object.keys(element).filter((key) => !/^jQuery\d/.test(key));
  const live = ['value', 'checked', 'indeterminate', 'selected', 'selectedIndex'].filter(
    (key) => key in element,
  );
  const holder = element as unknown as Record<string, unknown>;
  return [...own.sort(), ...live].map((key) => `.${key}=${print(holder[key])}`);
}

function print(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : `${typeof value} ${JSON.stringify(value)}`;
}
