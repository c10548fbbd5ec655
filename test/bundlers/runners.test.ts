// Tests that people write of code that uses encke, by the runners that they have, with the packed package.

import { execFile } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProject, type Project } from './apps.ts';

const run = promisify(execFile);
const modules = fileURLToPath(new URL('../../node_modules/', import.meta.url));

/** What these projects have installed beside encke. */
const INSTALLED = ['esbuild', 'happy-dom', 'jest-environment-jsdom', 'jsdom', 'msw', 'vitest'];

/** The recipe of docs/testing.md, with the words of either runner. */
const IN_MEMORY = `
  import { createClient, eventStream } from 'encke';
  import { memoryTransport, virtualEnvironment } from 'encke/testing';

  test('the id travels after a connection broke', async () => {
    const seen = [];
    const transport = memoryTransport();
    const environment = virtualEnvironment();
    const { subscribe } = createClient({ transports: [transport], formats: [eventStream], environment });
    const subscription = subscribe('/events', { onMessage: ({ data }) => seen.push(data) });
    await environment.settle();
    transport.latest.send('id: 1\\ndata: one\\n\\n');
    transport.latest.cut();
    await environment.advance(1_000);
    expect(seen).toEqual(['one']);
    expect(transport.connections).toHaveLength(2);
    expect(transport.latest.request.headers.get('last-event-id')).toBe('1');
    subscription.close();
    expect(environment.timers).toBe(0);
  });
`;

/** A page whose network is played by Mock Service Worker. */
const BY_MSW = `
  import { http, HttpResponse } from 'msw';
  import { setupServer } from 'msw/node';
  import { afterAll, beforeAll, expect, test } from 'vitest';
  import { subscribe, request } from 'encke';

  const type = { 'content-type': 'text/event-stream' };
  const server = setupServer(
    http.get('*/events', () => new HttpResponse('data: one\\n\\n', { headers: type })),
    http.post('*/ask', async ({ request }) => HttpResponse.json([await request.json()])),
  );
  beforeAll(() => server.listen());
  afterAll(() => server.close());

  test.each([{}, { share: 'tabs' }])('follows with %o', async (options) => {
    const seen = [];
    const { closed } = subscribe('/events', { onMessage: ({ data }) => seen.push(data), until: () => true, ...options });
    expect(await closed).toMatchObject({ reason: 'done' });
    expect(seen).toEqual(['one']);
  });

  test('asks', async () => {
    const { messages } = await request('/ask', { body: { n: 1 } });
    expect(messages.map(({ data }) => data)).toEqual([{ n: 1 }]);
  });
`;

let project: Project;

beforeAll(async () => {
  project = await createProject();
  for (const name of INSTALLED)
    symlinkSync(join(modules, name), join(project.folder, 'node_modules', name), 'dir');
}, 100_000);
afterAll(() => project.remove());

describe.each(['jsdom', 'node'])('Jest, in its environment %s', (environment) => {
  it('runs ES modules', async () => {
    const folder = write(`jest-modules-${environment}`, { 'a.test.js': IN_MEMORY });
    const said = await jest(
      folder,
      { testEnvironment: environment, transform: {} },
      '--experimental-vm-modules',
    );
    expect(said).toContain('1 passed');
  });

  it('compiles encke to CommonJS', async () => {
    const compiler = `
      const { transformSync } = require('esbuild');
      exports.process = (code) => transformSync(code, { format: 'cjs' });
    `;
    const files = { 'a.test.js': IN_MEMORY, 'compiler.cjs': compiler, 'package.json': '{}' };
    const folder = write(`jest-compiled-${environment}`, files);
    const config = {
      testEnvironment: environment,
      transform: { '\\.js$': '<rootDir>/compiler.cjs' },
      transformIgnorePatterns: ['/node_modules/(?!encke/)'],
    };
    expect(await jest(folder, config, '')).toContain('1 passed');
  });
});

it('Vitest, with jsdom, happy-dom and Mock Service Worker', async () => {
  const folder = write('vitest', {
    'vitest.config.js': 'export default {};',
    'memory.test.js': `import { expect, test } from 'vitest';${IN_MEMORY}`,
    'jsdom.test.js': underDocument('jsdom'),
    'happy-dom.test.js': underDocument('happy-dom'),
  });
  const said = await start(
    join(modules, 'vitest/vitest.mjs'),
    ['run', '--root', folder, '--no-file-parallelism'],
    '',
  );
  expect(said).toMatch(/Tests .*7 passed/);
});

/** Put together here: this file itself is no test under a document. */
function underDocument(environment: string): string {
  return `${['// @vitest-environment', environment].join(' ')}\n${BY_MSW}`;
}

function write(name: string, files: Readonly<Record<string, string>>): string {
  const folder = join(project.folder, name);
  mkdirSync(folder);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  return folder;
}

async function jest(folder: string, config: object, options: string): Promise<string> {
  const given = JSON.stringify({ rootDir: folder, ...config });
  return start(join(modules, 'jest/bin/jest.js'), ['--config', given, '--no-cache', '--runInBand'], options);
}

/** Gives what it said; where its tests fail, what it said is thrown. */
async function start(program: string, words: readonly string[], options: string): Promise<string> {
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], NODE_OPTIONS: options, NO_COLOR: '1' };
  const { stdout, stderr } = await run(process.execPath, [program, ...words], { cwd: project.folder, env });
  return stdout + stderr;
}
