// @ts-check
import { spawn } from 'node:child_process';
import { environment, installPackages, root } from './set-up.mjs';

installPackages();
const server = spawn('node', ['sync-server/main.ts', ...process.argv.slice(2)], { cwd: root, stdio: 'inherit', env: environment(), shell: process.platform === 'win32' });
// A stop that was asked of this process is meant for the server, which answers what is under way first.
for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT'])) process.on(signal, () => server.kill(signal));
server.on('exit', (code) => process.exit(code ?? 1));
