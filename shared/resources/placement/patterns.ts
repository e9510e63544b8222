import { addColumn, addRow, emptyProgram, solveLinear, type LinearProgram } from '../../scheduling/common/linear-program.ts';
import { integerPrices, priceScale } from '../../scheduling/packing/column-generation.ts';
import type { Pricer } from '../../scheduling/packing/pricing.ts';
import type { Pattern, Stock } from '../../scheduling/packing/stock.ts';
import { randomNumbers } from '../../scheduling/random.ts';
import { secondsLeft, type Run } from '../../scheduling/run.ts';
import { vectorPricer } from '../../scheduling/vector-packing/pricing.ts';
import { dimensions, type PlacementProblem } from './problem.ts';

/** Kinds of hosts and of demands up to which filling them kind by kind is worth its time. */
const [mostKinds, mostTypes] = [100, 400];
/** Patterns of one kind that each look adds; steps of a look after there is one; steps of a hasty look, and of a thorough one at all kinds together. */
const [wanted, quickSteps, hastySteps, thoroughSteps] = [20, 3_000, 20_000, 20_000_000];

/** Hosts of the same room. */
export interface HostKind {
  hosts: number[];
  /** A hasty one, and one that proves that nothing is missing where it can. */
  pricers: readonly [Pricer, Pricer];
}

/** A placement without its rules: how many units there are of each demand, and hosts of each kind. */
export interface Fleet {
  kinds: HostKind[];
  /** Units of each demand, those that ask for nothing left out. */
  types: number[][];
  demands: Int32Array;
}

/** What one host of a kind may hold. */
export interface HostPattern {
  kind: number;
  pattern: Pattern;
}

/** Null where there are too many kinds or demands. */
export function fleetOf({ hosts, units, room }: PlacementProblem, run: Run): Fleet | null {
  const ofRoom = Map.groupBy(hosts.keys(), (host) => room.subarray(host * dimensions, (host + 1) * dimensions).join());
  const ofDemand = Map.groupBy([...units.keys()].filter((index) => units[index]?.demand.some((amount) => amount > 0)), (index) => units[index]?.demand.join());
  if (ofRoom.size > mostKinds || ofDemand.size > mostTypes) return null;
  const types = [...ofDemand.values()];
  const demands = Int32Array.from(types, ({ length }) => length);
  const sizes = Float64Array.from(types.flatMap(([first = 0]) => units[first]?.demand ?? []));
  const random = randomNumbers(run.seed);
  const kinds = [...ofRoom.values()].map((alike): HostKind => {
    const from = (alike[0] as number) * dimensions;
    const stock: Stock = { dimensions, capacities: room.slice(from, from + dimensions), sizes, demands, members: types, items: units.length };
    const pricer = (mostSteps: number) => vectorPricer(stock, random, wanted, quickSteps, mostSteps, true);
    return { hosts: alike, pricers: [pricer(hastySteps), pricer(Math.ceil(thoroughSteps / ofRoom.size))] };
  });
  return { kinds, types, demands };
}

/** Hosts in use, fewest first: no more of a kind than there are, and every unit in one. Units that find none cost more than any host. */
export function masterProgram({ kinds, demands }: Fleet, patterns: readonly HostPattern[], integer: boolean): LinearProgram {
  const program = emptyProgram('min', integer);
  const asked = [...demands].map((count) => addRow(program, count, Number.POSITIVE_INFINITY));
  const there = kinds.map(({ hosts }) => addRow(program, Number.NEGATIVE_INFINITY, hosts.length));
  for (const { kind, pattern } of patterns) {
    const most = kinds[kind]?.hosts.length ?? 0;
    addColumn(program, 1, [0, most], [...pattern.types.map((type) => asked[type] as number), there[kind] as number], [...pattern.counts, 1]);
  }
  const left = kinds.reduce((sum, { hosts }) => sum + hosts.length, 1);
  demands.forEach((count, type) => addColumn(program, left, [0, count], [asked[type] as number], [1]));
  return program;
}

export interface GeneratedPatterns {
  patterns: HostPattern[];
  /** No placement uses fewer hosts. */
  bound: number;
}

const keyOf = ({ kind, pattern: { types, counts } }: HostPattern) => `${String(kind)}:${types.join()}:${counts.join()}`;

/**
 * Patterns of the hosts by column generation (P. C. Gilmore, R. E. Gomory, 1961; with several kinds of bins: 1963), beginning
 * with `known`. The bound of each step's prices is Lagrange's: what they say that the demand is worth, less what each host of a
 * kind could collect beyond its cost of one; in integers, so that it holds whatever the linear solver's errors.
 */
export function generatePatterns(fleet: Fleet, known: readonly HostPattern[], run: Run, until: () => boolean): GeneratedPatterns {
  const { kinds, demands } = fleet;
  const patterns = new Map(known.map((one) => [keyOf(one), one]));
  let bound = 0;
  for (let level: 0 | 1 | 2 = 0; level < 2 && !until(); ) {
    const { x, objective, rowDual } = solveLinear(run.highs, masterProgram(fleet, [...patterns.values()], false), { seconds: secondsLeft(run) });
    if (x === undefined) break;
    const prices = integerPrices(Float64Array.from(demands, (_, type) => Math.max(0, rowDual[type] as number)));
    let worth = demands.reduce((sum, count, type) => sum + count * (prices[type] as number), 0);
    const before = patterns.size;
    kinds.forEach(({ hosts, pricers }, kind) => {
      const least = priceScale * (1 - Math.min(0, rowDual[demands.length + kind] as number));
      const priced = pricers[level as 0 | 1](prices, demands, least * (1 + 1e-9));
      worth += hosts.length * Math.min(0, priceScale - (priced?.most ?? Number.POSITIVE_INFINITY));
      for (const pattern of priced?.patterns ?? []) {
        const one = { kind, pattern };
        if (!patterns.has(keyOf(one))) patterns.set(keyOf(one), one);
      }
    });
    bound = Math.max(bound, Math.ceil(worth / priceScale - 1e-6));
    if (bound >= Math.ceil(objective - 1e-6)) break;
    level = patterns.size > before ? 0 : level === 0 ? 1 : 2;
  }
  return { patterns: [...patterns.values()], bound };
}
