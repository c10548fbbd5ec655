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

let policy: Rules | undefined; // a name can be taken once in a page
let asked = false; // once as well: the browser tells the page's owner of every refusal

/** Signs HTML that may be parsed. What it may hold is for its caller to decide, before. */
export function trustedHtml(html: string): string {
  return ourPolicy()?.createHTML(html) ?? html;
}

/** Signs code that may run. */
export function trustedScript(code: string): string {
  return ourPolicy()?.createScript(code) ?? code;
}

/** Signs the address of code that may run. */
export function trustedScriptUrl(url: string): string {
  return ourPolicy()?.createScriptURL(url) ?? url;
}

function ourPolicy(): Rules | undefined {
  if (asked) return policy;
  asked = true;
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypeFactory };
  try {
    policy = trustedTypes?.createPolicy(POLICY, {
      createHTML: asItIs,
      createScript: asItIs,
      createScriptURL: asItIs,
    });
  } catch {
    // The page does not allow this policy; it may still allow text, which the first use will show.
  }
  return policy;
}
