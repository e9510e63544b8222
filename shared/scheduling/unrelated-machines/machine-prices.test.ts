import { expect, it } from 'vitest';
import type { UnrelatedMachines } from '../problems.ts';
import { randomNumbers } from '../random.ts';
import { scheduleOf } from './instance.ts';
import { machinePrices } from './machine-prices.ts';
import { pricedBound } from './relaxation.ts';

it('comes near its own bound where jobs are many, on machines of unlike speed too', () => {
  const random = randomNumbers(3);
  const [machines, jobs] = [8, 1500];
  const times = Array.from({ length: machines }, (_, machine) => Array.from({ length: jobs }, () => 1 + Math.floor(random() * 50 * (machine + 1))));
  const problem: UnrelatedMachines = { kind: 'unrelated-machines', name: '', machines, jobs, times };
  const { prices, machineOf } = machinePrices(problem, () => false);
  const { makespan } = scheduleOf(problem, machineOf);
  const bound = pricedBound(problem, makespan, prices);
  expect(bound).toBeLessThanOrEqual(makespan);
  expect(makespan / bound).toBeLessThan(1.02);
});
