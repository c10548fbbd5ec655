// A short name for what must not be read: the same for the same text, and nothing of the text can be seen in it.

/** 32 hexadecimal digits, made by four 32-bit hashes (FNV-1a with other primes and another mixing at the end). */
export function hashOf(text: string): string {
  return [0x01000193, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f].map((prime) => lane(text, prime)).join('');
}

function lane(text: string, prime: number): string {
  let hash = 0x811c9dc5 ^ prime;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), prime);
    // Without this the high bits of a character would never reach the low ones of the hash.
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return ((hash ^ (hash >>> 13)) >>> 0).toString(16).padStart(8, '0');
}
