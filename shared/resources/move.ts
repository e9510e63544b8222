import type { MoveObstacle } from './provider-move.ts';

/** Why a machine moves, the most pressing first; texts are `resources.move.<reason>`. */
export const moveReasons = ['lost', 'drain', 'rule', 'place', 'make-way', 'consolidate', 'balance'] as const;
export type MoveReason = (typeof moveReasons)[number];

export interface Move {
  virtualMachineId: string;
  /** Null where there is nothing to move it from: it is placed nowhere, or its host is gone and it starts anew. */
  from: string | null;
  to: string;
  reason: MoveReason;
  /** MiB to be copied, and how long that takes. */
  memory: number;
  seconds: number;
}

/** A machine that does not come to where it was wanted; texts are `resources.leftOut.<reason>`. */
export interface LeftOut {
  virtualMachineId: string;
  /** Where it stays, and where it was wanted. */
  hostId: string | null;
  wanted: string;
  reason: 'no-room-on-the-way' | 'rule-on-the-way' | 'cooling-down' | 'not-worth-it' | 'no-provider';
  /** With `no-provider`: what is in the way. */
  obstacle?: MoveObstacle;
}
