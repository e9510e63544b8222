import { expect, it } from 'vitest';
import { runTierHistory, shrinkTierHistory, tierHistory } from '../tier-histories.ts';

const histories = 150;

/** Another part of all histories each day; a failure prints its seed and the smallest history that fails alike. */
it(`brings two tiers to rest, equal and with nothing lost, after ${histories} histories`, { timeout: 180_000 }, async () => {
  const first = Math.floor(Date.now() / 86_400_000) * histories;
  for (let seed = first; seed < first + histories; seed += 1) {
    const history = tierHistory(seed);
    const violation = await runTierHistory(history);
    if (violation !== undefined) expect.fail(`seed ${seed}: ${violation.message}\n${JSON.stringify(await shrinkTierHistory(history, violation))}`);
  }
});
