import type { ModelName } from '../../scheduling/models.ts';
import { randomNumbers } from '../../scheduling/random.ts';
import { secondsLeft, slice, type Run } from '../../scheduling/run.ts';
import type { Inventory } from '../inventory.ts';
import type { ScheduledTask, TaskAnswer } from './answer.ts';
import { shortest, simpleBound, utilisationAt } from './bounds.ts';
import { byMachines } from './by-machines.ts';
import { improveSchedule } from './improve.ts';
import { rebuildSchedule } from './rebuild.ts';
import { taskImpossible, taskProblemOf, type TaskOptions, type TaskProblem } from './problem.ts';
import { greedySchedules, makespanOf, type Schedule } from './schedule.ts';

type Heard = Parameters<Run['progress']>[0];

/** The best schedule and bound so far, in ticks. */
class TaskIncumbent {
  readonly problem: TaskProblem;
  readonly least: Float64Array;
  readonly run: Run;
  readonly objective: TaskOptions['objective'];
  schedule: Schedule | null = null;
  value = Number.POSITIVE_INFINITY;
  bound: number;
  foundBy = '';
  provedBy = 'release-and-area';
  /** The best makespan and bound that were told, in ticks. */
  #told = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

  constructor(problem: TaskProblem, run: Run, objective: TaskOptions['objective']) {
    this.problem = problem;
    this.run = run;
    this.objective = objective;
    this.least = Float64Array.from(problem.tasks.keys(), (task) => shortest(problem, task));
    this.bound = simpleBound(problem, this.least);
  }

  get over(): boolean {
    return this.value <= this.bound || secondsLeft(this.run) <= 0;
  }

  offer(schedule: Schedule, by: string): void {
    const value = makespanOf(schedule);
    if (value >= this.value) return;
    [this.schedule, this.value, this.foundBy] = [schedule, value, by];
    this.#tell(by);
  }

  prove(bound: number, by: string): void {
    // One that a schedule in hand refutes proves nothing.
    if (bound <= this.bound || bound > this.value) return;
    [this.bound, this.provedBy] = [bound, by];
    this.#tell(by);
  }

  /** What a model that is still at work has found and proved, for those who watch: the schedule itself comes with its answer. */
  hear({ value, bound, step }: Heard): void {
    this.#tell(step, Math.min(this.value, value ?? Number.POSITIVE_INFINITY), Math.max(this.bound, bound ?? Number.NEGATIVE_INFINITY));
  }

  /** A makespan in the unit of the objective. */
  measure(makespan: number): number {
    return this.objective === 'makespan' ? inSeconds(makespan, this.problem.tick) : utilisationAt(this.problem, this.least, makespan);
  }

  #tell(step: string, value = this.value, bound = this.bound): void {
    const [best = value, proved = bound] = this.#told;
    if ((value >= best && bound <= proved) || bound > value) return;
    this.#told = [Math.min(best, value), Math.max(proved, bound)];
    const [told = value, least = bound] = this.#told;
    this.run.progress({ value: told === Number.POSITIVE_INFINITY ? null : this.measure(told), bound: this.measure(least), step });
  }
}

/** Divided where a tick is a part of a second: a product with 0.001 is not the nearest number to what is meant. */
const inSeconds = (ticks: number, tick: number) => (tick < 1 ? ticks / Math.round(1 / tick) : ticks * tick);

function ganttOf({ nodes, tasks, tick }: TaskProblem, schedule: Schedule): ScheduledTask[] {
  return schedule.flatMap((starts, node) =>
    starts
      .toSorted((a, b) => a.start - b.start || (a.processors[0] ?? 0) - (b.processors[0] ?? 0))
      .map(({ task, processors, start, end }) => ({ taskId: tasks[task]?.id ?? '', computeNodeId: nodes[node]?.id ?? '', processors, start: inSeconds(start, tick), end: inSeconds(end, tick) })));
}

function greedy(incumbent: TaskIncumbent): void {
  for (const [rule, schedule] of greedySchedules(incumbent.problem, incumbent.least)) {
    incumbent.offer(schedule, rule);
    if (incumbent.over) return;
  }
}

/** Asks the models of equal and unequal machines, and mends what release dates make of their answer. */
function withMachines(incumbent: TaskIncumbent, model: ModelName): void {
  if (incumbent.over) return;
  const { problem, run } = incumbent;
  const found = byMachines(problem, model, { ...slice(run, secondsLeft(run) * 0.8), progress: (heard) => incumbent.hear(heard) });
  if (found === undefined) return;
  if (found.schedule !== null) incumbent.offer(found.schedule, found.answer.foundBy);
  if (found.bound !== null) incumbent.prove(found.bound, found.answer.provedBy);
}

function improve(incumbent: TaskIncumbent): void {
  if (incumbent.schedule === null || incumbent.over) return;
  incumbent.offer(improveSchedule(incumbent.problem, incumbent.schedule, incumbent.bound, () => incumbent.over), 'local-search');
}

function answerOf(incumbent: TaskIncumbent): TaskAnswer {
  const { problem, schedule, value, bound, foundBy, provedBy } = incumbent;
  const of = (makespan: number) => incumbent.measure(makespan);
  const found = schedule !== null;
  return {
    status: !found ? 'stopped' : of(value) === of(bound) ? 'optimal' : 'feasible',
    value: found ? of(value) : null,
    bound: of(bound),
    makespan: found ? inSeconds(value, problem.tick) : null,
    makespanBound: inSeconds(bound, problem.tick),
    tick: problem.tick,
    gantt: found ? ganttOf(problem, schedule) : null,
    reason: null,
    foundBy,
    provedBy,
  };
}

/** What is better than local search leaves, where time is left. */
function rebuild(incumbent: TaskIncumbent): void {
  const { schedule, problem, least, bound, run } = incumbent;
  if (schedule === null || incumbent.over) return;
  incumbent.offer(rebuildSchedule(problem, schedule, least, bound, randomNumbers(run.seed), () => incumbent.over), 'iterated-greedy');
}

/** When and where every waiting and running task of an inventory runs, by one family of models, within a run's time. Never throws for documents that their schemas have passed. */
export function scheduleTasks(inventory: Inventory, options: TaskOptions, model: ModelName, run: Run): TaskAnswer {
  const problem = taskProblemOf(inventory, options);
  const reason = taskImpossible(problem);
  if (reason !== null) {
    return { status: 'infeasible', value: null, bound: null, makespan: null, makespanBound: null, tick: problem.tick, gantt: null, reason, foundBy: '', provedBy: 'widths' };
  }
  const incumbent = new TaskIncumbent(problem, run, options.objective);
  greedy(incumbent);
  if (model !== 'greedy') withMachines(incumbent, model);
  improve(incumbent);
  if (model === 'portfolio') rebuild(incumbent);
  return answerOf(incumbent);
}
