import fc from 'fast-check';
import loadHighs from 'highs';
import { describe, expect, it, test } from 'vitest';
import { resources } from '../../i18n/index.ts';
import type { ComputeNode } from '../../schema/compute-node.ts';
import type { Task } from '../../schema/task.ts';
import { modelNames, type ModelName } from '../../scheduling/models.ts';
import { emptyInventory, type Inventory } from '../inventory.ts';
import { nodeId, nodeOf, taskId, taskOf } from '../testing/inventories.ts';
import type { Progress } from '../../scheduling/run.ts';
import type { ScheduledTask } from './answer.ts';
import { checkTasks } from './check.ts';
import { taskObjectives, type TaskOptions } from './problem.ts';
import { scheduleTasks } from './solve.ts';

const highs = await loadHighs();
const from = '2026-01-01T00:00:00.000Z';
const at = (seconds: number) => new Date(Date.parse(from) + seconds * 1000).toISOString();
const options: TaskOptions = { objective: 'makespan', from };
const cloudOf = (computeNodes: ComputeNode[], tasks: Task[]): Inventory => ({ ...emptyInventory, computeNodes, tasks });

function answerOf(inventory: Inventory, model: ModelName, by = options, seconds = 2) {
  let looks = 0;
  return scheduleTasks(inventory, by, model, { elapsed: () => (looks += 1) / 10_000, seconds, cancelled: () => false, seed: 1, highs, progress: () => undefined });
}

/** The least makespan of tasks of one processor: every assignment, each processor by release dates, which is best for one machine. */
function bruteForce({ computeNodes, tasks }: Inventory): number {
  const places = computeNodes.filter(({ state }) => state === 'available').flatMap((node) => Array.from({ length: node.processors }, () => node));
  const released = ({ releaseAt = from }: Task) => Math.max(0, (Date.parse(releaseAt) - Date.parse(from)) / 1000);
  const order = tasks.toSorted((a, b) => released(a) - released(b));
  let best = Number.POSITIVE_INFINITY;
  for (let code = 0; code < places.length ** order.length; code += 1) {
    const ends = places.map(() => 0);
    order.forEach((task, index) => {
      const place = Math.floor(code / places.length ** index) % places.length;
      const node = places[place]!;
      ends[place] = Math.max(ends[place]!, released(task)) + (task.times?.[node.id] ?? task.work / node.speed);
    });
    best = Math.min(best, Math.max(0, ...ends));
  }
  return Number(best.toPrecision(15));
}

const nodes = fc.array(fc.record({ processors: fc.integer({ min: 1, max: 2 }), speed: fc.constantFrom(1, 1, 2, 0.5), state: fc.constantFrom('available', 'available', 'available', 'draining', 'lost') }), { minLength: 1, maxLength: 3 })
  .map((all) => all.map((more, n) => nodeOf(n, more as Partial<ComputeNode>)));
const given = (fields: object) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
const rarely = <Value>(value: fc.Arbitrary<Value>) => fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
const tasksWith = (more: Record<string, fc.Arbitrary<unknown>>) => fc.array(fc.record({ work: fc.integer({ min: 0, max: 20 }), ...more }), { maxLength: 6 }).map((all) => all.map(({ work, ...fields }, n) => taskOf(n, work, given(fields))));
const times = rarely(fc.dictionary(fc.constantFrom(nodeId(0), nodeId(1)), fc.integer({ min: 0, max: 20 })));
const plain = fc.record({ nodes, tasks: tasksWith({ times }) }).map(({ nodes, tasks }) => cloudOf(nodes, tasks));
const released = fc.record({ nodes, tasks: tasksWith({ times, releaseAt: rarely(fc.integer({ min: -5, max: 15 }).map(at)), priority: rarely(fc.integer({ min: 0, max: 9 })) }) }).map(({ nodes, tasks }) => cloudOf(nodes, tasks));
const running = fc.integer({ min: 0, max: 2 }).map((n) => nodeId(n));
const anything = fc
  .record({ nodes, tasks: tasksWith({ times, releaseAt: rarely(fc.integer({ min: 0, max: 15 }).map(at)), priority: rarely(fc.integer({ min: 0, max: 9 })), processors: rarely(fc.integer({ min: 1, max: 3 })), computeNodeId: rarely(running) }) })
  .map(({ nodes, tasks }) => {
    const taken = new Set<string>();
    const starting = tasks.map((task): Task => {
      const free = task.computeNodeId !== undefined && !taken.has(task.computeNodeId);
      if (free) taken.add(task.computeNodeId ?? '');
      return free ? { ...task, state: 'running', startedAt: at(-3), processors: 1 } : task;
    });
    return cloudOf(nodes, starting);
  });
