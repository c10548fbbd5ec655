// `npm run docs` makes a site: its pages, links and anchors, the API with every export, search, and the playground.

import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { siteFiles } from '../tools/docs-site.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Manifest {
  readonly exports: Readonly<Record<string, unknown>>;
}

/** What was built, as text by path. */
let files: ReadonlyMap<string, string>;
let pages: readonly string[];

beforeAll(async () => {
  // It fails where an export has no comment, and where a page links one that is not there.
  await promisify(execFile)('npm', ['run', 'docs'], { cwd: root });
  files = new Map([...siteFiles()].map(([path, { body }]) => [path, String(body)]));
  pages = [...files.keys()].filter((path) => /^(?!\/playground\/).*\.html$/.test(path));
}, 300_000);

describe('the site', () => {
  it('has a page for every page of docs/, for the README and for the changes', () => {
    const documents = readdirSync(`${root}/docs`, { recursive: true, encoding: 'utf8' })
      .filter((path) => /^[^.].*\.md$/.test(path))
      .map((path) => `/${path.replace(/md$/, 'html')}`);
    expect(documents.length).toBeGreaterThan(15);
    expect(pages).toEqual(
      expect.arrayContaining([...documents, '/index.html', '/guide.html', '/changes.html']),
    );
  });

  it('names every export of every entry among the pages of the API', async () => {
    const { exports } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as Manifest;
    const entries = Object.entries(exports).filter(([, entry]) => typeof entry === 'object');
    expect(entries.length).toBeGreaterThan(5);
    for (const [path] of entries) {
      const name = path.replace('.', 'encke');
      const text = files.get(`/api/${name}/index.html`) ?? '';
      const exported = Object.keys((await import(name)) as object);
      expect(exported.filter((each) => !text.includes(each))).toEqual([]);
    }
  });

  it('links nothing that is not there, nor a heading that is not there', () => {
    const dead = pages.flatMap((path) =>
      linksOf(path)
        .filter((link) => !leadsSomewhere(path, link))
        .map((link) => `${path}: ${link}`),
    );
    expect(pages.reduce((sum, path) => sum + linksOf(path).length, 0)).toBeGreaterThan(1_000);
    expect(dead).toEqual([]);
  });

  it('would miss them', () => {
    expect(leadsSomewhere('/guide.html', '/commands.html#the-verbs')).toBe(true);
    expect(leadsSomewhere('/guide.html', '/commands.html#the-nouns')).toBe(false);
    expect(leadsSomewhere('/guide.html', '/nowhere.html')).toBe(false);
  });

  it('can be searched', () => {
    const index = [...files.keys()].find((path) => path.includes('localSearchIndex'));
    expect(files.get(index ?? '')).toContain('reconnect');
  });

  it('holds the playground, whose modules import what is there', () => {
    expect(files.get('/playground/index.html')).toContain('<title>encke playground</title>');
    const modules = [...files].filter(([path]) => /^\/playground\/.*\.js$/.test(path));
    expect(modules.length).toBeGreaterThan(10);
    for (const [path, text] of modules) {
      const imported = [...text.matchAll(/ from '(\.[^']+)'/g)].map(
        ([, from = '']) => addressOf(path, from).pathname,
      );
      expect(imported.filter((address) => !files.has(address))).toEqual([]);
    }
  });
});

function linksOf(path: string): string[] {
  const links = [...(files.get(path) ?? '').matchAll(/ href="([^"]*)"/g)].map(([, link = '']) => link);
  return links.filter((link) => !/^(?:https?:|mailto:|data:)/.test(link));
}

function leadsSomewhere(path: string, link: string): boolean {
  const { pathname, hash } = addressOf(path, link.replaceAll('&amp;', '&'));
  const text = files.get(pathname) ?? files.get(`${pathname}.html`);
  return text !== undefined && (hash === '' || text.includes(` id="${decodeURIComponent(hash.slice(1))}"`));
}

function addressOf(path: string, link: string): URL {
  return new URL(link, `https://docs.test${path}`);
}
