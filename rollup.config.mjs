// What is built into dist/, from which file of src/.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import terser from '@rollup/plugin-terser';
import dts from 'rollup-plugin-dts';
import ts from 'typescript';

/** One row per entry: `modules` become dist/NAME.js and dist/NAME.d.ts, `scripts` dist/NAME.min.js with a global. */
const modules = [
  { name: 'index', source: 'src/index.ts' },
  { name: 'testing', source: 'src/testing.ts' },
];
const scripts = [{ name: 'encke', source: 'src/index.ts', global: 'encke' }];

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const { version } = JSON.parse(readFileSync(here('package.json'), 'utf8'));
const face = here('src/index.ts');

/** `rollup --config --configFolder=PATH` builds elsewhere: the check that dist/ is fresh does. */
export default ({ configFolder: folder = here('dist') }) => [
  ...modules.map((entry) => moduleFrom(entry, folder)),
  ...modules.map((entry) => declarationsFrom(entry, folder)),
  ...scripts.map((entry) => scriptFrom(entry, folder)),
];

function moduleFrom({ name, source }, folder) {
  return {
    input: here(source),
    external,
    plugins: [eraseTypes()],
    output: { file: `${folder}/${name}.js`, format: 'es', sourcemap: true, paths },
  };
}

function declarationsFrom({ name, source }, folder) {
  return {
    input: here(source),
    external,
    plugins: [dts({ tsconfig: here('src/tsconfig.json') })],
    output: { file: `${folder}/${name}.d.ts`, format: 'es', paths },
  };
}

function scriptFrom({ name, source, global }, folder) {
  const minify = terser({
    ecma: 2020,
    compress: { passes: 3 },
    format: { comments: false, preamble: `/*! ${name} ${version}, MIT */` },
  });
  return {
    input: here(source),
    plugins: [eraseTypes(), minify],
    output: { file: `${folder}/${name}.min.js`, format: 'iife', name: global, sourcemap: true },
  };
}

/** The other entries import the public face from its own file, so that there is one copy of every class. */
function external(id, importer) {
  return importer !== undefined && new URL(id, `file://${importer}`).pathname === face;
}

function paths(id) {
  return id === face ? './index.js' : id;
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
