import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const packageFolder = join(root, 'node_modules', 'electron');
const failureNote = join(root, 'node_modules', '.cache', 'electron-unavailable');
/** A closed network may swallow packets instead of refusing them; nobody should wait long for a window. */
const attemptMilliseconds = 20_000;

/**
 * The path of Electron's binary, fetched by Electron's own installer when it is not there. Undefined where it cannot be
 * had: the failure is remembered for this version of Electron, until node_modules/.cache/electron-unavailable is removed.
 * ELECTRON_OVERRIDE_DIST_PATH names a folder that has one.
 */
export function electronBinary(): string | undefined {
  const found = installedBinary();
  if (found !== undefined) return found;
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { version: string };
  if (existsSync(failureNote) && readFileSync(failureNote, 'utf8') === version) return undefined;
  console.log('Fetching Electron …');
  const { status } = spawnSync(process.execPath, [join(packageFolder, 'install.js')], { cwd: packageFolder, timeout: attemptMilliseconds, stdio: 'ignore' });
  const binary = installedBinary();
  if (status === 0 && binary !== undefined) return binary;
  mkdirSync(join(failureNote, '..'), { recursive: true });
  writeFileSync(failureNote, version);
  console.log('Electron cannot be fetched here: the same program opens in a browser.');
  return undefined;
}

/** Electron's package keeps the path of its program in `path.txt` once the binary is there. */
export function installedBinary(): string | undefined {
  const note = join(packageFolder, 'path.txt');
  if (!existsSync(note)) return undefined;
  const binary = join(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(packageFolder, 'dist'), readFileSync(note, 'utf8').trim());
  return existsSync(binary) ? binary : undefined;
}
