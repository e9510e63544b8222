import { join } from 'node:path';
import { build } from 'vite';
import { node } from '../vite.node.ts';
import { cache, root } from './clinic.ts';

/** Paths of the built programs. */
export type Programs = Record<'start' | 'bareStart' | 'memory', string>;

/** The bench's programs that run in a process of their own, built as the workstation is: what a user starts is not TypeScript. */
export async function buildPrograms(): Promise<Programs> {
  const outDir = join(cache, 'built');
  const at = (path: string) => join(root, path);
  const input = {
    'start-process': at('build/bench/start-process.ts'),
    'memory-process': at('build/bench/memory-process.ts'),
    'bare-start-process': at('build/bench/bare-start-process.ts'),
    'storage-worker': at('electron/storage/storage-worker.ts'),
  };
  await build({ ...node, build: { ...node.build, outDir, rollupOptions: { ...node.build?.rollupOptions, input } } });
  const built = (name: keyof typeof input) => join(outDir, `${name}.js`);
  return { start: built('start-process'), bareStart: built('bare-start-process'), memory: built('memory-process') };
}
