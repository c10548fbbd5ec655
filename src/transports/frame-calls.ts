// The page's function that the scripts of frames call: one for each name, shared by all frames that are open.

import type { Stop } from './transport.ts';

/** Takes the arguments of one call. */
export type Receive = (values: unknown[]) => void;

interface PageFunction {
  readonly frames: Map<HTMLIFrameElement, Receive>;
  readonly uninstall: Stop;
}

type Owner = Record<string, unknown>;

/** Our functions, by which one that is in its place already is known again. */
const ours = new WeakMap<object, PageFunction>();

/** Has `receive` called for each call that a running script of this frame makes of `window[name]`; the name may be dotted. */
export function receiveCalls(name: string, frame: HTMLIFrameElement, receive: Receive): Stop {
  const { frames, uninstall } = install(name);
  frames.set(frame, receive);
  return () => {
    if (frames.delete(frame) && frames.size === 0) uninstall();
  };
}

function install(name: string): PageFunction {
  const path = name.split('.');
  const key = path.pop() ?? name;
  const undo: Stop[] = [];
  let owner = globalThis as unknown as Owner;
  for (const step of path) {
    if (!owner[step]) undo.unshift(put(owner, step, {}));
    owner = owner[step] as Owner;
  }
  const previous = owner[key];
  const known = typeof previous === 'function' && ours.get(previous);
  if (known) return known;

  const frames: PageFunction['frames'] = new Map();
  undo.unshift(put(owner, key, route));
  const pageFunction = {
    frames,
    uninstall() {
      for (const step of undo) step();
    },
  };
  ours.set(route, pageFunction);
  return pageFunction;

  /** The script that runs in a frame is at once the proof of where the call comes from. */
  function route(this: unknown, ...values: unknown[]): unknown {
    for (const [frame, receive] of frames) {
      const script = frame.contentDocument?.currentScript;
      if (!script) continue;
      receive(values);
      script.remove();
      return undefined;
    }
    return typeof previous === 'function' ? previous.apply(this, values) : undefined;
  }
}

/** Sets a property; the function returned puts back what was there, unless the page has changed it since. */
function put(owner: Owner, key: string, value: object): Stop {
  const before = owner[key];
  owner[key] = value;
  return () => {
    if (owner[key] !== value || Object.keys(value).length > 0) return;
    if (before) owner[key] = before;
    else Reflect.deleteProperty(owner, key);
  };
}
