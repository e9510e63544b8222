import fc from 'fast-check';
import loadHighs from 'highs';
import { expect, it } from 'vitest';
import { solveLinear } from '../../scheduling/common/linear-program.ts';
import { smallClouds } from '../testing/inventories.ts';
import { placementObjectives } from './options.ts';
import { problemOf } from './problem.ts';
import { boundFrom, programmeOf, typesOf } from './programme.ts';

const highs = await loadHighs();

it('the bound of the multipliers is the optimum of the relaxation for its own, and never beyond it for any others', () => {
  fc.assert(
    fc.property(smallClouds, fc.constantFrom(...placementObjectives), fc.infiniteStream(fc.integer({ min: -20, max: 20 })), (inventory, objective, numbers) => {
      const problem = problemOf(inventory, { objective, bandwidth: 1, reserve: 'none', budget: { cpu: 10, memory: 10, disk: 9, bandwidth: 9 } });
      const { program, columns } = programmeOf(problem, typesOf(problem), false);
      if (columns.length === 0) return;
      const { status, objective: optimum, rowDual } = solveLinear(highs, program, { seconds: 10 });
      if (status !== 'optimal') return;
      const sign = program.sense === 'min' ? 1 : -1;
      const slack = 1e-6 * Math.max(1, Math.abs(optimum));
      expect(Math.abs(boundFrom(program, rowDual) - optimum)).toBeLessThanOrEqual(slack);
      const others = rowDual.map(() => numbers.next().value as number);
      expect(sign * boundFrom(program, others)).toBeLessThanOrEqual(sign * optimum + slack);
    }),
    { seed: 13, numRuns: 300 },
  );
});
