// The parts of the README that are computed: between `<!-- sizes -->` and `<!-- /sizes -->`, and likewise `<!-- peers -->`
// and `<!-- sri -->`.

import { format } from 'prettier';
import { recordedPeers, type PeerSizes } from '../bench/sizes.ts';
import { measureSizes, scriptIntegrity, type Size } from './sizes.ts';

/** The README as it should be now. Throws where it lacks a block. */
export async function withCurrentBlocks(readme: string): Promise<string> {
  const integrity = scriptIntegrity();
  const table = await sizeTable(measureSizes());
  const others = await peerTable(recordedPeers());
  const weighed = replaceBlock(
    replaceBlock(readme, 'sizes', () => table),
    'peers',
    () => others,
  );
  return replaceBlock(weighed, 'sri', (block) => withIntegrity(block, integrity));
}

export function replaceBlock(text: string, name: string, rewrite: (block: string) => string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const from = text.indexOf(start) + start.length;
  const to = text.indexOf(end);
  if (from < start.length || to < from) throw new Error(`There is no block from ${start} to ${end}.`);
  return `${text.slice(0, from)}\n\n${rewrite(text.slice(from, to)).trim()}\n\n${text.slice(to)}`;
}

/** A table as prettier lays it out, so that writing it never fails the formatting check. */
export async function sizeTable(sizes: readonly Size[]): Promise<string> {
  const rows = sizes.map(({ name, size }) => `| ${name} | ${kilobytes(size)} |`);
  return format(['| what you take | minified + Brotli |', '| --- | --: |', ...rows].join('\n'), {
    parser: 'markdown',
  });
}

/** Says when it was measured, above a table. */
export async function peerTable({ measured, peers }: PeerSizes): Promise<string> {
  const rows = peers.map(({ name, version, size }) => `| ${name} | ${version} | ${kilobytes(size)} |`);
  const table = ['| package | version | minified + Brotli |', '| --- | --- | --: |', ...rows].join('\n');
  return format(`Others, measured in the same way on ${measured}:\n\n${table}`, { parser: 'markdown' });
}

/** Renews each hash and leaves the words around it alone; an empty block gets the usual script tag. */
export function withIntegrity(block: string, integrity: string): string {
  if (block.trim() === '') {
    const attributes = ['src="encke.min.js"', `integrity="${integrity}"`, 'crossorigin="anonymous"'];
    // One a line, as prettier would have it.
    return ['```html', '<script', ...attributes.map((each) => `  ${each}`), '></script>', '```'].join('\n');
  }
  const hash = /sha384-[\w+/]+=*/g;
  if (!hash.test(block)) throw new Error('The sri block of README.md has text, but no sha384 hash to renew.');
  return block.replace(hash, integrity);
}

/** 1 kB is 1,000 bytes. */
function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
