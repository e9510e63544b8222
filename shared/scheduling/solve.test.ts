import fc from 'fast-check';
import loadHighs from 'highs';
import { describe, expect, it, test } from 'vitest';
import type { Answer } from './answer.ts';
import { checkAnswer, checkSolution } from './check.ts';
import { modelNames, type ModelName } from './models.ts';
import { isMaximised, parseProblem, type Problem } from './problems.ts';
import { randomNumbers } from './random.ts';
import { solve } from './solve.ts';

const highs = await loadHighs();
/** Time passes with each look at the clock: what small instances come to must not depend on the machine. */
function answerOf(problem: Problem, model: ModelName): Answer {
  let looks = 0;
  return solve(problem, model, { elapsed: () => (looks += 1) / 1000, seconds: 5, cancelled: () => false, seed: 1, highs, progress: () => undefined });
}

/** The best value of all solutions; undefined where there is none. */
function bruteForce(problem: Problem): number | undefined {
  const places = { 'bin-packing': 'weights', 'vector-packing': 'items', 'identical-machines': 'times' } as const;
  const items = problem.kind === 'unrelated-machines' ? problem.jobs : problem.kind === 'generalized-assignment' ? problem.items : problem.kind === 'multidimensional-knapsack' ? problem.profits.length : (problem[places[problem.kind] as never] as unknown[]).length;
  const choices = problem.kind === 'generalized-assignment' ? problem.agents : problem.kind === 'multidimensional-knapsack' ? 2 : 'machines' in problem ? problem.machines : items;
  let best: number | undefined;
  for (let code = 0; code < choices ** items; code += 1) {
    const digits = Array.from({ length: items }, (_, item) => Math.floor(code / choices ** item) % choices);
    const solution = problem.kind === 'multidimensional-knapsack' ? digits.flatMap((digit, item) => (digit === 1 ? [item] : [])) : digits;
    const { value, violations } = checkSolution(problem, solution);
    if (violations.some((violation) => violation !== 'empty-bin')) continue;
    const used = violations.includes('empty-bin') ? new Set(solution).size : value;
    if (best === undefined || (isMaximised(problem) ? used > best : used < best)) best = used;
  }
  return best;
}

const size = fc.integer({ min: 0, max: 12 });
const table = (rows: number, columns: number) => fc.array(fc.array(size, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows });
const row = (length: number, each = size) => fc.array(each, { minLength: length, maxLength: length });
const some = (most: number) => fc.integer({ min: 1, max: most });

const instances = {
  'bin-packing': some(5).chain((items) => fc.record({ capacity: fc.integer({ min: 1, max: 15 }), weights: row(items) })),
  'vector-packing': fc.tuple(some(5), some(3)).chain(([items, dimensions]) => fc.record({ capacities: row(dimensions, fc.integer({ min: 1, max: 15 })), items: table(items, dimensions) })),
  'identical-machines': fc.record({ machines: some(3), times: fc.array(size, { minLength: 1, maxLength: 7 }) }),
  'unrelated-machines': fc.tuple(some(3), some(6)).chain(([machines, jobs]) => fc.record({ machines: fc.constant(machines), jobs: fc.constant(jobs), times: table(machines, jobs) })),
  'generalized-assignment': fc.tuple(some(3), some(6)).chain(([agents, items]) =>
    fc.record({ agents: fc.constant(agents), items: fc.constant(items), cost: table(agents, items), weight: table(agents, items), capacity: row(agents, fc.integer({ min: 0, max: 30 })), sense: fc.constantFrom('min', 'max') })),
  'multidimensional-knapsack': fc.tuple(some(3), some(8)).chain(([rows, items]) => fc.record({ profits: row(items), weights: table(rows, items), capacities: row(rows, fc.integer({ min: 0, max: 30 })) })),
};

const parsed = (input: unknown): Problem => {
  const answer = parseProblem(input);
  if ('issues' in answer) throw new Error(JSON.stringify(answer.issues));
  return answer.problem;
};

