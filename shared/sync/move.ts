import { z } from 'zod';

/** Resources are named as their provider names them, within what their provider is called. */
export const provider = z.string().min(1).max(40);
export const key = z.string().min(1).max(300);
const processors = z.int().min(1).max(4096);
const mebibytes = z.int().min(1).max(2 ** 31 - 1);
/** A pool of a distributed file system, with so many placement groups and copies: what is not said is as its cluster makes pools. */
export const poolShape = {
  name: z.string().min(1).regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/), placementGroups: z.int().min(1).max(65_536).optional(), replicas: z.int().min(1).max(20).optional(),
};
/** One change of the real thing. */
export const moveSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('migrate'), provider, machine: key, from: key, to: key }),
  z.strictObject({ kind: z.literal('start'), provider, machine: key }),
  /** Asks the machine to end by itself. */
  z.strictObject({ kind: z.literal('shut-down'), provider, machine: key }),
  z.strictObject({ kind: z.literal('set-processors'), provider, machine: key, processors }),
  z.strictObject({ kind: z.literal('set-memory'), provider, machine: key, memory: mebibytes }),
  z.strictObject({ kind: z.literal('create-pool'), provider, ...poolShape }),
  /** A queue of jobs: its workers end what they have and take nothing new; and the other way round. */
  z.strictObject({ kind: z.literal('pause-queue'), provider, queue: key }),
  z.strictObject({ kind: z.literal('resume-queue'), provider, queue: key }),
  /** All of its jobs that failed: done again, or thrown away. */
  z.strictObject({ kind: z.literal('retry-failed'), provider, queue: key }),
  z.strictObject({ kind: z.literal('remove-failed'), provider, queue: key }),
  /** One job: done again after it failed, thrown away unless it is at work, or due at once instead of later. */
  z.strictObject({ kind: z.literal('retry-job'), provider, queue: key, job: key }),
  z.strictObject({ kind: z.literal('remove-job'), provider, queue: key, job: key }),
  z.strictObject({ kind: z.literal('promote-job'), provider, queue: key, job: key }),
]);
export type Move = z.infer<typeof moveSchema>;
export type MoveKind = Move['kind'];
export type MachineMove = Extract<Move, { machine: string }>;
export type JobMove = Extract<Move, { job: string }>;
export type QueueMove = Exclude<Extract<Move, { queue: string }>, JobMove>;
export const queueMoves = ['pause-queue', 'resume-queue', 'retry-failed', 'remove-failed'] as const satisfies readonly QueueMove['kind'][];
export const jobMoves = ['retry-job', 'remove-job', 'promote-job'] as const satisfies readonly JobMove['kind'][];

/** What a move is about, as its provider calls it. */
export function subjectOf(move: Move): string {
  if ('machine' in move) return move.machine;
  if ('job' in move) return `${move.queue} #${move.job}`;
  return 'queue' in move ? move.queue : move.name;
}
