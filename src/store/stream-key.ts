// Which options say another stream.

/** What cannot be compared by what it holds is equal when it is the same one, so each has a number. */
const numbers = new WeakMap<object, number>();
let counted = 0;

/** Equal where a connection can stay as it is. Of functions counts only that they are there: the latest are called. */
export function streamKey(url: unknown, options: object): string {
  const { on } = options as { readonly on?: object };
  const counting = Object.entries({ ...options, on: on && Object.keys(on), initial: 0, reduce: 0 });
  return JSON.stringify([url, counting.filter(([, value]) => value !== undefined)], (_, value: unknown) => {
    if (isFunction(value)) return 1;
    if (isData(value)) return value;
    if (Symbol.iterator in (value as object)) return [...(value as Iterable<unknown>)];
    if (!numbers.has(value as object)) numbers.set(value as object, ++counted);
    return numbers.get(value as object);
  });
}

/** What JSON writes whole. A getter is code, which is not run for this. */
function isData(value: unknown): boolean {
  if (Object(value) !== value || Array.isArray(value)) return true;
  const members = Object.values(Object.getOwnPropertyDescriptors(value as object));
  return (
    Object.getPrototypeOf(value) === Object.prototype &&
    members.every((member) => !member.get && !isFunction(member.value))
  );
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}
