// The documentation as a site: its pages, gathered from where each has its home, and what VitePress makes of them.

import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vitepress';
import { contentTypeOf, type Asset } from '../server/static-files.ts';
import { writeApiPages } from './api-pages.ts';

const docs = fileURLToPath(new URL('../../docs', import.meta.url));
const root = dirname(docs);
const home = join(docs, '.vitepress');
const pages = join(home, 'pages');
const site = join(home, 'dist');

/** Where the pages beside docs/ are in the site, and what leads there from elsewhere. */
const BESIDE: Readonly<Record<string, string>> = { 'README.md': 'guide.md', 'CHANGELOG.md': 'changes.md' };

/**
 * Builds it into docs/.vitepress/dist/.
 *
 * @throws where an export has no comment, or a link between pages is dead
 */
export async function buildSite(): Promise<void> {
  rmSync(pages, { recursive: true, force: true });
  const { entries, complaints } = await writeApiPages(join(pages, 'api'));
  if (complaints.length > 0) throw new Error(complaints.join('\n'));
  writeFileSync(join(pages, 'entries.json'), JSON.stringify(entries));
  for (const path of filesIn(docs)) if (path.endsWith('.md')) put(path, ofDocs(read(join(docs, path))));
  for (const path of filesIn(docs)) if (path.endsWith('.png')) cpSync(join(docs, path), join(pages, path));
  for (const [path, name] of Object.entries(BESIDE)) put(name, ofRoot(read(join(root, path))));
  put('index.md', read(join(home, 'index.md')));
  putPlayground();
  await build(docs);
}

/** What was built, by the path where it is served. */
export function siteFiles(): Map<string, Asset> {
  const files = new Map<string, Asset>();
  for (const path of filesIn(site)) {
    const asset = { contentType: contentTypeOf(path), body: readFileSync(join(site, path)) };
    files.set(`/${path}`, asset);
    if (/(^|\/)index\.html$/.test(path)) files.set(`/${path.slice(0, -'index.html'.length)}`, asset);
  }
  return files;
}

/** A page of docs/: what it links beside the folder is a page of the site, too. Folders of files are only to be read of. */
function ofDocs(text: string): string {
  return text
    .replace(
      /\]\((?:\.\.\/)+(README|CHANGELOG)\.md/g,
      (_, name: string) => `](/${BESIDE[`${name}.md`] ?? ''}`,
    )
    .replace(/\[([^\]]+)\]\([\w-]+\/\)/g, '$1');
}

/** A page of the root. */
function ofRoot(text: string): string {
  return text
    .replaceAll('](docs/', '](./')
    .replace(/\]\((README|CHANGELOG)\.md/g, (_, name: string) => `](./${BESIDE[`${name}.md`] ?? ''}`);
}

/** The playground as it is, with the modules that it imports. Its own paths are relative, so that it works below any other. */
function putPlayground(): void {
  const from = join(docs, 'playground');
  for (const path of filesIn(from)) {
    const up = '../'.repeat(path.split('/').length);
    const text = read(join(from, path)).replace(/(from ')\/dist\//g, `$1${up}dist/`);
    put(`public/playground/${path}`, text);
  }
  for (const path of filesIn(join(root, 'dist'))) {
    if (path.endsWith('.js')) cpSync(join(root, 'dist', path), join(pages, 'public/dist', path));
  }
}

function put(path: string, text: string): void {
  mkdirSync(dirname(join(pages, path)), { recursive: true });
  writeFileSync(join(pages, path), text);
}

function read(path: string): string {
  return readFileSync(path, 'utf8');
}

/** Without what is hidden. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)))
    .filter((path) => !path.startsWith('.'));
}
