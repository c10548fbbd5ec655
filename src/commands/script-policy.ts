// Which code of the server's may run: none, what carries the page's nonce, or all of it.
//
// No other file of the library makes code of text.

import { EnckeError } from '../ground/errors.ts';
import { trustedScript } from '../ground/trusted-types.ts';
import type { ScriptPolicy } from './command.ts';
import { codeRefused } from './complaint.ts';
import { copyAttributes, HTML } from './parse-html.ts';

/**
 * Runs no code of the server's. Refused are `script` commands, redirects and addresses that are `javascript:` URLs,
 * event handlers and `srcdoc` as attributes, and whatever would change a script element; scripts in inserted HTML
 * stand there and do nothing.
 *
 * The rest of inserted HTML is trusted: event handlers and `javascript:` links that are part of it work, and so do
 * frames. The option `sanitize` says what HTML may hold; a content security policy without `'unsafe-inline'`
 * makes handlers and such links inert, too.
 */
export const refuseScripts: ScriptPolicy = {
  allowsScripts: false,
  run() {
    throw codeRefused();
  },
  revive() {
    // It stays as the parser left it: marked as not to be run.
  },
};

/**
 * Runs the code of the server in script elements with the nonce of the page's content security policy
 * (`script-src 'nonce-…'`), which then needs no `'unsafe-eval'`.
 *
 * A `script` command runs as the body of a function: its variables are its own. What it throws is reported with the
 * command, and where the policy does not let it run, that is reported as `refused`.
 *
 * External scripts in inserted HTML hold up what is behind them until they have run or failed.
 */
export function nonceScripts(nonce: string): ScriptPolicy {
  return {
    allowsScripts: true,
    run(code) {
      runWithNonce(nonce, code);
    },
    revive: (script) => revive(script, nonce),
  };
}

/**
 * Runs all code of the server, as Sijax's own client does. A content security policy must have `'unsafe-eval'` for
 * `script` commands, and whatever scripts in inserted HTML need.
 *
 * A `script` command runs as the body of a function: its variables are its own. What it throws is reported with the
 * command.
 *
 * External scripts in inserted HTML hold up what is behind them until they have run or failed.
 */
export const allowScripts: ScriptPolicy = {
  allowsScripts: true,
  run(code) {
    evaluate(asCall(code));
  },
  revive: (script) => revive(script, script.nonce),
};

/**
 * As `allowScripts`, but what stands in a drawing stays there, as with Sijax's own client: a page that requires Trusted
 * Types does not run it.
 */
export const allowUnsigned: ScriptPolicy = {
  allowsScripts: true,
  run(code) {
    evaluate(asCall(code));
  },
  revive: (script) => revive(script, script.nonce, false),
};

/** The value of code in the global scope; none of ours is in its sight. */
export function evaluate(code: string): unknown {
  // Not `new Function`: not every browser takes trusted text for it.
  // eslint-disable-next-line no-eval, no-restricted-syntax -- to run what the server says is what the page asked for
  return globalThis.eval(trustedScript(code));
}

/** The line break ends a comment at the end of the code. */
function asCall(code: string): string {
  return `(function(){${code}\n})();`;
}

/** Notes that it runs, and what its code threw, if it did: anything can be thrown. */
type NotingScript = HTMLScriptElement & { begun?: true; failure?: readonly [unknown] };

/** The script that runs. Not by the document itself: an image named `currentScript` hides that property. */
const CURRENT = "Reflect.get(Document.prototype,'currentScript',document)";

function runWithNonce(nonce: string, code: string): void {
  const script: NotingScript = document.createElement('script');
  script.nonce = nonce;
  const noting = `try{${asCall(code)}}catch(error){${CURRENT}.failure=[error]}`;
  script.text = trustedScript(`${CURRENT}.begun=true;${noting}`);
  addEventListener('error', keep, true);
  document.head.append(script);
  removeEventListener('error', keep, true);
  script.remove();
  if (script.failure) throw script.failure[0];
  if (script.begun) return;
  throw new EnckeError('refused', 'The content security policy runs no script with this nonce.');

  /** Code that cannot be parsed. The queue reports it, so nobody else needs to. */
  function keep(event: ErrorEvent): void {
    // An error of another's, of a listener that the code calls for example.
    if (script.begun) return;
    script.failure = [event.error];
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}

function revive(script: HTMLScriptElement, nonce: string, isSigned = true): void | Promise<void> {
  // One before it may have removed it, or its document is in no window. Nothing would come of it, not even an event.
  if (!script.isConnected || !script.ownerDocument.defaultView) return;
  // Only in the namespace of HTML can code be signed. One that names its code keeps that of a drawing.
  const namespace = isSigned && script.textContent !== '' ? HTML : script.namespaceURI;
  const fresh = document.createElementNS(namespace, 'script') as HTMLScriptElement;
  copyAttributes(script, fresh);
  fresh.nonce = nonce;
  fresh.textContent = trustedScript(script.textContent);
  const isAwaited = fresh.src && fresh.type !== 'module' && !fresh.noModule;
  if (isAwaited) {
    // By these a browser passes it over without an event, and what is behind it would wait for ever.
    fresh.type &&= 'text/javascript';
    for (const name of ['language', 'event']) fresh.removeAttribute(name);
  }
  const settled = isAwaited ? waitFor(fresh) : undefined;
  script.replaceWith(fresh);
  return settled;
}

function waitFor(script: HTMLScriptElement): Promise<void> {
  return new Promise((resolve) => {
    for (const type of ['load', 'error']) script.addEventListener(type, () => resolve());
  });
}
