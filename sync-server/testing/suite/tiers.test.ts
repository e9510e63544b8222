import { expect, it } from 'vitest';
import { runTierHistory, shrinkTierHistory, tierHistory } from '../tier-histories.ts';

const histories = 150;
const first = 1;

/** The same each time: `npm run simulate -- --stores tiers` looks for others. A failure prints its seed and the smallest history that fails alike. */
it(`brings two tiers to rest, equal and with nothing lost: ${histories} histories from seed ${first}`, { timeout: 180_000 }, async () => {
  for (let seed = first; seed < first + histories; seed += 1) {
    const history = tierHistory(seed);
    const violation = await runTierHistory(history);
    if (violation !== undefined) expect.fail(`seed ${seed}: ${violation.message}\n${JSON.stringify(await shrinkTierHistory(history, violation))}`);
  }
});
