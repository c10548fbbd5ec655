// How figures read in sentences.

const SECOND = 1_000;
const KILOBYTE = 1_000;

/** `38 ms`, `3.0 s` */
export function time(milliseconds: number): string {
  return milliseconds < SECOND ? `${Math.round(milliseconds)} ms` : `${(milliseconds / SECOND).toFixed(1)} s`;
}

/** `62 bytes`, `8.2 kB` */
export function size(bytes: number): string {
  return bytes < KILOBYTE ? count(bytes, 'byte') : `${(bytes / KILOBYTE).toFixed(1)} kB`;
}

/** `1 message`, `2 messages` */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