const sample = { numRuns: 80, seed: 20262 };
const possible = ({ computeNodes, tasks }: Inventory) => tasks.length === 0 || computeNodes.some(({ state }) => state === 'available');

test.each(modelNames)('%s: the checker agrees, whatever the releases, priorities, widths, and tasks that run already', (model) => {
  fc.assert(
    fc.property(anything, fc.constantFrom(...taskObjectives), (inventory, objective) => {
      const by = { objective, from };
      expect(checkTasks(inventory, by, answerOf(inventory, model, by))).toEqual([]);
    }),
    { ...sample, numRuns: 300 },
  );
});

/** What a look at every pair of bars finds: the later ones of those that overlap, and whether a more pressing one had to wait. */
function byPairs({ tasks }: Inventory, gantt: readonly ScheduledTask[]): { overlaps: string[]; waits: boolean } {
  const bars = tasks.flatMap((task) => gantt.filter((bar) => bar.taskId === task.id).map((bar) => ({ task, bar }))).sort((a, b) => a.bar.start - b.bar.start || a.bar.end - b.bar.end);
  const overlaps = new Set<string>();
  let waits = false;
  bars.forEach((a, index) => bars.slice(index + 1).forEach((b) => {
    if (a.bar.computeNodeId !== b.bar.computeNodeId || !a.bar.processors.some((each) => b.bar.processors.includes(each))) return;
    if (a.bar.end > b.bar.start + 5e-7) overlaps.add(b.task.id);
    const could = b.task.releaseAt === undefined || (Date.parse(b.task.releaseAt) - Date.parse(from)) / 1000 <= a.bar.start - 5e-7;
    const passed = b.bar.start > a.bar.start && (b.task.priority ?? 0) > (a.task.priority ?? 0) && (b.task.processors ?? 1) <= (a.task.processors ?? 1);
    if (could && passed && a.task.state !== 'running' && b.task.state !== 'running') waits = true;
  }));
  return { overlaps: [...overlaps].sort(), waits };
}

test('of a schedule that was tampered with the checker says what a look at every pair of tasks says', () => {
  const seen = { overlaps: 0, waits: 0 };
  fc.assert(
    fc.property(anything, fc.array(fc.record({ from: fc.nat(), to: fc.nat(), later: fc.integer({ min: -6, max: 6 }) }), { maxLength: 4 }), (inventory, changes) => {
      const answer = answerOf(inventory, 'greedy');
      const gantt = answer.gantt?.map((bar) => ({ ...bar })) ?? [];
      for (const { from: of, to, later } of gantt.length === 0 ? [] : changes) {
        const bar = gantt[of % gantt.length]!;
        const { computeNodeId, processors } = gantt[to % gantt.length]!;
        Object.assign(bar, { computeNodeId, processors, start: bar.start + later, end: bar.end + later });
      }
      const found = checkTasks(inventory, options, { ...answer, gantt: answer.gantt && gantt });
      const said = (code: string) => [...new Set(found.filter((each) => each.code === code).map(({ taskId: id }) => id))].sort();
      const expected = byPairs(inventory, gantt);
      expect({ overlaps: said('overlap'), waits: said('priority').length > 0 }).toEqual(expected);
      seen.overlaps += expected.overlaps.length;
      seen.waits += Number(expected.waits);
    }),
    { ...sample, numRuns: 2000 },
  );
  expect(Math.min(seen.overlaps, seen.waits)).toBeGreaterThan(20);
});

test.each(taskObjectives)('whoever watches is told better values and bounds of %s until those of the answer', (objective) => {
  const told: Omit<Progress, 'seconds'>[] = [];
  let looks = 0;
  const cloud = cloudOf([nodeOf(0), nodeOf(1, { speed: 2 }), nodeOf(2)], Array.from({ length: 14 }, (_, n) => taskOf(n, 100 + ((n * 7919) % 211))));
  const answer = scheduleTasks(cloud, { objective, from }, 'portfolio', { elapsed: () => (looks += 1) / 10_000, seconds: 2, cancelled: () => false, seed: 1, highs, progress: (progress) => told.push(progress) });
  const better = objective === 'makespan' ? 1 : -1;
  for (const [index, point] of told.entries()) {
    const before = told[index - 1];
    if (before?.value != null && point.value !== null) expect((before.value - point.value) * better).toBeGreaterThanOrEqual(0);
    if (before?.bound != null && point.bound !== null) expect((point.bound - before.bound) * better).toBeGreaterThanOrEqual(0);
  }
  expect(told.length).toBeGreaterThan(2);
  expect(told.at(-1)).toMatchObject({ value: answer.value, bound: answer.bound });
});

