import type { Status } from '../../scheduling/answer.ts';
import type { Finding } from '../finding.ts';

/** A machine and its host; null where it is placed nowhere. */
export interface PlacedMachine {
  virtualMachineId: string;
  hostId: string | null;
}

/** What a model says of an inventory. Plain data, so that it can be sent and stored. The gap is `gapOf(answer)` of shared/scheduling. */
export interface PlacementAnswer {
  /** `optimal`: the value meets the bound. `stopped`: time was up before a placement was found, which does not mean that there is none. */
  status: Status;
  /** In the unit of the objective; null without a placement. */
  value: number | null;
  /** No placement is better: a lower bound, of profit an upper one. Null where none was found, and where there is no placement. */
  bound: number | null;
  /** A host for every machine (of `profit`, for the chosen ones), in the order of the inventory; null without one. */
  placement: PlacedMachine[] | null;
  /** Where not all could be placed: as many as went in, for `explain`. It keeps every rule, but is no answer. */
  partial: PlacedMachine[] | null;
  /** Of `infeasible`: what makes it impossible. */
  reason: Finding | null;
  foundBy: string;
  provedBy: string;
}
