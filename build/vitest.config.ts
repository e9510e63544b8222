import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  // No test has Electron's binary.
  resolve: { alias: { electron: fileURLToPath(new URL('../electron/testing/fake-electron.ts', import.meta.url)) } },
  test: {
    globalSetup: fileURLToPath(new URL('temporary-folder.ts', import.meta.url)),
    setupFiles: ['folder-of-a-file.ts', 'quick-passwords.ts', 'same-examples.ts'].map((name) => fileURLToPath(new URL(name, import.meta.url))),
    include: ['{shared,electron,renderer,sync-server,build}/**/*.test.{ts,tsx}'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
