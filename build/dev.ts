import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer as createSocket, type AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { build, createServer } from 'vite';
import { readArguments } from '../electron/web/arguments.ts';
import { node } from './vite.node.ts';
import { renderer } from './vite.renderer.ts';

/*
 * The workstation in a browser while its code is worked on: a changed screen is drawn anew as soon as it is saved
 * (Vite serves the pages), a changed backend is built and started again and prints a new address.
 */
const { profile, port, demo } = readArguments(process.argv.slice(2));
const hostPort = await freePort();
const host = `http://127.0.0.1:${hostPort}`;
const page = await createServer({
  ...renderer,
  // The host takes calls of its own pages alone, so those of Vite's pages are said to come from one.
  server: { host: '127.0.0.1', port, proxy: { '^/(api/call/|api/events$|\\?token=)': { target: host, changeOrigin: true, headers: { origin: host } } } },
});
await page.listen();
const pageAddress = page.resolvedUrls?.local[0]?.replace(/\/$/, '') ?? '';

let running: ChildProcess | undefined;
const watcher = await build({ ...node, build: { ...node.build, watch: {}, emptyOutDir: false } });
if (!('on' in watcher)) throw new Error('Vite does not watch');
watcher.on('event', ({ code }) => {
  if (code === 'END') void restart();
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void stop().then(() => process.exit(0)));
}

async function restart(): Promise<void> {
  await stop();
  const flags = ['--profile', profile, '--port', String(hostPort), '--no-open', ...(demo ? ['--demo'] : [])];
  running = spawn(process.execPath, ['dist/app/web.js', ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
  if (running.stdout) createInterface(running.stdout).on('line', (line) => console.log(line.replace(host, pageAddress)));
}

/** The profile is free for the next one once this has ended. */
async function stop(): Promise<void> {
  const stopping = running;
  if (stopping === undefined || stopping.exitCode !== null || stopping.signalCode !== null) return;
  stopping.kill();
  await once(stopping, 'exit');
}

async function freePort(): Promise<number> {
  const socket = createSocket().listen(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port: found } = socket.address() as AddressInfo;
  socket.close();
  return found;
}
