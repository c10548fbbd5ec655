// What the linter forbids, and why. Formatting is prettier's.

import { fileURLToPath } from 'node:url';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const root = fileURLToPath(new URL('..', import.meta.url));

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'A named export keeps one name everywhere.',
};
const noEnum = {
  selector: 'TSEnumDeclaration',
  message: 'Use a union of words: an enum is code, not only a type.',
};
const noCodeFromText = [
  { selector: 'NewExpression[callee.name="Function"]', message: 'Text never becomes code.' },
  { selector: 'CallExpression[callee.name="Function"]', message: 'Text never becomes code.' },
  { selector: 'MemberExpression[property.name="eval"]', message: 'Text never becomes code.' },
];

export default defineConfig(
  // What is under test/usages is written as people write: a test compiles it.
  globalIgnores(['dist/**', 'docs/.vitepress/*/**', 'test/usages/**', '**/node_modules/**', '**/.cache/**']),
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ['.config/*.ts'] }, tsconfigRootDir: root },
    },
  },
  {
    files: ['**/*.{ts,js,mjs}'],
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'no-restricted-syntax': ['error', noEnum, ...noCodeFromText],
    },
  },
  {
    files: ['**/*.ts'],
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      // `return response.end()` and `stopped || void sink.text(chunk)` are short ways to return early.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      // Parts are closures: none has a `this` to lose, so handing on `decoder.feed` is safe.
      '@typescript-eslint/unbound-method': 'off',
      // `text || 'default'` means the empty text, too.
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: true }],
      // A handler may be async or not: `void | Promise<void>` says so.
      '@typescript-eslint/no-invalid-void-type': 'off',
      // It would ask for the `!` that is forbidden above.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      // A number in a sentence needs no ceremony.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // An `unknown` cause may be rethrown as it came.
      '@typescript-eslint/only-throw-error': ['error', { allowThrowingUnknown: true }],
      // Declaration merging is how an error class gets its optional fields.
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
      '@typescript-eslint/no-unsafe-declaration-merging': 'off',
      // A loop that waits for a stop written `for (;;)` or `while (true)` is honest.
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-console': 'error',
      'no-restricted-globals': [
        'error',
        { name: 'event', message: 'This is window.event. Name the parameter.' },
        { name: 'name', message: 'This is window.name. Name the parameter.' },
        { name: 'status', message: 'This is window.status. Name the parameter.' },
        { name: 'parent', message: 'This is window.parent. Name the parameter.' },
        { name: 'process', message: 'A browser has none.' },
      ],
      'no-restricted-syntax': ['error', noDefaultExport, noEnum, ...noCodeFromText],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // Fakes are often async or empty because the real thing is.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-empty-function': 'off',
    },
  },
);
