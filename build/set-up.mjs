// @ts-check
// Runs on any Node from 20 on, before anything is installed: only built-in modules here.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, 'node_modules', '.bin');
const stamp = join(root, 'node_modules', '.outpost-installed');

/** The environment in which `node` is the pinned one and the packages' commands are found. */
export const environment = () => ({ ...process.env, PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` });

/**
 * Runs a command in the project's folder with the pinned Node and ends this process with its code when it fails.
 * @param {string} command
 * @param {string[]} commandArguments
 */
export function run(command, commandArguments) {
  const { status, error } = spawnSync(command, commandArguments, {
    cwd: root, stdio: 'inherit', env: environment(), shell: process.platform === 'win32',
  });
  if (error) console.error(`${command}: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

/**
 * Installs the packages when package-lock.json has changed since the last time. Install scripts do not run (the native
 * modules bring their binaries, and building them would need a compiler) but for those that `allowScripts` allows.
 */
export function installPackages() {
  const wanted = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
  for (const name of allowedScripts()) run('npm', ['rebuild', name, '--ignore-scripts=false', '--foreground-scripts']);
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  writeFileSync(stamp, wanted);
}

function allowedScripts() {
  /** @type {{ allowScripts: Record<string, boolean> }} */
  const { allowScripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return Object.entries(allowScripts).filter(([, allowed]) => allowed).map(([name]) => name);
}
