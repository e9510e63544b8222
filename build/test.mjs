// @ts-check
import { installPackages, run } from './set-up.mjs';

const started = Date.now();
/** @type {[title: string, command: string, arguments: string[]][]} */
const steps = [
  ['System parts', 'node', ['build/system-parts.ts']],
  ['Lint', 'npm', ['run', '--silent', 'lint']],
  ['Types', 'npm', ['run', '--silent', 'typecheck']],
  ['Unit tests', 'npm', ['run', '--silent', 'test:unit']],
  ['Build', 'node', ['build/build.ts']],
  ['Packaging', 'npm', ['run', '--silent', 'test:packaging']],
  ['End to end', 'npm', ['run', '--silent', 'e2e']],
];

installPackages();
for (const [title, command, commandArguments] of steps) {
  console.log(`\n== ${title}`);
  run(command, commandArguments);
}
console.log(`\nAll ${steps.length} steps passed in ${Math.round((Date.now() - started) / 1000)} s`);
