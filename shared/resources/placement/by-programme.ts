import { solveLinear } from '../../scheduling/common/linear-program.ts';
import { secondsLeft } from '../../scheduling/run.ts';
import { models as vectorPacking } from '../../scheduling/vector-packing/models.ts';
import { finding } from '../finding.ts';
import { fill } from './greedy.ts';
import type { PlacementIncumbent } from './incumbent.ts';
import { dimensions, isProfit, type PlacementProblem } from './problem.ts';
import { assignmentOf, boundFrom, programmeOf, startOf, typesOf, type UnitType } from './programme.ts';
import { PlacementState } from './state.ts';

/** Columns up to which HiGHS ends a linear, and an integer, program in seconds. */
const mostRelaxed = 40_000;
const mostInteger = 12_000;

const rounded = (bound: number, maximised: boolean) => {
  const slack = 1e-6 * Math.max(1, Math.abs(bound));
  return maximised ? Math.floor(bound + slack) : Math.ceil(bound - slack);
};

const columnsOf = (problem: PlacementProblem, types: readonly UnitType[]) =>
  types.reduce((sum, { sample }) => sum + (sample.allowed?.length ?? problem.hosts.length), 0);

/** The linear relaxation for a bound and a rounded placement, then the integer program with what is best so far to begin with. */
export function byProgramme(incumbent: PlacementIncumbent): void {
  const { problem, run } = incumbent;
  if (incumbent.over || problem.units.length === 0 || problem.hosts.length === 0) return;
  const types = typesOf(problem);
  const columns = columnsOf(problem, types);
  if (columns > mostRelaxed) return;
  relax(incumbent, types);
  if (incumbent.over || columns > mostInteger) return;
  const programme = programmeOf(problem, types, true);
  if (programme.columns.length === 0) return;
  const start = incumbent.hostOf === null || incumbent.value === null ? {} : { start: startOf(programme, problem, incumbent.hostOf, incumbent.value) };
  const answer = solveLinear(run.highs, programme.program, { seconds: secondsLeft(run), absoluteGap: 0.999, ...start, more: { random_seed: run.seed & 0x7fffffff } });
  if (answer.status === 'infeasible' && !isProfit(problem)) {
    if (incumbent.hostOf === null) incumbent.impossible = finding({ code: 'proved-by-search', severity: 'impossible', subject: null, virtualMachineIds: problem.machines.map(({ id }) => id), hostIds: problem.hosts.map(({ id }) => id) });
    return;
  }
  if (answer.x !== undefined) offerRounded(incumbent, assignmentOf(programme, problem, answer.x), 'integer-program');
  if (answer.status !== 'infeasible') incumbent.prove(rounded(answer.bound, isProfit(problem)), 'integer-program');
}

function relax(incumbent: PlacementIncumbent, types: UnitType[]): void {
  const { problem, run } = incumbent;
  const programme = programmeOf(problem, types, false);
  if (programme.columns.length === 0) return;
  const answer = solveLinear(run.highs, programme.program, { seconds: secondsLeft(run) / 2 });
  if (answer.status === 'infeasible') return;
  incumbent.prove(rounded(boundFrom(programme.program, answer.rowDual), isProfit(problem)), 'linear-relaxation');
  if (answer.x === undefined) return;
  const whole = answer.x.map((share) => Math.floor(share + 1e-6));
  offerRounded(incumbent, assignmentOf(programme, problem, whole), 'rounding');
}

/** Puts in what is whole as far as it keeps every rule (tolerances of a solver do not count), and the rest where there is room. */
function offerRounded(incumbent: PlacementIncumbent, hostOf: Int32Array, by: string): void {
  const state = new PlacementState(incumbent.problem);
  hostOf.forEach((host, index) => {
    const unit = state.unit(index);
    if (host >= 0 && state.affordable(unit) && state.fits(unit, host)) state.put(index, host);
  });
  fill(state, incumbent.problem.options.objective === 'balance' ? 'worst-fit' : 'best-fit', 'greatest', () => incumbent.over);
  incumbent.offer(state.hostOf, by);
}

/**
 * For `hosts`: without any rule, and with every host as large as the largest in each dimension, it is vector packing, whose
 * bound holds here too; where hosts are equal and its bins keep the rules, its solution does as well.
 */
export function byVectorPacking(incumbent: PlacementIncumbent, seconds: number): void {
  const { problem, run } = incumbent;
  if (incumbent.over || problem.options.objective !== 'hosts' || problem.units.length === 0 || problem.hosts.length === 0) return;
  const greatest = new Array<number>(dimensions).fill(0);
  problem.room.forEach((amount, at) => (greatest[at % dimensions] = Math.max(greatest[at % dimensions] as number, amount)));
  const limited = { ...run, seconds: Math.min(run.seconds, run.elapsed() + seconds), progress: () => undefined };
  const answer = vectorPacking.lp({ kind: 'vector-packing', name: '', capacities: greatest, items: problem.units.map(({ demand }) => demand) }, limited);
  if (answer.bound !== null) incumbent.prove(answer.bound, `vector-packing ${answer.provedBy}`);
  if (answer.solution === null || answer.value === null || answer.value > problem.hosts.length) return;
  const state = new PlacementState(problem);
  answer.solution.forEach((bin, index) => {
    const unit = state.unit(index);
    if ((unit.allowed?.includes(bin) ?? true) && state.fits(unit, bin)) state.put(index, bin);
  });
  fill(state, 'best-fit', 'greatest', () => incumbent.over);
  incumbent.offer(state.hostOf, `vector-packing ${answer.foundBy}`);
}
