import { expect, test } from 'vitest';
import { historyFrom } from './history.ts';
import { plantedBugs } from './planted-bugs.ts';
import { run } from './simulate.ts';

/** So many in a row have one that finds the hardest. */
const histories = 5000;

/** A little before the first history that finds a bug which is hard to find. Where histories have changed since, the next that does is found a little later. */
const searchedFrom: Readonly<Record<string, number>> = {
  'clash asked about again after a restore': 3210,
  'revoked device locks over unsent work': 770,
  "revoked device's second copy": 360,
  'checkpoint saved before the documents': 160,
};

test('what is searched for from later on is a planted bug', () => expect(Object.keys(plantedBugs)).toEqual(expect.arrayContaining(Object.keys(searchedFrom))));

test('there are enough of them', () => expect(Object.keys(plantedBugs).length).toBeGreaterThanOrEqual(20));

test.for(Object.entries(plantedBugs))('the simulator finds: %s', { timeout: 300_000 }, async ([name, parts]) => {
  const first = searchedFrom[name] ?? 1;
  for (let seed = first; seed < first + histories; seed += 1) {
    const { violation } = await run(historyFrom(seed), parts);
    // A crash of the broken thing is no proof that a check sees what it does.
    if (violation !== undefined) return expect(violation.rule).not.toBe('threw');
  }
  expect.fail(`not found in ${histories} histories`);
});
