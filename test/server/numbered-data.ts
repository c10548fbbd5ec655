// What message n of /numbered says: a pure function, free of Node, so that a page can compute what it must receive.

/** `varied` is `mixed` without its one big message. */
export const KINDS = ['plain', 'varied', 'mixed', 'large'] as const;
export type NumberedKind = (typeof KINDS)[number];

/** Bytes of UTF-8 in the one big message of `mixed`, and its number. */
export const BIG_SIZE = 262_144;
const BIG_NUMBER = 500;

/** Characters of every message of `large`. */
const LARGE_SIZE = 16_384;

/** Everything a format, a cut or an escape can get wrong, each with the number in it. */
const MIXED: readonly ((n: number) => string)[] = [
  (n) => `plain ${n}`,
  (n) => `emoji ${n} ☄️ 👩‍🚀 🇪🇺 𝄞`,
  (n) => `Привет, комета ${n} · 彗星来了 · ほうき星`,
  (n) => `combining ${n} e\u0301 n\u0303 a\u0308\u0323 ก็`,
  (n) => `first line ${n}\nsecond line\n\nfourth line`,
  (n) => `\nafter an empty first line ${n}`,
  (n) => `</script><script>throw ${n}</script><!-- & ]]> "double" 'single' \\ back`,
  (n) => `separators ${n}\u2028line\u2029paragraph\ttab`,
  (n) => `ends with an empty line ${n}\n`,
  (n) => ` leading space, colon: and {"json":${n}}`,
];

/** The data of message `n` of `count`, the same on every call. */
export function numberedData(n: number, kind: NumberedKind, count: number): string {
  if (kind === 'large') return padded(`large ${n} `, LARGE_SIZE);
  if (kind === 'plain') return `message ${n} of ${count}`;
  if (kind === 'mixed' && n === bigNumber(count)) return padded(`big ${n} `, BIG_SIZE);
  const write = MIXED[n % MIXED.length];
  return write ? write(n) : '';
}

/** Which message of `mixed` is the big one: the 500th, or the middle one of a shorter list. */
export function bigNumber(count: number): number {
  return count >= BIG_NUMBER ? BIG_NUMBER : Math.ceil(count / 2);
}

function padded(start: string, size: number): string {
  const pattern = '0123456789abcdef';
  return (start + pattern.repeat(Math.ceil(size / pattern.length))).slice(0, size);
}
