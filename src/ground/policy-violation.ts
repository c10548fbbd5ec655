// A policy of the page (Content Security Policy) forbids a request: browsers tell by an event alone.

const VIOLATION = 'securitypolicyviolation';

/** What is told of, or by, the page or a worker. */
type Teller = Partial<Pick<EventTarget, 'addEventListener' | 'removeEventListener'>>;

/**
 * Calls back for each policy that forbids something, those that only report left out. The returned function ends that.
 *
 * @param teller - a window, or a worker's global scope
 */
export function onPolicyViolation(
  heed: (directive: string, blockedUri: string) => void,
  teller: Teller = globalThis,
): () => void {
  const hear = (event: Event): void => {
    const { disposition, effectiveDirective, blockedURI } = event as SecurityPolicyViolationEvent;
    if (disposition === 'enforce') heed(effectiveDirective, blockedURI);
  };
  teller.addEventListener?.(VIOLATION, hear);
  return () => teller.removeEventListener?.(VIOLATION, hear);
}
