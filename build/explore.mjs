// @ts-check
import { installPackages, run } from './set-up.mjs';

// npm run explore -- [seed]: what `npm test` tries is the same each time, so that nobody's change fails by the luck of the day. This is the search for more.
const [seed = String(Date.now() % 1_000_000)] = process.argv.slice(2);
process.env['FUZZ_SEED'] = seed;
console.log(`FUZZ_SEED=${seed}`);
installPackages();
run('npm', ['run', '--silent', 'test:unit']);
