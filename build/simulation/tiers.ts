import { runTierHistory, shrinkTierHistory, tierHistory } from '../../sync-server/testing/tier-histories.ts';
import type { Histories } from './histories.ts';

/** Histories of central, two hubs that follow it and their workstations. */
export const tierHistories: Histories = {
  async firstFailing(first, count) {
    for (let seed = first; seed < first + count; seed += 1) if ((await runTierHistory(tierHistory(seed, true))) !== undefined) return seed;
    return undefined;
  },
  async explain(seed) {
    const history = tierHistory(seed, true);
    const violation = await runTierHistory(history);
    if (violation === undefined) throw new Error(`Seed ${seed} fails in one thread and not in another`);
    console.error(`Seed ${seed} fails: ${violation.message}`);
    const { steps } = await shrinkTierHistory(history, violation);
    console.error(`Shrunk to ${steps.length} steps:`);
    for (const { kind, of, n } of steps) console.error(`  ${kind} ${of} ${n}`);
  },
};
