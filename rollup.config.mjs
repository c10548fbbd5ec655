// What is built into dist/, from which file of src/.

import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import terser from '@rollup/plugin-terser';
import dts from 'rollup-plugin-dts';
import ts from 'typescript';

/** One row per entry: `modules` become dist/NAME.js and dist/NAME.d.ts, `scripts` dist/NAME.min.js. */
const modules = [
  { name: 'index', source: 'src/index.ts' },
  { name: 'light', source: 'src/light.ts' },
  { name: 'testing', source: 'src/testing.ts' },
  { name: 'sijax', source: 'src/sijax/client/sijax.ts' },
  { name: 'probe', source: 'src/probe/probe.ts' },
  { name: 'fetch-event-source', source: 'src/compat/fetch-event-source/fetch-event-source.ts' },
  { name: 'event-source', source: 'src/compat/event-source/event-source.ts' },
  { name: 'orbited', source: 'src/compat/orbited/orbited.ts' },
  { name: 'stomp', source: 'src/compat/stomp/stomp.ts' },
  { name: 'element', source: 'src/element/element.ts' },
  { name: 'store', source: 'src/store/store.ts' },
  { name: 'react', source: 'src/react/react.ts' },
  { name: 'vue', source: 'src/vue/vue.ts' },
  { name: 'svelte', source: 'src/svelte/svelte.ts' },
];
const scripts = [
  { name: 'encke', source: 'src/element/script.ts', global: 'encke' },
  { name: 'encke.light', source: 'src/light-script.ts', global: 'encke' },
  // Its globals are those of the scripts that it stands in for.
  { name: 'compat/sijax', source: 'src/sijax/drop-in/sijax-drop-in.ts' },
  { name: 'compat/sijax-core', source: 'src/sijax/drop-in/sijax-core.ts' },
  {
    name: 'compat/orbited',
    source: 'src/compat/stomp/orbited-script.ts',
    holds: '@stomp/stompjs, Apache-2.0, https://github.com/stomp-js/stompjs',
  },
  { name: 'compat/event-source', source: 'src/compat/event-source/event-source-script.ts' },
  // For consoles: it adds to the global of the first, where that is there.
  { name: 'probe', source: 'src/probe/probe.ts', global: 'encke', extend: true },
];

/** What the page that imports such an entry has. */
const frameworks = ['react', 'vue', 'svelte', 'svelte/reactivity', 'svelte/store', '@stomp/stompjs'];

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const { version } = JSON.parse(readFileSync(here('package.json'), 'utf8'));
const face = here('src/index.ts');

/** Entries whose types others import, each with its file in dist/. */
const faces = { [face]: './index.js', [here('src/store/store.ts')]: './store.js' };

/** `rollup --config --configFolder=PATH` builds elsewhere: the check that dist/ is fresh does. */
export default ({ configFolder: folder = here('dist') }) => [
  modulesInto(folder),
  ...modules.map((entry) => declarationsInto(folder, entry)),
  ...scripts.map((entry) => scriptInto(folder, entry)),
];

/** One build for all entries, so that there is one copy of everything: two error classes would make instanceof lie. */
function modulesInto(folder) {
  return {
    input: Object.fromEntries(modules.map(({ name, source }) => [name, here(source)])),
    external: frameworks,
    plugins: [onDemand(), eraseTypes()],
    output: {
      dir: folder,
      format: 'es',
      sourcemap: true,
      // Else each file would import the one with `import()` in it.
      hoistTransitiveImports: false,
      // What the public face holds stays in its file; other entries import it from there. What contains `import()` stands
      // apart: Vite (8) emits what is loaded on demand for whoever has that file in the bundle, used or not.
      manualChunks(id, { getModuleInfo }) {
        if (loadsOnDemand(getModuleInfo, id)) return 'preset';
        return id !== face && reaches(getModuleInfo, face, id) ? 'index' : undefined;
      },
      chunkFileNames: ({ name, isDynamicEntry }) => (isDynamicEntry ? `${name}.js` : 'shared-[name].js'),
    },
  };
}

function declarationsInto(folder, { name, source }) {
  return {
    input: here(source),
    external: (id, importer) =>
      frameworks.includes(id) || (importer !== undefined && resolve(dirname(importer), id) in faces),
    plugins: [dts({ tsconfig: here('src/tsconfig.json') })],
    output: { file: `${folder}/${name}.d.ts`, format: 'es', paths: faces },
  };
}

function scriptInto(folder, { name, source, global, holds, extend = false }) {
  const minify = terser({
    ecma: 2020,
    compress: { passes: 3 },
    format: {
      comments: false,
      preamble: `/*! encke ${version}, MIT${holds === undefined ? '' : `; with ${holds}`} */`,
    },
  });
  return {
    input: here(source),
    plugins: [stompjs(), eraseTypes(), minify],
    output: { file: `${folder}/${name}.min.js`, format: 'iife', name: global, extend, sourcemap: true },
  };
}

/**
 * What `import()` loads is built a second time, apart from what those have who import it by name: a file that is reached
 * both ways would be loaded at once by esbuild. Only the files of its own folder are built twice, and of these none that
 * the preset holds from the beginning: what lies below may have to be one of a kind, as the Trusted Types policy has.
 */
function onDemand() {
  const COPY = '?on-demand';
  const held = new Set(); // by the preset, from the beginning
  return {
    name: 'on-demand',
    buildStart() {
      return hold(this, here('src/preset.ts'));
    },
    resolveDynamicImport: (path, importer) => resolve(dirname(importer), path) + COPY,
    resolveId(path, importer) {
      if (!importer?.endsWith(COPY)) return null;
      const id = resolve(dirname(importer), path);
      return held.has(id) || dirname(id) !== dirname(importer) ? id : id + COPY;
    },
    load: (id) => (id.endsWith(COPY) ? readFileSync(id.slice(0, -COPY.length), 'utf8') : null),
  };

  async function hold(context, id) {
    held.add(id);
    const { importedIds } = await context.load({ id, resolveDependencies: true });
    for (const imported of importedIds) if (!held.has(imported)) await hold(context, imported);
  }
}

/** A script file holds it, as a page has no other way to it. */
function stompjs() {
  return {
    name: 'stompjs',
    resolveId: (id) => (id === '@stomp/stompjs' ? here(`node_modules/${id}/esm6/index.js`) : null),
  };
}

/** Whether it contains `import()`, or is the preset that is made of such files. */
function loadsOnDemand(getModuleInfo, id) {
  return id === here('src/preset.ts') || getModuleInfo(id).dynamicallyImportedIds.length > 0;
}

function reaches(getModuleInfo, from, to, seen = new Set()) {
  if (from === to) return true;
  seen.add(from);
  const imported = getModuleInfo(from).importedIds.filter((id) => !seen.has(id));
  return imported.some((id) => reaches(getModuleInfo, id, to, seen));
}

/** Takes the types off and leaves the rest as written. `npm run types` checks them; each file stands for itself here. */
function eraseTypes() {
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(here('src/tsconfig.json'), ts.sys.readFile).config,
    ts.sys,
    here('src'),
  );
  return {
    name: 'erase-types',
    transform(code, fileName) {
      const { outputText, sourceMapText } = ts.transpileModule(code, { fileName, compilerOptions: options });
      return { code: outputText.replace(/^\/\/# sourceMappingURL=.*$/m, ''), map: sourceMapText };
    },
  };
}
