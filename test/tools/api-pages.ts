// The pages of the API, from the comments of the source.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Application, LogLevel, type ProjectReflection } from 'typedoc';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What an export must have a comment for. */
const EXPORTS = ['Variable', 'Function', 'Class', 'Interface', 'TypeAlias'] as const;

export interface ApiPages {
  /** The names by which the entries are imported. */
  readonly entries: readonly string[];
  /** What TypeDoc complains about: exports without a comment, links in comments that lead nowhere. */
  readonly complaints: readonly string[];
}

/** Writes them into a folder, which is emptied first. */
export async function writeApiPages(folder: string): Promise<ApiPages> {
  const sources = entrySources();
  const app = await Application.bootstrapWithPlugins({
    entryPoints: Object.values(sources).map((source) => join(root, source)),
    tsconfig: join(root, 'src/tsconfig.json'),
    plugin: ['typedoc-plugin-markdown'],
    // `npm run types` checks them.
    skipErrorChecking: true,
    disableSources: true,
    readme: 'none',
    name: 'API',
    logLevel: LogLevel.Error,
    validation: { notDocumented: true, invalidLink: true, notExported: false },
    requiredToBeDocumented: [...EXPORTS],
    outputs: [{ name: 'markdown', path: folder }],
    // Of typedoc-plugin-markdown.
    ...{
      entryFileName: 'index',
      hideBreadcrumbs: true,
      hidePageHeader: true,
      sanitizeComments: true,
      useHTMLEncodedBrackets: true,
      parametersFormat: 'table',
      indexFormat: 'table',
      membersWithOwnFile: ['Class', 'Interface', 'Function'],
      expandObjects: false,
    },
  });
  const complaints: string[] = [];
  app.logger.warn = (text: string) => void complaints.push(text);
  const project = await app.convert();
  if (!project) throw new Error('TypeDoc cannot read the source.');
  rename(project, sources);
  app.validate(project);
  await app.generateOutputs(project);
  return { entries: Object.keys(sources), complaints };
}

/** The source of each entry, by the name of its import, from the table of the build. */
function entrySources(): Record<string, string> {
  const table = readFileSync(join(root, 'rollup.config.mjs'), 'utf8').split('const scripts')[0] ?? '';
  const rows = [...table.matchAll(/\{ name: '([\w-]+)', source: '([\w./-]+)'[^}]*\}/g)];
  return Object.fromEntries(
    rows.map(([, name = '', source = '']) => [name === 'index' ? 'encke' : `encke/${name}`, source]),
  );
}

/** TypeDoc names them after their files. */
function rename(project: ProjectReflection, sources: Readonly<Record<string, string>>): void {
  for (const module of project.children ?? []) {
    const found = Object.entries(sources).find(
      ([, source]) => source.replace(/\.tsx?$/, '') === `src/${module.name}`,
    );
    if (!found) throw new Error(`TypeDoc has read ${module.name}, which is no entry.`);
    module.name = found[0];
  }
}
