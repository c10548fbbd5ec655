// A program: imports each module named by its first argument (a JSON list of URLs) where every global named by the
// second (a JSON list of names) throws when touched, and prints what was touched and exported. Packages named by the third
// are there before, for what they touch is theirs. See imports.test.ts.

const [urls = '[]', names = '[]', packages = '[]'] = process.argv.slice(2);
const touched: string[] = [];
const exported: string[] = [];

for (const name of JSON.parse(packages) as string[]) await import(name);
for (const name of JSON.parse(names) as string[]) trap(name);
for (const url of JSON.parse(urls) as string[]) await importQuietly(url);

// Not by console.log: console is a trapped global, too.
process.stdout.write(JSON.stringify({ touched, exported }));

function trap(name: string): void {
  const get = (): never => {
    const error = new Error(`${name} was touched at import`);
    touched.push(`${name} ${placeIn(error)}`);
    throw error;
  };
  Object.defineProperty(globalThis, name, { configurable: true, get });
}

async function importQuietly(url: string): Promise<void> {
  try {
    exported.push(...Object.keys((await import(url)) as object));
  } catch (error) {
    // What was touched is noted already; any other reason not to load is news.
    if (touched.length === 0) throw error;
  }
}

/** The first line of the stack outside of this file. */
function placeIn(error: Error): string {
  const lines = error.stack?.split('\n').slice(1) ?? [];
  return lines.find((line) => !line.includes('import-quietly'))?.trim() ?? 'somewhere';
}

// Nothing to import makes a script of it, and a script may not await.
export {};
