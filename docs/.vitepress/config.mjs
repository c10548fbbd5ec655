// The documentation as a site: `npm run docs` makes its pages of docs/, the README and the comments of the source.

import { readdirSync, readFileSync } from 'node:fs';

const here = (path) => new URL(path, import.meta.url);
const base = process.env.DOCS_BASE ?? '/';
const { version } = JSON.parse(readFileSync(here('../../package.json'), 'utf8'));
const entries = JSON.parse(readFileSync(here('pages/entries.json'), 'utf8'));

const page = (text, link) => ({ text, link });

const groups = [
  {
    text: 'Start',
    items: [
      page('Guide', '/guide'),
      page('One tag', '/element'),
      page('What can go wrong', '/troubleshooting'),
      page('Migrating', '/migrating'),
    ],
  },
  {
    text: 'Connections',
    items: [
      page('Options', '/options'),
      page('Parts', '/parts'),
      page('Frameworks', '/frameworks'),
      page('Reliability', '/reliability'),
      page('Sharing', '/sharing'),
      page('Transports', '/transports'),
      page('Formats', '/formats'),
      page('EventSource', '/event-source'),
      page('Language models', '/llm'),
    ],
  },
  {
    text: 'Commands',
    items: [page('Commands', '/commands'), page('Content security policy', '/csp')],
  },
  {
    text: 'Servers',
    items: [
      page('Proxies', '/proxies'),
      page('Probe', '/probe'),
      page('Scaling', '/scaling'),
      page('Backends', '/backends/README'),
      page('Nchan', '/backends/nchan'),
      page('Mercure', '/backends/mercure'),
      page('Durable Streams', '/backends/durable-streams'),
      page('Sijax', '/backends/sijax'),
      page('Orbited', '/backends/orbited'),
      page('GraphQL over SSE', '/backends/graphql-sse'),
      page('MCP', '/backends/mcp'),
      page('Node.js', '/backends/node'),
      page('Go', '/backends/go'),
      page('Java', '/backends/java'),
      page('Python', '/backends/python'),
      page('PHP', '/backends/php'),
      page('Pylons', '/backends/pylons'),
      page('Zope', '/backends/zope'),
    ],
  },
  {
    text: 'Development',
    items: [
      page('API', '/api/'),
      page('Testing', '/testing'),
      page('Architecture', '/architecture'),
      page('Changes', '/changes'),
    ],
  },
];

export default {
  title: 'encke',
  description: 'Server push over plain HTTP: one subscribe and one request over every technique.',
  lang: 'en',
  base,
  srcDir: '.vitepress/pages',
  outDir: '.vitepress/dist',
  cacheDir: '.vitepress/cache',
  head: [['link', { rel: 'icon', href: `${base}playground/icon.svg`, type: 'image/svg+xml' }]],
  markdown: { languageAlias: { haproxy: 'ini' }, anchor: { slugify } },
  themeConfig: {
    logo: '/playground/icon.svg',
    search: { provider: 'local' },
    outline: { level: [2, 3] },
    nav: [
      page('Guide', '/guide'),
      page('Options', '/options'),
      page('API', '/api/'),
      { ...page('Playground', '/playground/'), target: '_self' },
      page(version, '/changes'),
    ],
    sidebar: {
      '/api/': [
        {
          text: 'Entries',
          items: [page('All', '/api/'), ...entries.map((name) => page(name, `/api/${name}/`))],
        },
      ],
      '/': [...groups, { text: 'More', items: rest() }],
    },
    docFooter: { prev: false, next: false },
  },
};

/** As GitHub makes anchors of headings: the pages are read there, too. */
function slugify(heading) {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

/** Pages that have no place of their own yet, by their headings. */
function rest() {
  const placed = new Set(groups.flatMap(({ items }) => items.map(({ link }) => link)));
  return readdirSync(here('pages/'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /^(?!api\b|index\b).*\.md$/.test(path) && !placed.has(`/${path.slice(0, -3)}`))
    .map((path) => {
      const [, heading = path] = /^# (.*)/m.exec(readFileSync(here(`pages/${path}`), 'utf8')) ?? [];
      return page(heading, `/${path.slice(0, -3)}`);
    });
}
