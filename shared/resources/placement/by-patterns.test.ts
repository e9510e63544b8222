import loadHighs from 'highs';
import { expect, it } from 'vitest';
import { amounts, cloudOf, hostId, hostOf, machineOf } from '../testing/inventories.ts';
import { byPatterns } from './by-patterns.ts';
import { checkPlacement } from './check.ts';
import { PlacementIncumbent } from './incumbent.ts';
import { problemOf } from './problem.ts';
import { beginGreedily } from './rules.ts';

const highs = await loadHighs();
const options = { objective: 'hosts', bandwidth: 1000, reserve: 'none', budget: null } as const;

it('finds how few hosts of several kinds hold machines of a few sizes and keep their rules, and that it cannot be much fewer', () => {
  const hosts = Array.from({ length: 120 }, (_, n) => hostOf(n, n % 2 === 0 ? amounts(24, 96) : amounts(48, 64)));
  const sizes = [amounts(2, 10), amounts(5, 4), amounts(7, 13)] as const;
  const rules = (n: number) => ({
    ...(n % 50 === 0 && { allowedHostIds: [hostId(n / 10), hostId(n / 10 + 1)] }),
    ...(n % 20 === 1 && { antiAffinityGroup: `apart ${Math.floor(n / 100)}` }),
  });
  const cloud = cloudOf(hosts, Array.from({ length: 600 }, (_, n) => machineOf(n, sizes[n % 3] as (typeof sizes)[0], rules(n))));
  let looks = 0;
  const incumbent = new PlacementIncumbent(problemOf(cloud, options), { elapsed: () => (looks += 1) / 1000, seconds: 10, cancelled: () => false, seed: 1, highs, progress: () => undefined });
  beginGreedily(incumbent);
  const greedy = incumbent.value as number;
  byPatterns(incumbent, 10);
  const answer = incumbent.answer();
  expect(checkPlacement(cloud, options, answer)).toEqual([]);
  expect(answer).toMatchObject({ bound: 75, foundBy: 'column-generation', provedBy: 'column-generation' });
  expect(answer.value).toBeLessThanOrEqual(76);
  expect(greedy).toBeGreaterThan(78);
});
