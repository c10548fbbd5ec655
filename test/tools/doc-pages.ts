// The computed parts of the pages in docs/: options from their TSDoc, statuses and limits from the session, the parts of a
// client with their weights, recipes from their files, differences from their list, the hash of the drop-in from its file.
//
// Each stands between `<!-- NAME -->` and `<!-- /NAME -->`.

import { readFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { VERDICTS } from '../../src/probe/verdict.ts';
import { DIFFERENCES as FROM_FETCH_EVENT_SOURCE } from '../compat/fetch-event-source/differences.ts';
import { DIFFERENCES } from '../sijax/sijax-differences.ts';
import { entriesTable } from './entry-weights.ts';
import { markdownTable, membersOf, optionsTable } from './options-table.ts';
import { partsTable } from './part-weights.ts';
import { replaceBlock, withIntegrity } from './readme-blocks.ts';
import { limitsTable, statusTable } from './session-tables.ts';
import { scriptIntegrity } from './sizes.ts';

interface Block {
  readonly page: string;
  readonly name: string;
  /** @param present what stands there now */
  make(present: string): Promise<string>;
}

const SIJAX = 'docs/backends/sijax.md';
const PYLONS = 'docs/backends/pylons.md';
const PYTHON = 'docs/backends/python.md';
const ZOPE = 'docs/backends/zope.md';
const PROBE = 'docs/probe.md';
const PROXIES = 'docs/proxies.md';
const JAVA = 'docs/backends/java.md';
const STORE_TYPES = 'src/store/types.ts';
const DROP_IN = 'dist/compat/sijax.min.js';

/** What highlighters call the language, where it is not the end of the file's name. */
const LANGUAGES: Readonly<Record<string, string>> = { conf: 'nginx', cfg: 'haproxy', pt: 'txt', mjs: 'js' };

const BLOCKS: readonly Block[] = [
  options('docs/options.md', 'src/options.ts', 'ConnectionOptions'),
  options('docs/options.md', 'src/options.ts', 'SubscribeOptions'),
  { page: 'docs/options.md', name: 'statuses', make: statusTable },
  { page: 'docs/reliability.md', name: 'limits', make: limitsTable },
  { page: 'docs/parts.md', name: 'parts', make: partsTable },
  { page: 'docs/frameworks.md', name: 'entries', make: entriesTable },
  ...['Snapshot', 'Reconnects', 'Startable', 'Readable'].map(members),
  options('docs/frameworks.md', STORE_TYPES, 'Reduction'),
  options('docs/commands.md', 'src/commands/command.ts', 'CommandQueueOptions'),
  options('docs/event-source.md', 'src/compat/event-source/options.ts', 'EventSourceOptions'),
  options('docs/backends/orbited.md', 'src/compat/orbited/options.ts', 'OrbitedOptions'),
  options('docs/element.md', 'src/element/options.ts', 'EnckeStreamOptions'),
  options(PROBE, 'src/probe/probe-request.ts', 'ProbeOptions'),
  { page: PROBE, name: 'verdicts', make: verdicts },
  options(SIJAX, 'src/sijax/client/sijax-options.ts', 'SijaxOptions'),
  options(SIJAX, 'src/sijax/client/sijax-options.ts', 'CallOptions'),
  options(SIJAX, 'src/sijax/client/sijax-options.ts', 'UploadOptions'),
  recipe('sijax_flask.py'),
  recipe('sijax_django.py'),
  recipe('sijax-express.js'),
  recipe('sijax.php'),
  recipe('sijax_whole_streams.py'),
  file(SIJAX, 'requirements/sijax.txt', 'test/interop/requirements/sijax.txt'),
  { page: SIJAX, name: 'differences', make: differences },
  proxy('nginx.conf'),
  proxy('haproxy.cfg'),
  proxy('vite.config.js'),
  proxy('service-worker.js'),
  file('docs/backends/nchan.md', 'nginx.conf', 'docs/backends/nchan/nginx.conf'),
  file('docs/scaling.md', 'node.conf', 'docs/backends/nchan/node.conf'),
  file('docs/scaling.md', 'balancer.conf', 'docs/backends/nchan/balancer.conf'),
  file('docs/backends/mercure.md', 'nginx.conf', 'docs/backends/mercure/nginx.conf'),
  quiz('docs/backends/orbited.md', 'nginx.conf'),
  quiz('docs/backends/orbited.md', 'orbited.cfg'),
  file('docs/backends/orbited.md', 'orbited.txt', 'test/interop/requirements/orbited.txt'),
  quiz('docs/backends/orbited.md', 'rabbitmq.conf'),
  quiz('docs/backends/orbited.md', 'rabbitmq.json'),
  quiz('docs/backends/orbited.md', 'quiz/news.py'),
  quiz('docs/migrating.md', 'quiz/templates/quiz/connection_orbited.html'),
  quiz('docs/migrating.md', 'quiz/templates/quiz/connection_django.html'),
  ...['starlette', 'django_asgi', 'django_wsgi', 'flask'].map((name) =>
    file(PYTHON, `streaming_${name}.py`, `docs/backends/recipes/streaming_${name}.py`),
  ),
  file(PYTHON, 'requirements/python-servers.txt', 'test/interop/requirements/python-servers.txt'),
  ...['node', 'better-sse', 'express'].map((name) =>
    file('docs/backends/node.md', `streaming-${name}.mjs`, `docs/backends/recipes/streaming-${name}.mjs`),
  ),
  file('docs/backends/go.md', 'main.go', 'docs/backends/recipes/streaming-go/main.go'),
  file(JAVA, 'pom.xml', 'docs/backends/recipes/streaming-spring/pom.xml'),
  file(JAVA, 'Streaming.java', 'docs/backends/recipes/streaming-spring/src/main/java/app/Streaming.java'),
  file('docs/backends/graphql-sse.md', 'graphql-sse.mjs', 'docs/backends/recipes/graphql-sse.mjs'),
  file('docs/backends/mcp.md', 'mcp.mjs', 'docs/backends/recipes/mcp.mjs'),
  file('docs/backends/php.md', 'streaming.php', 'docs/backends/recipes/streaming.php'),
  file(ZOPE, 'events.py', 'docs/backends/zope/events.py'),
  file(ZOPE, 'index_html.pt', 'docs/backends/zope/index_html.pt'),
  file(PYLONS, 'eventsource.py', 'docs/backends/pylons/eventsource.py'),
  file(PYLONS, 'news.py', 'docs/backends/pylons/news.py'),
  file(PYLONS, 'requirements/pylons.txt', 'test/interop/requirements/pylons.txt'),
  { page: 'docs/migrating.md', name: 'fetch-event-source', make: fetchEventSourceDifferences },
  {
    page: 'docs/migrating.md',
    name: 'sri',
    make: async (present) => withIntegrity(present, scriptIntegrity(DROP_IN)),
  },
];

/** The pages that have such parts, by their path. */
export const COMPUTED_PAGES: readonly string[] = [...new Set(BLOCKS.map(({ page }) => page))];

/** A page as it should be now. Throws where it lacks a block. */
export async function computedPage(path: string): Promise<string> {
  let text = readText(path);
  for (const { name, make } of BLOCKS.filter(({ page }) => page === path)) {
    let present = '';
    replaceBlock(text, name, (block) => (present = block));
    const made = await make(present);
    text = replaceBlock(text, name, () => made);
  }
  return text;
}

function options(page: string, source: string, name: string): Block {
  return { page, name, make: () => optionsTable(source, name) };
}

/** What a store, or a hook, gives. */
function members(name: string): Block {
  const rows = membersOf(STORE_TYPES, name).map((member) => `| \`${member.name}\` | ${member.meaning} |`);
  return { page: 'docs/frameworks.md', name, make: () => markdownTable(['member', 'meaning'], rows) };
}

function recipe(name: string): Block {
  return file(SIJAX, name, `docs/backends/recipes/${name}`);
}

function quiz(page: string, path: string): Block {
  return file(page, basename(path), `docs/backends/orbited/${path}`);
}

function proxy(name: string): Block {
  return file(PROXIES, name, `docs/proxies/${name}`);
}

function file(page: string, name: string, path: string): Block {
  const extension = extname(path).slice(1);
  const language = LANGUAGES[extension] ?? extension;
  return { page, name, make: async () => `\`\`\`${language}\n${readText(path).trim()}\n\`\`\`` };
}

function differences(): Promise<string> {
  const rows = DIFFERENCES.map(
    ({ what, original, ours, why }) => `| ${[what, original, ours, why].join(' | ')} |`,
  );
  return markdownTable(['what', 'the original', 'encke', 'why'], rows);
}

function fetchEventSourceDifferences(): Promise<string> {
  const rows = FROM_FETCH_EVENT_SOURCE.map(
    ({ what, original, ours }) => `| ${[what, original, ours].join(' | ')} |`,
  );
  return markdownTable(['what', 'the original', 'encke'], rows);
}

function verdicts(): Promise<string> {
  const rows = Object.entries(VERDICTS).map(([verdict, meaning]) => `| \`${verdict}\` | ${meaning} |`);
  return markdownTable(['verdict', 'meaning'], rows);
}

function readText(path: string): string {
  return readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
}
