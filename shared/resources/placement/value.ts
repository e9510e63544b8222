import { costOf, dimensions, type Assignment, type PlacementProblem, type Unit } from './problem.ts';

export const millionths = 1_000_000;

/** A share in millionths, rounded up; of nothing that is not there, none. */
export const shareIn = (amount: number, room: number): number => (amount === 0 ? 0 : Math.ceil(Number(((amount / room) * millionths).toPrecision(15))));

function greatestShare({ units, room }: PlacementProblem, hostOf: Assignment): number {
  const load = new Float64Array(room.length);
  units.forEach(({ demand }, unit) => {
    const host = hostOf[unit] as number;
    if (host >= 0) demand.forEach((amount, d) => (load[host * dimensions + d] = (load[host * dimensions + d] as number) + amount));
  });
  return load.reduce((most, amount, at) => Math.max(most, shareIn(amount, room[at] as number)), 0);
}

const sumOver = ({ units }: PlacementProblem, hostOf: Assignment, of: (unit: Unit, host: number) => number) =>
  units.reduce((sum, unit, index) => ((hostOf[index] as number) < 0 ? sum : sum + of(unit, hostOf[index] as number)), 0);

/** The value of a placement in the unit of the objective. */
export function valueOf(problem: PlacementProblem, hostOf: Assignment): number {
  switch (problem.options.objective) {
    case 'hosts':
      return new Set(hostOf.filter((host) => host >= 0)).size;
    case 'moves':
    case 'time':
      return sumOver(problem, hostOf, costOf);
    case 'balance':
      return greatestShare(problem, hostOf);
    case 'profit':
      return sumOver(problem, hostOf, ({ profit }) => profit);
  }
}
