import type { UnrelatedMachines } from '../problems.ts';

/** Looks at all places that take a second or so at most, and how far prices go with the first and the last of them. */
const [mostLooks, mostPlaces] = [200, 40_000_000];
const [firstStep, lastStep] = [0.3, 0.003];
/** A job that costs so little more elsewhere goes where least is. */
const nearly = 0.005;

/**
 * Prices of the machines by multiplicative steps: each job goes where price·time is least, of equals to the machine with
 * the least to do, and machines that get more than the mean become
 * dearer (S. A. Plotkin, D. B. Shmoys, É. Tardos, Mathematics of Operations Research 20, 1995). The prices stand in for the duals of a linear
 * program that would take too long, the jobs' machines for its solution: loads are nearly equal where jobs are many.
 */
export function machinePrices({ machines, jobs, times }: UnrelatedMachines, stop: () => boolean): { prices: Float64Array; machineOf: Int32Array } {
  const prices = new Float64Array(machines).fill(1);
  let best = { latest: Infinity, prices: prices.slice(), machineOf: new Int32Array(jobs) };
  const looks = Math.min(mostLooks, Math.ceil(mostPlaces / (machines * jobs)));
  const [least, loads] = [new Float64Array(jobs), new Float64Array(machines)];
  for (let look = 0; look < looks && (look === 0 || !stop()); look += 1) {
    const machineOf = new Int32Array(jobs);
    least.fill(Infinity);
    times.forEach((row, machine) => {
      for (let job = 0; job < jobs; job += 1) least[job] = Math.min(least[job] as number, (prices[machine] as number) * (row[job] as number));
    });
    loads.fill(0);
    for (let job = 0; job < jobs; job += 1) {
      let chosen = -1;
      const most = (least[job] as number) * (1 + nearly);
      for (let machine = 0; machine < machines; machine += 1) {
        if ((prices[machine] as number) * (times[machine]?.[job] as number) > most) continue;
        if (chosen < 0 || (loads[machine] as number) < (loads[chosen] as number)) chosen = machine;
      }
      machineOf[job] = chosen;
      loads[chosen] = (loads[chosen] as number) + (times[chosen]?.[job] as number);
    }
    const latest = loads.reduce((most, load) => Math.max(most, load), 0);
    if (latest < best.latest) best = { latest, prices: prices.slice(), machineOf };
    const mean = Math.max(1, loads.reduce((sum, load) => sum + load, 0) / machines);
    const step = firstStep * (lastStep / firstStep) ** (look / looks);
    loads.forEach((load, machine) => (prices[machine] = (prices[machine] as number) * Math.exp(step * Math.max(-1, Math.min(1, load / mean - 1)))));
  }
  return best;
}
