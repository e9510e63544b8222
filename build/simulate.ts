import { parseArgs } from 'node:util';
import { historiesOf, storesToSimulate, type Kind } from './simulation/kinds.ts';
import { firstFailingOnAllCores } from './simulation/on-all-cores.ts';

/** `npm run simulate -- --histories 10000 --seed 1 [--stores memory|sqlite|tiers] [--size whole|small] [--trace]`: ends with 1 where a history breaks a promise. */
const { values } = parseArgs({
  options: {
    histories: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    stores: { type: 'string', default: 'memory' },
    /** Small: three workstations and few steps, for stores that take their time. */
    size: { type: 'string', default: 'whole' },
    /** Prints what happens in the shrunk history. */
    trace: { type: 'boolean', default: false },
  },
});

const toldEverySeconds = 10;

const [histories, seed] = [values.histories, values.seed].map(Number) as [number, number];
const kind = kindOf(values);
if (!Number.isSafeInteger(histories) || !Number.isSafeInteger(seed) || histories < 1 || seed < 0 || kind === undefined) {
  console.error('Usage: npm run simulate -- --histories <number> --seed <number> [--stores memory|sqlite|tiers] [--size whole|small] [--trace]');
  process.exit(2);
}

const began = performance.now();
const rate = (done: number) => (done / ((performance.now() - began) / 1000)).toFixed(1);
let toldAt = began;
const failed = await firstFailingOnAllCores(kind, seed, histories, (done) => {
  if (performance.now() - toldAt < toldEverySeconds * 1000) return;
  toldAt = performance.now();
  console.log(`${done} histories, ${rate(done)} a second`);
});
if (failed === undefined) {
  console.log(`${histories} histories from seed ${seed} on ${kind.stores} stores, ${rate(histories)} a second: nothing lost, everything equal.`);
} else {
  await (await historiesOf(kind)).explain(failed, values.trace);
  process.exitCode = 1;
}

function kindOf({ stores, size }: { stores: string; size: string }): Kind | undefined {
  const known = storesToSimulate.find((name) => name === stores);
  return known === undefined || (size !== 'whole' && size !== 'small') ? undefined : { stores: known, size };
}
