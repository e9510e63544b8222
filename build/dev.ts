import { spawn } from 'node:child_process';
import { build } from 'vite';
import { node, preload } from './vite.node.ts';
import { renderer } from './vite.renderer.ts';

/** Rebuilds whatever changes; the backend restarts by itself, the page shows new code when it is loaded again. */
const watching = [node, preload, renderer].map((config) => build({ ...config, build: { ...config.build, watch: {} } }));
await Promise.all(watching);
const host = spawn(process.execPath, ['--watch-path=dist/app', 'dist/app/web.js', ...process.argv.slice(2)], { stdio: 'inherit' });
host.on('exit', (code) => process.exit(code ?? 0));
