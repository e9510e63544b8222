import { resourceDimensions } from '../../schema/resource-amounts.ts';
import { contradictions } from '../contradictions.ts';
import { finding } from '../finding.ts';
import type { Finding } from '../finding.ts';
import type { Inventory } from '../inventory.ts';
import { dimensions, isProfit, type PlacementProblem } from './problem.ts';
import { reserveImpossible } from './reserve.ts';

/** What can be told without a search: why not all machines can be placed. Null where nothing speaks against it yet, and for profit, where none need be. */
export function impossibleAtOnce(inventory: Inventory, problem: PlacementProblem): Finding | null {
  if (isProfit(problem) || problem.units.length === 0) return null;
  if (problem.hosts.length === 0) return noHost(inventory);
  const reserve = problem.options.reserve === 'one-host' ? reserveImpossible(problem) : null;
  return contradictions(inventory)[0] ?? tooMuch(problem) ?? reserve;
}

/** Rules, demands and hosts that no placement brings together, where they are about machines that a placement for profit leaves out. */
export function clashesAmong(inventory: Inventory, leftOut: ReadonlySet<string>): Finding[] {
  if (leftOut.size === 0) return [];
  if (!inventory.hosts.some(({ state }) => state === 'available')) return [noHost(inventory)];
  return contradictions(inventory).filter(({ virtualMachineIds }) => virtualMachineIds.some((id) => leftOut.has(id)));
}

const noHost = ({ hosts }: Inventory): Finding => finding({ code: 'no-host-available', severity: 'impossible', subject: null, hostIds: hosts.map(({ id }) => id) });

function tooMuch({ units, room, hosts }: PlacementProblem): Finding | null {
  for (const [d, dimension] of resourceDimensions.entries()) {
    const asked = units.reduce((sum, { demand }) => sum + (demand[d] as number), 0);
    const available = hosts.reduce((sum, _, host) => sum + (room[host * dimensions + d] as number), 0);
    if (asked > available) return finding({ code: 'total-too-large', severity: 'impossible', subject: null, dimension, asked, available });
  }
  return null;
}
