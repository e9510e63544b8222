import loadHighs from 'highs';
import { expect, it } from 'vitest';
import { amounts, cloudOf, hostId, hostOf, machineOf } from '../testing/inventories.ts';
import { byKinds } from './by-kinds.ts';
import { simpleBound } from './bounds.ts';
import { checkPlacement } from './check.ts';
import { PlacementIncumbent } from './incumbent.ts';
import { problemOf } from './problem.ts';
import { beginGreedily } from './rules.ts';

const highs = await loadHighs();
const options = { objective: 'balance', bandwidth: 1000, reserve: 'none', budget: null } as const;

it('gives each kind of host what it is best at, keeps the rules, and bounds the share that is given away more tightly than volume does', () => {
  const hosts = Array.from({ length: 60 }, (_, n) => hostOf(n, n % 2 === 0 ? amounts(100, 300) : amounts(300, 100)));
  const sizes = [amounts(2, 9), amounts(9, 3), amounts(7, 6)] as const;
  const machines = Array.from({ length: 900 }, (_, n) => machineOf(n, sizes[n % 3] as (typeof sizes)[0], n % 90 === 1 ? { allowedHostIds: [hostId(1)] } : {}));
  const cloud = cloudOf(hosts, machines);
  const problem = problemOf(cloud, options);
  let looks = 0;
  const incumbent = new PlacementIncumbent(problem, { elapsed: () => (looks += 1) / 1000, seconds: 20, cancelled: () => false, seed: 1, highs, progress: () => undefined });
  beginGreedily(incumbent);
  const greedy = incumbent.value as number;
  byKinds(incumbent);
  const answer = incumbent.answer();
  expect(checkPlacement(cloud, options, answer)).toEqual([]);
  expect(answer).toMatchObject({ foundBy: 'linear-relaxation', provedBy: 'linear-relaxation' });
  expect(answer.bound).toBeGreaterThan(simpleBound(problem));
  expect(answer.value).toBeLessThan(greedy);
});
