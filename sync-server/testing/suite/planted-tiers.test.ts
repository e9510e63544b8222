import { expect, test } from 'vitest';
import { plantedTierBugs } from '../planted-tiers.ts';
import { runTierHistory, tierHistory } from '../tier-histories.ts';

/** The harder one needs 32. */
const histories = 150;

test.for(Object.entries(plantedTierBugs))('the histories of two tiers find: %s', { timeout: 400_000 }, async ([, replica]) => {
  for (let seed = 1; seed <= histories; seed += 1) {
    const violation = await runTierHistory(tierHistory(seed, true), replica);
    // A crash of the broken thing is no proof that a check sees what it does.
    if (violation !== undefined) return expect(violation.rule).not.toBe('threw');
  }
  expect.fail(`not found in ${histories} histories`);
});
