// The Pythons of this machine, and virtual environments with what the real backends need.

import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { kept } from './cache.ts';

/** A range of Python versions, from the first to before the second. */
interface Range {
  readonly from: string;
  readonly before: string;
  readonly install: string;
}

/**
 * The kinds of Python that matter here. From 3.7 on (PEP 479), the end of a streaming handler is an error
 * inside Sijax, which cuts the response short; before, the response ends as it should. Python 2.7 is for servers of
 * its time.
 */
const RANGES = {
  'Python 3.11 or later': {
    from: '3.11',
    before: '3.14',
    install: 'apt-get install python3 python3-venv (3.11, 3.12 or 3.13)',
  },
  'Python before 3.7': { from: '3.6', before: '3.7', install: 'pyenv install 3.6.15' },
  'Python 2.7': { from: '2.7', before: '2.8', install: 'pyenv install 2.7.18' },
} satisfies Record<string, Range>;

export type PythonName = keyof typeof RANGES;

/** Those that Sijax runs on. */
export const PYTHONS: readonly PythonName[] = ['Python 3.11 or later', 'Python before 3.7'];

/** A Python of this machine, or the sentence that says how to get one. */
export type FoundPython =
  | { readonly name: PythonName; readonly program: string; readonly version: string }
  | { readonly name: PythonName; readonly missing: string };

export type Python = Exclude<FoundPython, { missing: string }>;

/** What the Python packages brought along. All are paths. */
export interface SijaxPackage {
  /** The Python of the virtual environment. */
  readonly python: string;
  /** Sijax's own scripts for the browser. */
  readonly scripts: { readonly core: string; readonly comet: string; readonly upload: string };
  /** The folder with Flask-Sijax's own example modules and their `templates`. */
  readonly examples: string;
}

const HERE = fileURLToPath(new URL('.', import.meta.url));

/** Milliseconds that installing may take. */
const PATIENCE = 180_000;

/** `ENCKE_PYTHON`, one path or several, goes before what is on the PATH, and that before pyenv's versions. */
export function findPython(name: PythonName): FoundPython {
  const { from, before, install } = RANGES[name];
  for (const { program, version = versionOf(program) } of candidates())
    if (version !== undefined && compare(version, from) >= 0 && compare(version, before) < 0)
      return { name, program, version };
  return { name, missing: `${name}, with venv, is not installed here; try: ${install}` };
}

/** The virtual environment with `requirements/NAME.txt`, made where there is none yet. Gives its Python. */
export async function environment(python: Python, requirements: string): Promise<string> {
  const list = join(HERE, 'requirements', `${requirements}.txt`);
  const isOld = python.name === 'Python 2.7';
  const folder = await kept(`${requirements}-${keyOf(python, list)}`, async (draft) => {
    if (isOld) await makeOldEnvironment(python.program, draft);
    else await run(python.program, ['-m', 'venv', draft]);
    const values = isOld ? ['--no-deps', '--no-build-isolation'] : [];
    await run(join(draft, 'bin/python'), [...PIP, 'install', ...values, '--requirement', list]);
  });
  return join(folder, 'bin/python');
}

/**
 * Python 2.7 brings no `venv`. The lists for it name all that is needed: what packages of its time ask for without a
 * version no longer runs on it.
 */
async function makeOldEnvironment(program: string, draft: string): Promise<void> {
  const place = join(draft, '.virtualenv');
  await run(program, [...PIP, 'install', '--target', place, 'virtualenv==20.15.1']);
  const code =
    'import sys; sys.path.insert(0, sys.argv[1]); import virtualenv; virtualenv.cli_run([sys.argv[2]])';
  await run(program, ['-c', code, place, draft]);
}

/** Sijax and Flask-Sijax as published: installed, and the source distribution with its examples beside. */
export async function sijaxPackage(python: Python): Promise<SijaxPackage> {
  const interpreter = await environment(python, 'sijax');
  const short = python.version.split('.').slice(0, 2).join('.');
  const sijax = join(interpreter, `../../lib/python${short}/site-packages/sijax`);
  return {
    python: interpreter,
    scripts: {
      core: join(sijax, 'js/sijax.js'),
      comet: join(sijax, 'plugin/comet/js/sijax_comet.js'),
      upload: join(sijax, 'plugin/upload/js/sijax_upload.js'),
    },
    examples: join(await sourceOf(interpreter, 'Flask-Sijax'), 'examples'),
  };
}

const PIP = ['-m', 'pip', '--quiet', '--disable-pip-version-check'];

/** The unpacked source distribution of what `requirements/sijax.txt` pins. */
async function sourceOf(interpreter: string, name: string): Promise<string> {
  const pins = readFileSync(join(HERE, 'requirements/sijax.txt'), 'utf8');
  const pin = pins.split('\n').find((line) => line.startsWith(`${name}==`));
  if (pin === undefined) throw new Error(`requirements/sijax.txt pins no ${name}`);
  const folder = await kept(pin, async (draft) => {
    await mkdir(draft, { recursive: true });
    const archives = ['download', '--no-deps', '--no-binary', name, '--dest', draft, pin];
    await run(interpreter, [...PIP, ...archives]);
    for (const archive of readdirSync(draft)) await run('tar', ['-xzf', join(draft, archive), '-C', draft]);
  });
  return join(folder, pin.replace('==', '-'));
}

function keyOf({ program, version }: Python, list: string): string {
  const hash = createHash('sha256').update(program).update(readFileSync(list)).digest('hex');
  return `${version}-${hash.slice(0, 12)}`;
}

interface Candidate {
  readonly program: string;
  /** Where its place tells. */
  readonly version?: string;
}

function candidates(): Candidate[] {
  const asked = folders(process.env['ENCKE_PYTHON']).map((program) => ({ program }));
  const onPath = folders(process.env['PATH']).flatMap((folder) =>
    NAMES.map((name) => ({ program: join(folder, name) })),
  );
  const all: Candidate[] = [...asked, ...onPath, ...pyenvVersions()];
  return all.filter(({ program }) => existsSync(program));
}

const NAMES = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python3.6', 'python2.7'];

function pyenvVersions(): Candidate[] {
  const versions = join(process.env['PYENV_ROOT'] ?? join(homedir(), '.pyenv'), 'versions');
  if (!existsSync(versions)) return [];
  return readdirSync(versions)
    .filter((version) => /^\d+\.\d+\.\d+$/.test(version))
    .map((version) => ({ program: join(versions, version, `bin/python${version[0]}`), version }));
}

const versions = new Map<string, string | undefined>(); // what was asked before, by program

/** Nothing where it does not run, or cannot make a virtual environment: Debian ships that part by itself. */
function versionOf(program: string): string | undefined {
  if (!versions.has(program)) {
    const code =
      'import ensurepip, platform, sys; sys.version_info[0] > 2 and __import__("venv"); print(platform.python_version())';
    const { status, stdout } = spawnSync(program, ['-c', code], { encoding: 'utf8' });
    versions.set(program, status === 0 ? stdout.trim() : undefined);
  }
  return versions.get(program);
}

function compare(left: string, right: string): number {
  const [major = 0, minor = 0] = left.split('.').map(Number);
  const [otherMajor = 0, otherMinor = 0] = right.split('.').map(Number);
  return major - otherMajor || minor - otherMinor;
}

function folders(list = ''): string[] {
  return list.split(delimiter).filter(Boolean);
}

async function run(program: string, values: string[]): Promise<void> {
  try {
    await promisify(execFile)(program, values, { timeout: PATIENCE });
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
    throw new Error(`${program} ${values.join(' ')} failed. ${said}`, { cause: error });
  }
}
