import type { UnrelatedMachines } from '../problems.ts';
import { loadsOf, type Schedule } from './instance.ts';

/**
 * Looks for a schedule that ends by a deadline: shifts and swaps that lower what machines have beyond it, each machine's excess weighted
 * by how long it has been in the way (after the breakout method: P. Morris, AAAI 1993, with L. Fanjul-Peyro, R. Ruiz, European J. Operational
 * Research 207, 2010, for the moves).
 */
export function meetDeadline(problem: UnrelatedMachines, start: ArrayLike<number>, deadline: number, random: () => number, stop: () => boolean): Schedule | undefined {
  const { machines, jobs, times } = problem;
  const machineOf = Int32Array.from(start);
  const loads = loadsOf(problem, machineOf);
  const weight = new Float64Array(machines).fill(1);
  const members = Array.from({ length: machines }, () => [] as number[]);
  machineOf.forEach((machine, job) => members[machine]?.push(job));
  const time = (machine: number, job: number) => (times[machine] as number[])[job] as number;
  const candidates = Array.from({ length: jobs }, (_, job) => {
    const order = Array.from({ length: machines }, (_, machine) => machine).filter((machine) => time(machine, job) <= deadline);
    return order.sort((one, other) => time(one, job) - time(other, job));
  });
  const dues = (machine: number, load: number) => (load > deadline ? (load - deadline) * (weight[machine] as number) : 0);
  const relocate = (job: number, to: number) => {
    const from = machineOf[job] as number;
    loads[from] = (loads[from] as number) - time(from, job);
    loads[to] = (loads[to] as number) + time(to, job);
    const row = members[from] as number[];
    row[row.indexOf(job)] = row.at(-1) as number;
    row.pop();
    members[to]?.push(job);
    machineOf[job] = to;
  };
  // A move that was just made is not taken back at once.
  const tabu = new Int32Array(jobs);
  for (let round = 1; ; round += 1) {
    const late = Array.from({ length: machines }, (_, machine) => machine).filter((machine) => (loads[machine] as number) > deadline);
    if (late.length === 0) return { machineOf, makespan: loads.reduce((most, load) => Math.max(most, load), 0) };
    if (round % 16 === 0 && stop()) return undefined;
    const from = late[Math.floor(random() * late.length)] as number;
    let least = Infinity;
    let move: [job: number, to: number, partner: number] = [-1, -1, -1];
    for (const job of members[from] as number[]) {
      if ((tabu[job] as number) > round) continue;
      const freed = (loads[from] as number) - time(from, job);
      for (const to of candidates[job] as number[]) {
        if (to === from) continue;
        const filled = (loads[to] as number) + time(to, job);
        const base = -dues(from, loads[from] as number) - dues(to, loads[to] as number);
        const shift = base + dues(from, freed) + dues(to, filled) + random() * 1e-3;
        if (shift < least) [least, move] = [shift, [job, to, -1]];
        for (const partner of members[to] as number[]) {
          if ((tabu[partner] as number) > round) continue;
          const swap = base + dues(from, freed + time(from, partner)) + dues(to, filled - time(to, partner)) + random() * 1e-3;
          if (swap < least) [least, move] = [swap, [job, to, partner]];
        }
      }
    }
    const [job, to, partner] = move;
    if (least > -1e-2) for (const machine of late) weight[machine] = (weight[machine] as number) + 1;
    if (job < 0) continue;
    relocate(job, to);
    if (partner >= 0) relocate(partner, from);
    tabu[job] = round + 3 + Math.floor(random() * 8);
    if (partner >= 0) tabu[partner] = round + 3 + Math.floor(random() * 8);
  }
}
