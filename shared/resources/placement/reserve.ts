import { resourceDimensions } from '../../schema/resource-amounts.ts';
import { finding } from '../finding.ts';
import type { Finding } from '../finding.ts';
import { dimensions, type Assignment, type PlacementProblem } from './problem.ts';
import { hostOrder } from './greedy.ts';
import { PlacementState } from './state.ts';

/**
 * Whether, after the loss of any one host, its machines fit on the others while those stay as they are. Checked by finding
 * a place for each, largest first, best fit (first fit among more than 200 hosts), with every rule kept: sufficient, not necessary, since where this finds none
 * a cleverer order might. A placement that fails here is not offered as one with a reserve.
 */
export function survivesAnyLoss(problem: PlacementProblem, hostOf: Assignment): boolean {
  const state = new PlacementState(problem, hostOf);
  const order = hostOrder(problem);
  return problem.hosts.every((_, host) => survives(state, host, order));
}

const sizeOf = (state: PlacementState, index: number, host: number) =>
  state.unit(index).demand.reduce((most, amount, d) => Math.max(most, amount / Math.max(1, state.problem.room[host * dimensions + d] as number)), 0);

function survives(state: PlacementState, host: number, order: Int32Array): boolean {
  const lost = [...(state.on[host] ?? [])].sort((a, b) => sizeOf(state, b, host) - sizeOf(state, a, host) || a - b);
  const at = new Map<number, number>();
  for (const index of lost) state.take(index);
  for (const index of lost) {
    const to = tightest(state, index, host, order);
    if (to < 0) break;
    state.put(index, to);
    at.set(index, to);
  }
  for (const index of at.keys()) state.take(index);
  for (const index of lost) state.put(index, host);
  return at.size === lost.length;
}

/** The host other than the lost one that a unit leaves least room on; −1 where none has room. */
function tightest(state: PlacementState, index: number, lost: number, order: Int32Array): number {
  const { free, problem } = state;
  const unit = state.unit(index);
  const candidates = unit.allowed ?? order;
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let at = 0; at < candidates.length; at += 1) {
    const host = candidates[at] as number;
    if (host === lost || !state.fits(unit, host)) continue;
    let left = 0;
    for (let d = 0; d < dimensions; d += 1) left += (free[host * dimensions + d] as number) / Math.max(1, problem.room[host * dimensions + d] as number);
    if (left < least) [best, least] = [host, left];
    // In a large cloud the first hosts with room will do: all that counts is that there is one.
    if (order.length > 200 && best >= 0) break;
  }
  return best;
}

/** Why no placement of all machines can survive the loss of some host: one of them is pinned to it alone, or the others are too small in sum. */
export function reserveImpossible({ hosts, room, units, machines }: PlacementProblem): Finding | null {
  for (const { allowed, machines: members } of units) {
    const only = allowed?.length === 1 ? hosts[allowed[0] as number] : undefined;
    if (only === undefined) continue;
    const ids = members.flatMap((index) => machines[index]?.id ?? []);
    return finding({ code: 'reserve-pinned', severity: 'impossible', subject: { collection: 'virtualMachines', id: ids[0] ?? '' }, virtualMachineIds: ids, hostIds: [only.id] });
  }
  for (const [d, dimension] of resourceDimensions.entries()) {
    const rooms = hosts.map((_, host) => room[host * dimensions + d] as number);
    const asked = units.reduce((sum, { demand }) => sum + (demand[d] as number), 0);
    const largest = rooms.reduce((best, each, host) => (each > (rooms[best] as number) ? host : best), 0);
    const available = rooms.reduce((sum, each) => sum + each, 0) - (rooms[largest] ?? 0);
    const host = hosts[largest];
    if (host !== undefined && asked > available) return finding({ code: 'reserve-too-small', severity: 'impossible', subject: { collection: 'hosts', id: host.id }, hostIds: [host.id], dimension, asked, available });
  }
  return null;
}

/** The same problem with hosts that may be filled to a part only, so that what is left out is there for what is lost. */
export function withMargin(problem: PlacementProblem, part: number): PlacementProblem {
  return { ...problem, room: problem.room.map((amount) => Math.floor(amount * part)) };
}

/** Parts of the hosts to try, from all down to one half: with n equal hosts 1 − 1/n is what the volume asks for. */
export function partsToTry(hosts: number): number[] {
  return [0.5, 1, 1.5, 2, 3].map((times) => 1 - times / hosts).filter((part) => part >= 0.5).concat(0.5);
}
