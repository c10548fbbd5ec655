// A program: makes the documentation as a site, in docs/.vitepress/dist/.
//
//   npm run docs              the pages of docs/, README and changes, the API from the comments of the source, the playground
//   npm run docs -- --serve   the same, with the backend of the playground behind it
//
// `DOCS_BASE` is the path where it will be served, by default `/`.

import { parseArgs } from 'node:util';
import { startPlayground } from '../server/playground.ts';
import { buildSite, siteFiles } from './docs-site.ts';

const { values } = parseArgs({ options: { serve: { type: 'boolean', default: false } } });

await buildSite();
if (values.serve) {
  const { url, close } = await startPlayground(Number(process.env['PORT'] ?? 0), siteFiles());
  console.log(`The documentation is at ${url}/ (Ctrl+C ends it)`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close());
}
