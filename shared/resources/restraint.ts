import type { Inventory } from './inventory.ts';
import type { LeftOut, MoveReason } from './move.ts';
import type { VirtualMachine } from '../schema/virtual-machine.ts';

/** Against ping-pong: what moved a short time ago rests, and small gains are not worth a move. */
export interface Restraint {
  /** Now, an instant. */
  now: string;
  /** Seconds for which a machine rests after a move; 0: not at all. */
  coolDown: number;
  /** When machines were moved last, instants by their ids. */
  lastMoves: Readonly<Record<string, string>>;
  /** The objective's value as things are (null where a rule is broken or a machine placed nowhere) and as wanted. */
  before: number | null;
  after: number | null;
  /** The least gain that is worth moving for, as a share of the value before: 0.05 is five percent. */
  threshold: number;
}

export const noRestraint: Restraint = { now: '1970-01-01T00:00:00.000Z', coolDown: 0, lastMoves: {}, before: null, after: null, threshold: 0 };

/** What must be done is done whatever it gains and however soon. */
const optional: ReadonlySet<MoveReason> = new Set(['consolidate', 'balance']);

/** Whether the gain of a plan reaches the threshold; one from a state without a value always does. */
export function isWorthMoving({ before, after, threshold }: Restraint): boolean {
  if (before === null || after === null) return true;
  return Math.abs(before - after) >= threshold * Math.max(1, Math.abs(before));
}

const cooling = (id: string, { now, coolDown, lastMoves }: Restraint): boolean => {
  const last = lastMoves[id];
  return last !== undefined && Date.parse(now) - Date.parse(last) < coolDown * 1000;
};

/** Machines that stay although they are wanted elsewhere, and why. Where one of an affinity group rests, all of it that may stay does. */
export function restingMachines({ virtualMachines }: Inventory, wishes: readonly { machine: VirtualMachine; reason: MoveReason }[], restraint: Restraint): Map<string, LeftOut['reason']> {
  const worth = isWorthMoving(restraint);
  const groups = new Set(virtualMachines.filter(({ id, affinityGroup }) => affinityGroup !== undefined && cooling(id, restraint)).map(({ affinityGroup }) => affinityGroup));
  const resting = new Map<string, LeftOut['reason']>();
  for (const { machine, reason } of wishes) {
    if (!optional.has(reason)) continue;
    if (!worth) resting.set(machine.id, 'not-worth-it');
    else if (cooling(machine.id, restraint) || (machine.affinityGroup !== undefined && groups.has(machine.affinityGroup))) resting.set(machine.id, 'cooling-down');
  }
  return resting;
}
