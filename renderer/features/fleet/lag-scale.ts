import type { FleetLag } from '../../../shared/contract/sync.ts';

/** Greatest value of an axis and the steps on the way, in whole numbers that are easy to read. */
export function countTicks(greatest: number): number[] {
  const wanted = Math.max(1, greatest) / 4;
  const power = 10 ** Math.floor(Math.log10(Math.max(1, wanted)));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= wanted) ?? power;
  const count = Math.max(1, Math.ceil(greatest / step));
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}

const hour = 3_600_000;
const day = 24 * hour;

/** Instants to name on an axis of that many hours: full hours of a day, midnights of longer times, by this computer's clock. */
export function timeTicks(from: number, to: number): number[] {
  const hours = (to - from) / hour;
  const step = hours <= 48 ? 4 * hour : Math.max(1, Math.round(hours / 24 / 7)) * day;
  const first = new Date(from);
  if (step >= day) first.setHours(24, 0, 0, 0);
  else first.setHours(Math.ceil((first.getHours() + 1) / 4) * 4, 0, 0, 0);
  const ticks: number[] = [];
  for (let at = first.getTime(); at <= to; at += step) ticks.push(at);
  return ticks;
}

/** The workstations that were furthest behind, furthest first; the rest is left to the table. */
export const furthestBehind = (lags: FleetLag[], count: number): FleetLag[] =>
  lags
    .filter(({ points }) => points.length > 0)
    .sort((one, two) => worst(two) - worst(one))
    .slice(0, count);

export const worst = ({ points }: FleetLag): number => points.reduce((most, { behind }) => Math.max(most, behind), 0);
export const worstUnsent = ({ points }: FleetLag): number => points.reduce((most, { unsent }) => Math.max(most, unsent), 0);