describe.each(Object.entries(instances))('%s', (kind, instance: fc.Arbitrary<object>) => {
  test.each(modelNames)('%s: the checker agrees, no bound lies beyond the best there is, and what is called optimal is', (model) => {
    fc.assert(
      fc.property(instance, (input) => {
        const problem = parsed(input);
        expect(problem.kind).toBe(kind);
        const best = bruteForce(problem);
        const answer = answerOf(problem, model);
        expect(checkAnswer(problem, answer)).toEqual([]);
        if (best === undefined) {
          expect(answer.status).toMatch(/infeasible|stopped/);
          return;
        }
        expect(answer.status).not.toBe('infeasible');
        const sign = isMaximised(problem) ? -1 : 1;
        if (answer.value !== null) expect(sign * answer.value).toBeGreaterThanOrEqual(sign * best);
        if (answer.bound !== null) expect(sign * answer.bound).toBeLessThanOrEqual(sign * best);
      }),
      { numRuns: 40 },
    );
  });

  it('is solved to the optimum by the portfolio, the same whatever the order', () => {
    fc.assert(
      fc.property(instance, (input) => {
        const problem = parsed(input);
        const best = bruteForce(problem);
        const answer = answerOf(problem, 'portfolio');
        expect({ value: answer.value, status: answer.status }).toEqual(best === undefined ? { value: null, status: 'infeasible' } : { value: best, status: 'optimal' });
        const turned = answerOf(reversed(problem), 'portfolio');
        expect(turned.value).toBe(answer.value);
      }),
      { numRuns: 40 },
    );
  });
});

function reversed(problem: Problem): Problem {
  switch (problem.kind) {
    case 'bin-packing':
      return { ...problem, weights: problem.weights.toReversed() };
    case 'vector-packing':
      return { ...problem, items: problem.items.toReversed() };
    case 'identical-machines':
      return { ...problem, times: problem.times.toReversed() };
    case 'unrelated-machines':
      return { ...problem, times: problem.times.map((row) => row.toReversed()) };
    case 'generalized-assignment':
      return { ...problem, cost: problem.cost.toReversed(), weight: problem.weight.toReversed(), capacity: problem.capacity.toReversed() };
    case 'multidimensional-knapsack':
      return { ...problem, profits: problem.profits.toReversed(), weights: problem.weights.map((row) => row.toReversed()) };
  }
}

/** The same with every size, time and capacity `factor` times as large; values that are sizes themselves grow with them. */
function scaled(problem: Problem, factor: number): { problem: Problem; value: number } {
  const row = (each: number[]) => each.map((size) => size * factor);
  switch (problem.kind) {
    case 'bin-packing':
      return { problem: { ...problem, capacity: problem.capacity * factor, weights: row(problem.weights) }, value: 1 };
    case 'vector-packing':
      return { problem: { ...problem, capacities: row(problem.capacities), items: problem.items.map(row) }, value: 1 };
    case 'identical-machines':
      return { problem: { ...problem, times: row(problem.times) }, value: factor };
    case 'unrelated-machines':
      return { problem: { ...problem, times: problem.times.map(row) }, value: factor };
    case 'generalized-assignment':
      return { problem: { ...problem, weight: problem.weight.map(row), capacity: row(problem.capacity), cost: problem.cost.map(row) }, value: factor };
    case 'multidimensional-knapsack':
      return { problem: { ...problem, weights: problem.weights.map(row), capacities: row(problem.capacities), profits: row(problem.profits) }, value: factor };
  }
}

/** The same with more room: larger bins, one machine more, greater capacities. */
function roomier(problem: Problem): Problem {
  switch (problem.kind) {
    case 'bin-packing':
      return { ...problem, capacity: problem.capacity + 5 };
    case 'vector-packing':
      return { ...problem, capacities: problem.capacities.map((each) => each + 5) };
    case 'identical-machines':
      return { ...problem, machines: problem.machines + 1 };
    case 'unrelated-machines':
      return { ...problem, machines: problem.machines + 1, times: [...problem.times, problem.times[0] as number[]] };
    case 'generalized-assignment':
      return { ...problem, capacity: problem.capacity.map((each) => each + 5) };
    case 'multidimensional-knapsack':
      return { ...problem, capacities: problem.capacities.map((each) => each + 5) };
  }
}

describe.each(Object.entries(instances))('%s', (_, instance: fc.Arbitrary<object>) => {
  it('comes to the same when everything is scaled', () => {
    fc.assert(
      fc.property(instance, fc.integer({ min: 2, max: 50 }), (input, factor) => {
        const before = answerOf(parsed(input), 'portfolio');
        const { problem, value } = scaled(parsed(input), factor);
        const after = answerOf(problem, 'portfolio');
        expect(after.value).toBe(before.value === null ? null : before.value * value);
      }),
      { numRuns: 15 },
    );
  });

  it('is never worse off with more room', () => {
    fc.assert(
      fc.property(instance, (input) => {
        const problem = parsed(input);
        const before = answerOf(problem, 'portfolio');
        const after = answerOf(roomier(problem), 'portfolio');
        const sign = isMaximised(problem) ? -1 : 1;
        if (before.value !== null) expect(sign * (after.value ?? Number.NaN)).toBeLessThanOrEqual(sign * before.value);
      }),
      { numRuns: 15 },
    );
  });

  it('comes to the same solution with the same seed', () => {
    fc.assert(
      fc.property(instance, (input) => {
        expect(answerOf(parsed(input), 'portfolio')).toEqual(answerOf(parsed(input), 'portfolio'));
      }),
      { numRuns: 10 },
    );
  });
});

