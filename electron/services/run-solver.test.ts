import { expect, onTestFinished, test, vi } from 'vitest';
import { amounts, cloudOf, hostOf, machineOf } from '../../shared/resources/testing/inventories.ts';
import { runSolver, type PlacementQuestion } from './run-solver.ts';

const question: PlacementQuestion = {
  what: 'placement', model: 'greedy', seconds: 2, seed: 1, inventory: cloudOf([hostOf(1, amounts(4))], [machineOf(1, amounts(1))]),
  options: { objective: 'hosts', bandwidth: 1000, reserve: 'none', budget: null },
};

test('a model has its time from when its worker has begun: on a busy computer to begin alone takes longer than that', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const solving = runSolver(question, { signal: new AbortController().signal, progress: () => undefined });
  vi.advanceTimersByTime(30_000);
  expect(await solving).toMatchObject({ answer: { status: 'optimal' }, violations: [] });
});
