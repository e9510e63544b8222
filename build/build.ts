import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { node, preload } from './vite.node.ts';
import { renderer } from './vite.renderer.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = join(root, 'dist', '.built');
const sources = ['shared', 'electron', 'renderer', 'sync-server', 'build', 'package-lock.json'];

/** Time of the newest source file, in milliseconds. */
function newest(path: string): number {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

const isFresh = () => {
  const built = existsSync(stamp) ? statSync(stamp).mtimeMs : 0;
  return sources.every((source) => newest(join(root, source)) < built);
};

// A test that builds says `test` here, and React would be built with all that is for developers.
process.env['NODE_ENV'] = 'production';
if (isFresh()) console.log('The build is fresh');
else {
  await build(node);
  if (existsSync(join(root, 'electron/preload/preload.ts'))) await build(preload);
  await build(renderer);
  writeFileSync(stamp, '');
  console.log('Built');
}
