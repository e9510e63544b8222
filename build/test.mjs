// @ts-check
import { spawn } from 'node:child_process';
import { environment, installPackages, root, run } from './set-up.mjs';

/** @typedef {[title: string, command: string, arguments: string[]]} Step */

const started = Date.now();
/** @type {Step} */
const systemParts = ['System parts', 'node', ['build/system-parts.ts']];
/** Each keeps one core busy. @type {Step[]} */
const checks = [
  ['Lint', 'npm', ['run', '--silent', 'lint']],
  ['Types', 'npm', ['run', '--silent', 'typecheck']],
];
/** @type {Step[]} */
const tests = [
  ['Unit tests', 'npm', ['run', '--silent', 'test:unit']],
  ['Build', 'node', ['build/build.ts']],
  ['Packaging', 'npm', ['run', '--silent', 'test:packaging']],
  ['End to end', 'npm', ['run', '--silent', 'e2e']],
];

installPackages();
inTurn([systemParts]);
await together(checks);
inTurn(tests);
console.log(`\nAll ${1 + checks.length + tests.length} steps passed in ${Math.round((Date.now() - started) / 1000)} s`);

/** @param {Step[]} steps */
function inTurn(steps) {
  for (const [title, command, commandArguments] of steps) {
    console.log(`\n== ${title}`);
    run(command, commandArguments);
  }
}

/**
 * Runs steps at once, tells what each printed when all have ended, and ends this process where one failed.
 * @param {Step[]} steps
 */
async function together(steps) {
  const ended = await Promise.all(steps.map(output));
  for (const [index, { printed }] of ended.entries()) console.log(`\n== ${steps[index]?.[0]}\n${printed}`);
  const failed = ended.find(({ status }) => status !== 0);
  if (failed) process.exit(failed.status);
}

/**
 * @param {Step} step
 * @returns {Promise<{ status: number; printed: string }>}
 */
function output([, command, commandArguments]) {
  return new Promise((resolve) => {
    const child = spawn(command, commandArguments, { cwd: root, env: environment(), stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (printed += text));
    child.on('error', (error) => resolve({ status: 1, printed: `${command}: ${error.message}` }));
    child.on('close', (status) => resolve({ status: status ?? 1, printed }));
  });
}