test.each(modelNames)('%s: no bound lies beyond the best there is, releases or not', (model) => {
  fc.assert(
    fc.property(released, (inventory) => {
      if (!possible(inventory)) return;
      const best = bruteForce(inventory);
      const { makespan, makespanBound } = answerOf(inventory, model);
      expect(makespanBound).toBeLessThanOrEqual(best);
      expect(makespan).toBeGreaterThanOrEqual(best);
    }),
    sample,
  );
});

test('the portfolio finds the optimum without releases, in any order, and one node more is never worse', () => {
  fc.assert(
    fc.property(plain, (inventory) => {
      if (!possible(inventory)) return;
      const { computeNodes, tasks } = inventory;
      const best = bruteForce(inventory);
      expect(answerOf(inventory, 'portfolio')).toMatchObject({ makespan: best, status: 'optimal' });
      expect(answerOf(cloudOf(computeNodes.toReversed(), tasks.toReversed()), 'portfolio').makespan).toBe(best);
      const longer = cloudOf([...computeNodes], tasks.map((task) => ({ ...task, work: task.work * 3, ...(task.times && { times: Object.fromEntries(Object.entries(task.times).map(([id, time]) => [id, time * 3])) }) })));
      expect(answerOf(longer, 'portfolio').makespan).toBe(best * 3);
      expect(answerOf(cloudOf([...computeNodes, nodeOf(9)], [...tasks]), 'portfolio').makespan).toBeLessThanOrEqual(best);
      const used = answerOf(inventory, 'portfolio', { objective: 'utilisation', from });
      expect(used).toMatchObject({ makespan: best, status: 'optimal' });
    }),
    { ...sample, numRuns: 30 },
  );
});

describe('what cannot be, or is large', () => {
  it('names a task that is wider than any node, and the want of nodes', () => {
    expect(answerOf(cloudOf([nodeOf(0, { processors: 4 })], [taskOf(0, 1), taskOf(1, 1, { processors: 5 })]), 'portfolio')).toMatchObject({ status: 'infeasible', reason: { code: 'task-too-wide', taskId: taskId(1), asked: 5, available: 4 } });
    expect(answerOf(cloudOf([nodeOf(0, { state: 'lost' })], [taskOf(0, 1)]), 'greedy').reason).toMatchObject({ code: 'no-node' });
    for (const language of ['en', 'zh'] as const) expect(Object.keys(resources[language].translation.resources.taskReason)).toEqual(['no-node', 'task-too-wide']);
  });

  it('gives the greatest work and the slowest node coarser ticks', () => {
    const { tick, makespan, status } = answerOf(cloudOf([nodeOf(0, { speed: 0.001 })], [taskOf(0, 2 ** 31 - 1)]), 'portfolio');
    expect({ tick, status }).toEqual({ tick: 1000, status: 'optimal' });
    expect(makespan).toBeGreaterThanOrEqual((2 ** 31 - 1) * 1000);
  });

  it('waits for a release, and gives the more pressing task the node', () => {
    const { gantt } = answerOf(cloudOf([nodeOf(0)], [taskOf(0, 5), taskOf(1, 5, { priority: 3 }), taskOf(2, 1, { releaseAt: at(20) })]), 'portfolio');
    expect(gantt?.map((bar) => [bar.taskId, bar.start, bar.end])).toEqual([[taskId(1), 0, 5], [taskId(0), 5, 10], [taskId(2), 20, 21]]);
  });

  it('takes a hundred thousand tasks, and so does the checker', () => {
    const tasks = Array.from({ length: 100_000 }, (_, n) => taskOf(n, 1 + (n * 7919) % 1000));
    const inventory = cloudOf(Array.from({ length: 20 }, (_, n) => nodeOf(n, { processors: 8 })), tasks);
    const answer = answerOf(inventory, 'portfolio', options, 0.01);
    const { makespan, makespanBound, gantt } = answer;
    expect(gantt).toHaveLength(100_000);
    expect((makespan as number) / (makespanBound as number)).toBeLessThan(1.01);
    expect(checkTasks(inventory, options, answer)).toEqual([]);
  });
});

it('the portfolio goes on where local search ends, with tasks that need several processors', () => {
  const nodes = Array.from({ length: 6 }, (_, n) => nodeOf(n, { processors: n % 2 === 0 ? 4 : 8, speed: 1 + (n % 3) / 2 }));
  const cloud = cloudOf(nodes, Array.from({ length: 90 }, (_, n) => taskOf(n, 300 + ((n * 7919) % 3001), { processors: 1 + ((n * 31) % 4) })));
  const [local, answer] = (['lp', 'portfolio'] as const).map((model) => answerOf(cloud, model));
  expect(checkTasks(cloud, options, answer!)).toEqual([]);
  expect(answer!.foundBy).toBe('iterated-greedy');
  expect(answer!.value).toBeLessThan((local!.value as number) * 0.995);
});
