import { fileURLToPath } from 'node:url';
import eslint from '@eslint/js';
import i18next from 'eslint-plugin-i18next';
import importX from 'eslint-plugin-import-x';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Folder → folders it must not import. */
const walls: [target: string, forbidden: string[]][] = [
  ['shared', ['electron', 'renderer', 'sync-server', 'build', 'e2e']],
  ['sync-server', ['electron', 'renderer', 'build', 'e2e']],
  ['renderer', ['electron', 'sync-server', 'build', 'e2e']],
  ['electron/preload', ['electron/main', 'electron/backend', 'electron/services', 'electron/storage', 'electron/web', 'renderer']],
  ['electron/main', ['electron/services', 'electron/web', 'renderer']],
  ['electron/backend', ['electron/main', 'electron/web', 'electron/preload', 'renderer']],
  ['electron/services', ['electron/main', 'electron/backend', 'electron/web', 'electron/preload', 'renderer']],
  ['electron/replication', ['electron/main', 'electron/backend', 'electron/services', 'electron/web', 'electron/preload', 'renderer']],
  ['electron/storage', ['electron/main', 'electron/backend', 'electron/services', 'electron/replication', 'electron/web', 'electron/preload', 'renderer']],
  ['electron/web', ['electron/main', 'electron/services', 'electron/preload']],
];

/** The shells write the same log as the backend and have no other business in the store. */
const logOnly = ['electron/main', 'electron/web'].map((target) => ({ target: `./${target}`, from: ['./electron/storage'], except: ['./log.ts'] }));

export default defineConfig(
  { ignores: ['dist/**', 'release/**', 'node_modules/**', 'test-results/**', 'playwright-report/**'] },
  eslint.configs.recommended,
  ...tseslint.configs.strict,
  {
    plugins: { 'import-x': importX },
    languageOptions: { parserOptions: { tsconfigRootDir: fileURLToPath(new URL('..', import.meta.url)) } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-console': 'error',
      'import-x/no-restricted-paths': [
        'error',
        { zones: walls.map(([target, from]) => ({ target: `./${target}`, from: from.map((folder) => `./${folder}`) })).concat(logOnly) },
      ],
    },
  },
  {
    files: ['shared/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-globals': ['error', 'fetch', 'setTimeout', 'setInterval', 'process', 'window', 'document', 'crypto'],
      'no-restricted-imports': ['error', { patterns: [{ group: ['node:*'], message: 'shared is pure: no Node' }] }],
      'no-restricted-syntax': [
        'error',
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'shared knows no clock' },
        { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: 'shared knows no clock' },
        { selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']", message: 'shared knows no chance' },
      ],
    },
  },
  { files: ['renderer/**/*.{ts,tsx}'], ...reactHooks.configs.flat.recommended },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    plugins: { i18next },
    rules: {
      'i18next/no-literal-string': [
        'error',
        {
          mode: 'jsx-only',
          'jsx-attributes': { include: ['label', 'placeholder', 'title', 'description', 'aria-label', 'alt', 'error'] },
          // What is passed to a function is a name or a value, unless the function is one that draws.
          callees: { exclude: [/^(?![^]*\b(map|flatMap|from|memo|useMemo|useCallback|lazy|createPortal)$)[^]*$/] },
          'object-properties': { exclude: ['c', 'color', 'size', 'variant', 'type', 'role'] },
        },
      ],
    },
  },
  { files: ['**/*.test.ts', '**/*.test.tsx'], rules: { '@typescript-eslint/no-non-null-assertion': 'off', 'i18next/no-literal-string': 'off' } },
  {
    files: ['build/**', 'e2e/**', '**/bench/**', 'electron/web/cli.ts'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly', setTimeout: 'readonly' } },
    rules: { 'no-console': 'off' },
  },
);
