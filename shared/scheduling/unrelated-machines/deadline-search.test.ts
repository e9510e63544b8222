import fc from 'fast-check';
import loadHighs from 'highs';
import { expect, it } from 'vitest';
import type { UnrelatedMachines } from '../problems.ts';
import { randomNumbers } from '../random.ts';
import { meetDeadline } from './deadline-search.ts';
import { scheduleOf } from './instance.ts';
import { models } from './models.ts';
import { excessOf } from './relaxation.ts';

const seed = Number(process.env['FUZZ_SEED'] ?? 20_261_121);
const [machines, jobs] = [3, 7];

function problemOf(random: () => number, jobs: number): UnrelatedMachines {
  const times = Array.from({ length: machines }, () => Array.from({ length: jobs }, () => 1 + Math.floor(random() * 20)));
  return { kind: 'unrelated-machines', name: '', machines, jobs, times };
}

function everySchedule(problem: UnrelatedMachines): number[] {
  const machineOf = (code: number) => Int32Array.from({ length: jobs }, (_, job) => Math.floor(code / machines ** job) % machines);
  return Array.from({ length: machines ** jobs }, (_, code) => scheduleOf(problem, machineOf(code)).makespan);
}

it('meets the least deadline of instances small enough to try all, and none below', () => {
  fc.assert(
    fc.property(fc.nat(), (from) => {
      const random = randomNumbers(from);
      const problem = problemOf(random, jobs);
      const optimum = Math.min(...everySchedule(problem));
      const search = (deadline: number, rounds: number) => {
        const excess = excessOf(problem, deadline, new Float64Array(machines).fill(1));
        return meetDeadline(problem, new Int32Array(jobs), { deadline, excess, random, stop: () => (rounds -= 16) <= 0 });
      };
      const found = search(optimum, 20_000);
      expect(found?.makespan).toBe(optimum);
      expect(found && scheduleOf(problem, found.machineOf).makespan).toBe(optimum);
      expect(search(optimum - 1, 500)).toBeUndefined();
    }),
    { seed, numRuns: 40 },
  );
});

it('leaves out no place that a schedule by the deadline has', () => {
  fc.assert(
    fc.property(fc.nat(), fc.array(fc.integer({ min: 0, max: 4 }), { minLength: machines, maxLength: machines }), (from, prices) => {
      const problem = problemOf(randomNumbers(from), jobs);
      const schedule = Int32Array.from({ length: jobs }, (_, job) => (job + from) % machines);
      const { makespan } = scheduleOf(problem, schedule);
      const excess = excessOf(problem, makespan, prices);
      schedule.forEach((machine, job) => expect(excess[job * machines + machine]).toBeLessThan(Infinity));
    }),
    { seed, numRuns: 200 },
  );
});

it('ends when time is up, however easily the next step would be found', async () => {
  const highs = await loadHighs();
  // A clock that goes on with each look at it, so that looks measure what is done after the end; too late for the relaxation, far from the bound.
  let looks = 30;
  const elapsed = () => (looks += 1) / 100;
  const problem = problemOf(randomNumbers(1), 4000);
  models.portfolio(problem, { elapsed, seconds: 0.5, cancelled: () => false, seed: 1, highs, progress: () => undefined });
  expect(looks).toBeLessThan(150);
});
