import { parseArgs } from 'node:util';
import { memoryParts } from '../shared/sync/simulator/memory-parts.ts';
import type { Size } from '../shared/sync/simulator/history.ts';
import { run, simulate, type Failure } from '../shared/sync/simulator/simulate.ts';
import type { Parts } from '../shared/sync/simulator/stores.ts';

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

const [histories, seed] = [values.histories, values.seed].map(Number) as [number, number];
if (!Number.isSafeInteger(histories) || !Number.isSafeInteger(seed) || histories < 1 || seed < 0 || !['memory', 'sqlite', 'tiers'].includes(values.stores) || !isSize(values.size)) {
  console.error('Usage: npm run simulate -- --histories <number> --seed <number> [--stores memory|sqlite|tiers] [--size whole|small] [--trace]');
  process.exit(2);
}

function isSize(size: string): size is Size {
  return size === 'whole' || size === 'small';
}

if (values.stores === 'tiers') {
  const { simulateTiers } = await import('./simulation/tiers.ts');
  process.exit((await simulateTiers(seed, histories)) ? 0 : 1);
}

const partsOf: Record<string, () => Promise<Parts>> = {
  memory: async () => memoryParts,
  sqlite: async () => (await import('./simulation/sqlite-parts.ts')).sqliteParts,
};
const parts = await (partsOf[values.stores] as () => Promise<Parts>)();
const began = performance.now();
const rate = (done: number) => Math.round(done / ((performance.now() - began) / 1000));
const failure = await simulate({
  seed, histories, parts, size: values.size,
  each: (done) => {
    if (done % 10_000 === 0) console.log(`${done} histories, ${rate(done)} a second`);
  },
});
if (failure === undefined) {
  console.log(`${histories} histories from seed ${seed} on ${values.stores} stores, ${rate(histories)} a second: nothing lost, everything equal.`);
} else {
  await tell(failure);
  process.exitCode = 1;
}

async function tell({ seed: failed, violation, shrunk }: Failure): Promise<void> {
  console.error(`Seed ${failed} fails: ${violation.message}`);
  console.error(`Shrunk to ${shrunk.steps.length} steps on ${shrunk.workstations} workstations:`);
  for (const { kind, workstation, n } of shrunk.steps) console.error(`  ${kind} ${workstation} ${n}`);
  if (values.trace) for (const line of (await run(shrunk, parts, true)).trace) console.error(line);
}
