// @ts-check
import { installPackages, run } from './set-up.mjs';

installPackages();
run('node', ['build/build.ts']);
run('node', ['build/open.ts', ...process.argv.slice(2)]);
