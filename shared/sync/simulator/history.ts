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
  /** Which action its people like, counted round. */
  liked: number;
  steps: Step[];
}

const weights = {
  /** A workstation goes on with its sync for some effects. */
  run: 100,
  /** Somebody writes. */
  write: 50,
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
  'server-backup': 5,
  'server-restore': 3,
  move: 3,
  revoke: 1,
  /** Somebody sets the clock, up to ten years off. */
  clock: 2,
  upgrade: 2,
  /** Somebody presses "sync now". */
  retry: 5,
} as const;
export type StepKind = keyof typeof weights;

const kinds = Object.keys(weights) as StepKind[];

/** Small ones are for stores that take their time: more of them run in the same minute. */
export type Size = 'whole' | 'small';

/** How many things happen in a `run`. Some go on for a moment, so that others happen in the midst of a sync; some go through. */
export const ticks = [1, 1, 2, 3, 5, 9, 30];
const longRun = ticks.length - 1;

/**
 * A history from its seed. Each likes some kinds of step and leaves out others, and its people have an action they like: what
 * needs many things of one kind to go wrong is met sooner so than by drawing evenly (Groce et al., "Swarm Testing", 2012).
 */
export function historyFrom(seed: number, size: Size = 'whole'): History {
  const random = new Random(seed);
  const small = size === 'small';
  const workstations = small ? 3 : 3 + Math.min(random.below(6), random.below(6));
  const length = small ? 15 + random.below(25) : 30 + random.below(90);
  const liking: Partial<Record<StepKind, number>> = { run: random.of([1, 2]), write: 1 };
  const bag = kinds.flatMap((kind) => Array.from({ length: weights[kind] * (liking[kind] ?? random.of([0, 1, 1, 1, 4])) }, () => kind));
  const steps = Array.from({ length }, () => ({ kind: random.of(bag), workstation: random.below(64), n: random.below(2 ** 31) }));
  return { seed, workstations, liked: random.below(64), steps: [...(random.chance(75) ? beginning(random, workstations) : []), ...steps] };
}

/** Most begin as clinics do: everybody has joined, and knows some patients. */
function beginning(random: Random, workstations: number): Step[] {
  const each = Array.from({ length: workstations }, (_, workstation) => ({ kind: 'run', workstation, n: longRun }) as const);
  const writes = Array.from({ length: 6 }, () => ({ kind: 'write', workstation: random.below(workstations), n: random.below(2 ** 31) }) as const);
  return [...each, ...writes, ...each, ...each];
}
