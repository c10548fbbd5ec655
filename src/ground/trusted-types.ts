// The Trusted Types policy of this library: the signature that a page's policy may ask for.

/** A page allows it by `trusted-types encke`. */
export const POLICY = 'encke';

interface Rules {
  createHTML(html: string): string;
  createScript(code: string): string;
  createScriptURL(url: string): string;
}

interface TrustedTypeFactory {
  createPolicy(name: string, rules: Rules): Rules;
}

const asItIs = (text: string): string => text;

const RULES: Rules = { createHTML: asItIs, createScript: asItIs, createScriptURL: asItIs };

/** Asked for once: a name can be taken once in a page, and the browser tells the page's owner of every refusal. */
let policy: Rules | undefined;

/** Signs HTML that may be parsed. What it may hold is for its caller to decide, before. */
export function trustedHtml(html: string): string {
  return ourPolicy().createHTML(html);
}

/** Signs code that may run. */
export function trustedScript(code: string): string {
  return ourPolicy().createScript(code);
}

/** Signs the address of code that may run. */
export function trustedScriptUrl(url: string): string {
  return ourPolicy().createScriptURL(url);
}

function ourPolicy(): Rules {
  if (policy) return policy;
  policy = RULES;
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypeFactory };
  try {
    if (trustedTypes) policy = trustedTypes.createPolicy(POLICY, RULES);
  } catch {
    // The page does not allow this policy; it may still allow text, which the first use will show.
  }
  return policy;
}
