import { expect, test } from 'vitest';
import { historyFrom } from './history.ts';
import { plantedBugs } from './planted-bugs.ts';
import { run } from './simulate.ts';

/** The hardest to find needs about 3,200. */
const histories = 5000;

test('there are enough of them', () => expect(Object.keys(plantedBugs).length).toBeGreaterThanOrEqual(20));

test.for(Object.entries(plantedBugs))('the simulator finds: %s', { timeout: 300_000 }, async ([, parts]) => {
  for (let seed = 1; seed <= histories; seed += 1) {
    const { violation } = await run(historyFrom(seed), parts);
    // A crash of the broken thing is no proof that a check sees what it does.
    if (violation !== undefined) return expect(violation.rule).not.toBe('threw');
  }
  expect.fail(`not found in ${histories} histories`);
});
