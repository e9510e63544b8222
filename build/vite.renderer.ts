import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { InlineConfig } from 'vite';

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

export const renderer: InlineConfig = {
  configFile: false,
  root: at('renderer'),
  // app:// and the web host both serve the folder as the root of an origin of its own.
  base: './',
  plugins: [react()],
  logLevel: 'warn',
  build: { outDir: at('dist/renderer'), emptyOutDir: true, assetsInlineLimit: 0, chunkSizeWarningLimit: 2000 },
};
