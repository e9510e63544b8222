import { addColumn, addRow, emptyProgram, type LinearProgram } from '../../scheduling/common/linear-program.ts';
import { costOf, countsMoves, dimensions, isProfit, type Assignment, type PlacementProblem, type Unit } from './problem.ts';
import { hostsFor } from './state.ts';
import { millionths } from './value.ts';

/** Units that no rule or cost tells apart: one variable counts how many of them are on a host. */
export interface UnitType {
  sample: Unit;
  units: number[];
}

export function typesOf(problem: PlacementProblem): UnitType[] {
  const { units } = problem;
  const types = new Map<string, UnitType>();
  units.forEach((sample, index) => {
    const key = JSON.stringify([sample.demand, sample.allowed, sample.apart, sample.spread, sample.profit, ...(countsMoves(problem) ? [sample.total, ...sample.kept] : [])]);
    const known = types.get(key);
    if (known === undefined) types.set(key, { sample, units: [index] });
    else known.units.push(index);
  });
  return [...types.values()];
}

/** The program of a placement and what its columns stand for. */
export interface Programme {
  program: LinearProgram;
  types: UnitType[];
  columns: { type: number; host: number }[];
}

/**
 * The textbook program: x(type, host) units of a type on a host; capacities in shares of the host; one row for each group
 * and host, or domain, that no two may share; y(host) for hosts in use; z for the greatest share. `integer` false gives the
 * relaxation. Every column has finite bounds, so that any multipliers give a valid bound (`boundFrom`).
 */
export function programmeOf(problem: PlacementProblem, types: UnitType[], integer: boolean): Programme {
  const { hosts, room, budget, options } = problem;
  const profit = isProfit(problem);
  const program = emptyProgram(profit ? 'max' : 'min', integer);
  const assigned = types.map(({ units }) => addRow(program, profit ? 0 : units.length, units.length));
  const capacity = hosts.flatMap((_, host) => Array.from({ length: dimensions }, (__, d) => ((room[host * dimensions + d] as number) > 0 ? addRow(program, Number.NEGATIVE_INFINITY, options.objective === 'hosts' || options.objective === 'balance' ? 0 : 1) : -1)));
  const apart = new Map<string, number>();
  const spend = budget?.map((amount) => addRow(program, Number.NEGATIVE_INFINITY, amount));
  const rowOf = (key: string) => {
    const row = apart.get(key) ?? addRow(program, Number.NEGATIVE_INFINITY, 1);
    apart.set(key, row);
    return row;
  };
  const scale = options.objective === 'balance' ? millionths : 1;
  const columns: Programme['columns'] = [];
  types.forEach(({ sample, units }, type) => {
    for (const host of hostsFor(problem, sample)) {
      const most = Math.min(units.length, mostOn(problem, sample, host));
      if (most === 0) continue;
      const rows = [assigned[type] as number];
      const values = [1];
      sample.demand.forEach((amount, d) => {
        const row = capacity[host * dimensions + d] as number;
        if (amount === 0) return;
        rows.push(row);
        values.push((scale * amount) / (room[host * dimensions + d] as number));
        if (spend !== undefined) {
          rows.push(spend[d] as number);
          values.push(amount);
        }
      });
      const shared = [...sample.apart.map((group) => rowOf(`a${group}:${host}`)), ...sample.spread.map((group) => rowOf(`s${group}:${problem.domain[host]}`))];
      rows.push(...shared);
      values.push(...shared.map(() => 1));
      const cost = profit ? sample.profit : countsMoves(problem) ? costOf(sample, host) : 0;
      addColumn(program, cost, [0, most], rows, values);
      columns.push({ type, host });
    }
  });
  if (options.objective === 'hosts') addHostColumns(program, capacity, hosts.length);
  if (options.objective === 'balance') {
    const rows = capacity.filter((row) => row >= 0);
    addColumn(program, 1, [0, millionths], rows, rows.map(() => -1));
  }
  return { program, types, columns };
}

function addHostColumns(program: LinearProgram, capacity: readonly number[], hosts: number): void {
  for (let host = 0; host < hosts; host += 1) {
    const rows = capacity.slice(host * dimensions, (host + 1) * dimensions).filter((row) => row >= 0);
    addColumn(program, 1, [0, 1], rows, rows.map(() => -1));
  }
}

/** How many units of a type one host can hold. */
function mostOn({ room }: PlacementProblem, { demand, apart, spread }: Unit, host: number): number {
  const fitting = demand.map((amount, d) => (amount === 0 ? Number.POSITIVE_INFINITY : Math.floor((room[host * dimensions + d] as number) / amount)));
  return Math.min(apart.length + spread.length > 0 ? 1 : Number.POSITIVE_INFINITY, ...fitting);
}

/** Hosts of the units, from how many of each type are on each host. */
export function assignmentOf({ types, columns }: Programme, problem: PlacementProblem, x: Float64Array): Assignment {
  const hostOf = new Int32Array(problem.units.length).fill(-1);
  const next = new Int32Array(types.length);
  columns.forEach(({ type, host }, column) => {
    const { units } = types[type] as UnitType;
    for (let copy = Math.round(x[column] as number); copy > 0 && (next[type] as number) < units.length; copy -= 1) {
      hostOf[units[next[type] as number] as number] = host;
      next[type] = (next[type] as number) + 1;
    }
  });
  return hostOf;
}

/** The other way round: a placement as a solution to begin with. */
export function startOf({ program, types, columns }: Programme, problem: PlacementProblem, hostOf: Assignment, value: number): Float64Array {
  const at = new Map(columns.map(({ type, host }, column) => [type * problem.hosts.length + host, column]));
  const x = new Float64Array(program.cost.length);
  types.forEach(({ units }, type) => {
    for (const unit of units) {
      const column = at.get(type * problem.hosts.length + (hostOf[unit] as number));
      if ((hostOf[unit] as number) >= 0 && column !== undefined) x[column] = (x[column] as number) + 1;
    }
  });
  if (problem.options.objective === 'hosts') for (const host of hostOf) if (host >= 0) x[columns.length + host] = 1;
  if (problem.options.objective === 'balance') x[columns.length] = value;
  return x;
}

/**
 * The bound that multipliers of the rows give: c·x ≥ Σ yᵢ·bᵢ + Σⱼ min(0, cⱼ − yAⱼ)·uⱼ for any y of the right sign (of `max`
 * with all signs turned). Computed anew from the multipliers, it holds whatever tolerance or time limit they came from.
 */
export function boundFrom(program: LinearProgram, multipliers: Float64Array): number {
  const { sense, rowLower, rowUpper, cost, lower, upper, starts, rows, values } = program;
  const sign = sense === 'min' ? 1 : -1;
  const y = multipliers.map((multiplier) => sign * multiplier);
  let bound = 0;
  y.forEach((multiplier, row) => {
    const side = multiplier > 0 ? (rowLower[row] as number) : (rowUpper[row] as number);
    if (multiplier === 0 || !Number.isFinite(side)) y[row] = 0;
    else bound += multiplier * side;
  });
  cost.forEach((each, column) => {
    let reduced = sign * each;
    for (let at = starts[column] as number; at < (starts[column + 1] as number); at += 1) reduced -= (y[rows[at] as number] as number) * (values[at] as number);
    bound += reduced * (reduced > 0 ? (lower[column] as number) : (upper[column] as number));
  });
  return sign * bound;
}