it.each(['dp', 'lp', 'portfolio'] as const)('%s: ends, and with a proof, where nothing can be assigned and the costs are huge', (model) => {
  const cost = [[0, 1428258063, 0, 0, 0], [0, 0, 0, 0, 0], [0, 0, 0, 0, 561285508], [0, 0, 0, 0, 0]];
  const problem = parsed({ agents: 4, items: 5, cost, weight: cost.map((each) => each.map(() => 18)), capacity: [26, 23, 25, 23], sense: 'max' });
  let looks = 0;
  const elapsed = () => {
    looks += 1;
    if (looks > 50_000) throw new Error('still at work long after the end');
    return looks / 1000;
  };
  const answer = solve(problem, model, { elapsed, seconds: 5, cancelled: () => false, seed: 1, highs, progress: () => undefined });
  expect(answer).toMatchObject({ status: 'infeasible', value: null, bound: null });
});

it.each(modelNames)('%s: says at sight that all items together are too much for all agents', (model) => {
  const rows = Array.from({ length: 20 }, () => Array.from({ length: 400 }, () => 5));
  const problem = parsed({ agents: 20, items: 400, cost: rows, weight: rows, capacity: rows.map(() => 99), sense: 'min' });
  expect(answerOf(problem, model)).toMatchObject({ status: 'infeasible', value: null, bound: null, reason: { code: 'total-too-large' } });
});

it.each(modelNames)('%s: assigns at once even where by cost alone some find no room', (model) => {
  const random = randomNumbers(3);
  const table = (least: number, most: number) => Array.from({ length: 8 }, () => Array.from({ length: 64 }, () => least + Math.floor(random() * (most - least))));
  const [weight, cost] = [table(5, 26), table(10, 51)];
  const capacity = weight.map((row) => Math.floor((0.7 * row.reduce((sum, each) => sum + each, 0)) / 8));
  // Time is up as soon as anybody looks at the clock.
  let seconds = 10;
  const answer = solve(parsed({ agents: 8, items: 64, cost, weight, capacity, sense: 'min' }), model, { elapsed: () => (seconds += 0.001), seconds: 1, cancelled: () => false, seed: 1, highs, progress: () => undefined });
  expect(answer.status).toBe('feasible');
});

it('says of an instance that is none what is wrong and where', () => {
  const wrong = (input: unknown) => ('issues' in parseProblem(input) ? (parseProblem(input) as { issues: unknown }).issues : 'parsed');
  expect(wrong('text')).toEqual([{ path: '', code: 'not-an-instance' }]);
  expect(wrong({ name: 'x' })).toEqual([{ path: '', code: 'unknown-problem' }]);
  expect(wrong({ capacity: 5, weights: [1, -1, Number.NaN, 1e300] })).toMatchObject([{ path: 'weights.1' }, { path: 'weights.2' }, { path: 'weights.3' }, { path: 'weights.3' }]);
  expect(wrong({ machines: 2, jobs: 2, times: [[1, 2], [3]] })).toEqual([{ path: 'times.1', code: 'wrong-length' }]);
});

it('packs bins too large for tables of their sums: what three items must fill exactly, and many small ones', () => {
  const capacity = 1_000_000_000;
  const random = randomNumbers(7);
  const share = (least: number, most: number) => Math.floor((least + random() * (most - least)) * capacity);
  const triplets = Array.from({ length: 12 }, () => [share(0.25, 0.45), share(0.26, 0.36)] as const).flatMap(([a, b]) => [a, b, capacity - a - b]);
  expect(answerOf(parsed({ capacity, weights: triplets }), 'portfolio')).toMatchObject({ status: 'optimal', value: 12 });
  const small = Array.from({ length: 40 }, () => share(0.05, 0.15));
  expect(answerOf(parsed({ capacity, weights: small }), 'dp')).toMatchObject({ status: 'optimal', value: 4 });
});

it('an answer is given, and checked, where machines are more than a call has arguments', () => {
  const machines = 200_000;
  const problem = parsed({ machines, times: Array.from({ length: machines + 1 }, () => 3) });
  const answer = answerOf(problem, 'greedy');
  expect(answer).toMatchObject({ status: 'optimal', value: 6 });
  expect(checkAnswer(problem, answer)).toEqual([]);
});
