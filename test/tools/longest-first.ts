// In which order test files run: what takes long first, so that no worker is left alone with it in the end, and next to
// each other those that one worker can take in turn.

import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const TESTS = fileURLToPath(new URL('..', import.meta.url));

/** The longest of each project, in order. */
const LONG = [
  'dist',
  'package',
  'docs/code',
  'session/interleavings',
  'contracts/transports',
  'pairs/pairs',
  'interop/sijax-wire',
  'interop/nchan',
  'interop/jvm-server',
  'interop/durable-streams',
  'browsers/journeys',
  'browsers/golden',
  'interop/orbited-quiz',
  'interop/sijax',
  'interop/sijax-client',
  'interop/orbited',
  'interop/pylons',
  'interop/zope',
  'browsers/comet-page',
  'playground',
  'browsers/transport-laws',
  'interop/python-servers',
  'browsers/probe',
  'browsers/csp-doc',
  'browsers/slow-takers',
  'browsers/one-stream',
  'browsers/transport-policies',
  'browsers/redirects',
];

/** Files that have a worker each come before those that share them. */
export class LongestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const keys = new Map(files.map((file) => [file, keyOf(file)]));
    const keyFor = (file: TestSpecification): string => keys.get(file) ?? '';
    return Promise.resolve([...files].sort((one, other) => (keyFor(one) < keyFor(other) ? -1 : 1)));
  }
}

function keyOf({ moduleId, project }: TestSpecification): string {
  const name = relative(TESTS, moduleId).replace(/\.test\.ts$/, '');
  const rank = LONG.includes(name) ? LONG.indexOf(name) : LONG.length;
  const needsDocument = readFileSync(moduleId, 'utf8').startsWith('// @vitest-environment');
  const { isolate } = project.config;
  return [isolate ? 0 : 1, project.name, Number(needsDocument), String(rank).padStart(3, '0'), name].join(
    ' ',
  );
}
