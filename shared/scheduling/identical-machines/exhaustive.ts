import type { Solution } from '../answer.ts';
import { byFallingWeight } from '../bin-packing/first-fit.ts';

/** Jobs beyond which a search of all schedules does not end. */
export const mostJobs = 40;

/** What a search of all schedules came to: the best below the makespan it was given, and whether none was left out. */
export interface Searched {
  solution: Solution | null;
  complete: boolean;
}

/** Schedules are searched for below `value` and not below `bound`; a step looks at a machine for a job. */
interface Limits {
  value: number;
  bound: number;
  steps: number;
  until: () => boolean;
}

/**
 * Depth first over the machines for each job, the longest job first; of machines that end at the same time one is tried, and a branch is left
 * where the room below the best makespan does not hold what is to come (branch and bound after M. Dell'Amico, S. Martello, ORSA J. Computing 7,
 * 1995). For few jobs, whose times may be too long for tables of sums.
 */
export function searchAll(times: readonly number[], machines: number, { value, bound, steps, until }: Limits): Searched {
  const order = byFallingWeight(times);
  const rest = new Float64Array(order.length + 1);
  for (let place = order.length - 1; place >= 0; place -= 1) rest[place] = (rest[place + 1] as number) + (times[order[place] as number] as number);
  const loads = new Float64Array(Math.min(machines, order.length));
  const machineOf: Solution = times.map(() => 0);
  const searched: Searched = { solution: null, complete: true };
  let most = value - 1;
  let left = steps;

  const holds = (place: number) => {
    const shortest = times[order[order.length - 1] as number] as number;
    let room = 0;
    for (const load of loads) if (most - load >= shortest) room += most - load;
    return room >= (rest[place] as number);
  };
  const visit = (place: number): void => {
    if (place === order.length) {
      searched.solution = machineOf.slice();
      most = Math.max(...loads) - 1;
      return;
    }
    if (!holds(place)) return;
    const job = order[place] as number;
    const time = times[job] as number;
    for (let machine = 0; machine < loads.length && searched.complete && most >= bound; machine += 1) {
      const load = loads[machine] as number;
      if (load + time > most || loads.indexOf(load) < machine) continue;
      left -= 1;
      if (left < 0 || (left % 4096 === 0 && until())) searched.complete = false;
      loads[machine] = load + time;
      machineOf[job] = machine;
      visit(place + 1);
      loads[machine] = load;
    }
  };
  if (most >= bound) visit(0);
  return searched;
}
