import loadHighs from 'highs';
import { expect, test } from 'vitest';
import { createTranslator } from '../../../shared/i18n/index.ts';
import { seededRandom } from '../../../shared/demo/random.ts';
import { placementObjectives } from '../../../shared/resources/placement/options.ts';
import { placeMachines } from '../../../shared/resources/placement/solve.ts';
import { scheduleTasks } from '../../../shared/resources/tasks/solve.ts';
import { amounts, cloudOf, hostId, hostOf, machineOf, nodeOf, taskOf } from '../../../shared/resources/testing/inventories.ts';
import { modelNames } from '../../../shared/scheduling/models.ts';
import type { Progress, Run } from '../../../shared/scheduling/run.ts';
import { methodText } from './method-text.ts';

test('whatever the models say they do is told in Chinese', { timeout: 60_000 }, async () => {
  const highs = await loadHighs();
  const random = seededRandom(7);
  const said = new Set<string>();
  const runFor = (seconds: number): Run => {
    const began = performance.now();
    return { elapsed: () => (performance.now() - began) / 1000, seconds, cancelled: () => false, seed: 1, highs, progress: ({ step }: Progress) => void said.add(step) };
  };
  const hosts = Array.from({ length: 12 }, (_, n) => hostOf(n, amounts(20, 24, 40, 40)));
  const machines = Array.from({ length: 40 }, (_, n) => machineOf(n, amounts(1 + random.below(9), 1 + random.below(9)), { hostId: hostId(random.below(12)), profit: random.below(9) }));
  const tasks = Array.from({ length: 25 }, (_, n) => taskOf(n, 10 + random.below(90), { processors: 1 + random.below(2) }));
  const cloud = cloudOf(hosts, machines, { tasks, computeNodes: [nodeOf(0, { processors: 3 }), nodeOf(1, { processors: 2, speed: 1.5 })] });
  for (const model of modelNames) {
    for (const objective of placementObjectives) {
      const { foundBy, provedBy } = placeMachines(cloud, { objective, bandwidth: 1000, reserve: 'none', budget: null }, model, runFor(0.4));
      said.add(foundBy).add(provedBy);
    }
    for (const objective of ['makespan', 'utilisation'] as const) {
      const { foundBy, provedBy } = scheduleTasks(cloud, { objective, from: '2026-01-01T00:00:00.000Z' }, model, runFor(0.4));
      said.add(foundBy).add(provedBy);
    }
  }
  const { t } = createTranslator('zh');
  expect([...said].filter((by) => by !== 'multifit' && /[a-z]{2}/.test(methodText(by, t)))).toEqual([]);
  expect(said.size).toBeGreaterThan(8);
});
