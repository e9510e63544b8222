// @ts-check
import { installPackages, run } from './set-up.mjs';

// npm run fuzz -- [requests] [seed]: the isolation test with more requests than an ordinary run has time for.
const [requests = '100000', seed = '1'] = process.argv.slice(2);
process.env['FUZZ_REQUESTS'] = requests;
process.env['FUZZ_SEED'] = seed;
installPackages();
run('vitest', ['run', '-c', 'build/vitest.config.ts', 'sync-server/testing/suite/isolation.test.ts']);
