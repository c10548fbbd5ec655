// Links between the documents lead somewhere: to a file that is there, and to a heading of it.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const pages = [
  'README.md',
  'CHANGELOG.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    // Not those of the site, which are made of these.
    .filter((file) => /^[^.].*\.md$/.test(file))
    .map((file) => `docs/${file.replaceAll('\\', '/')}`),
];

describe('a link', () => {
  it.each(pages)('of %s leads somewhere', (page) => {
    const links = [...proseOf(page).matchAll(/\]\((?!https?:)([^)]+)\)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !leadsSomewhere(page, link))).toEqual([]);
  });

  it('is there at all, and would be missed', () => {
    expect(pages.length).toBeGreaterThan(5);
    expect(leadsSomewhere('README.md', 'docs/commands.md#the-verbs')).toBe(true);
    expect(leadsSomewhere('README.md', 'docs/commands.md#the-nouns')).toBe(false);
    expect(leadsSomewhere('docs/options.md', 'docs/commands.md')).toBe(false);
  });
});

function leadsSomewhere(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : join(dirname(page), path);
  if (!existsSync(join(root, target))) return false;
  return anchor === undefined || anchorsOf(target).has(anchor);
}

/** As GitHub makes them of headings. */
function anchorsOf(page: string): Set<string> {
  const headings = [...proseOf(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

/** Without code, in which brackets and number signs mean other things. */
function proseOf(page: string): string {
  return readFileSync(join(root, page), 'utf8')
    .replace(/^```.*?^```$/gms, '')
    .replace(/`[^`\n]*`/g, (code) => code.replace(/[`()[\]]/g, ''));
}
