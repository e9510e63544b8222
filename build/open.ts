import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { electronBinary } from './electron-binary.ts';

/** Opens the built workstation: in Electron where its binary can be had, otherwise behind the web host. */
const electron = electronBinary();
const flags = process.argv.slice(2);
const [command, commandArguments] = electron === undefined
  ? [process.execPath, ['dist/app/web.js', ...flags]] as const
  : [electron, ['.', ...flags]] as const;
const child = spawn(command, commandArguments, { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
const [code] = await once(child, 'exit') as [number | null];
process.exit(code ?? 0);
