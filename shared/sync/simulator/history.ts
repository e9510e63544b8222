import { Random } from './random.ts';

/** Something that happens; `n` is what chance decides it by, so that leaving other steps out changes nothing about this one. */
export interface Step {
  kind: StepKind;
  /** Which workstation, counted round. */
  workstation: number;
  n: number;
}

export interface History {
  seed: number;
  workstations: number;
  steps: Step[];
}

const weights = {
  /** A workstation goes on with its sync for some effects. */
  run: 100,
  /** Somebody writes. */
  write: 42,
  /** Time passes: a second, or weeks. */
  pass: 16,
  /** The line of a workstation is cut, or comes back. */
  line: 9,
  /** Something happens to its next message: lost, its answer lost, repeated, late, refused for now. */
  disturb: 16,
  /** A message that was thought lost arrives after all. */
  deliver: 6,
  /** The program or the machine dies and starts again. */
  crash: 7,
  backup: 3,
  /** The workstation's disk is replaced by its last backup. */
  restore: 3,
  /** A copy of the whole workstation is put to work beside it. */
  clone: 2,
  'server-backup': 4,
  'server-restore': 2,
  move: 2,
  revoke: 1,
  /** Somebody sets the clock, up to ten years off. */
  clock: 2,
  upgrade: 2,
  /** Somebody presses "sync now". */
  retry: 5,
} as const;
export type StepKind = keyof typeof weights;

const kinds = Object.keys(weights) as StepKind[];
const bag = kinds.flatMap((kind) => Array.from({ length: weights[kind] }, () => kind));

/** A history from its seed. Some are short, so that the common cases are met often and shrink well. */
export function historyFrom(seed: number): History {
  const random = new Random(seed);
  const workstations = 3 + random.below(6);
  const length = 30 + random.below(90);
  const steps = Array.from({ length }, () => ({ kind: random.of(bag), workstation: random.below(64), n: random.below(2 ** 31) }));
  return { seed, workstations, steps };
}
