// A promise that is made when it is asked for, as members for another object.

/** What makes an object fit wherever a promise does. It is none that a linter wants awaited: it may have handlers. */
export interface Thenable<Value> {
  /** As that of a promise. */
  readonly then: Promise<Value>['then'];
  /** As that of a promise. */
  readonly catch: Promise<Value>['catch'];
  /** As that of a promise. */
  readonly finally: Promise<Value>['finally'];
  readonly [Symbol.toStringTag]: string;
}

/** Calls `make` once, when the first asks: where nobody does, no rejection goes unhandled. */
export function thenable<Value>(make: () => Promise<Value>): Thenable<Value> {
  let promise: Promise<Value> | undefined;
  const get = (): Promise<Value> => (promise ??= make());
  return {
    then: (resolved, rejected) => get().then(resolved, rejected),
    catch: (rejected) => get().catch(rejected),
    finally: (settled) => get().finally(settled),
    [Symbol.toStringTag]: 'Exchange',
  };
}
