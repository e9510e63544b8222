import { z } from 'zod';
import { calendarDaySchema, idSchema, instantSchema } from '../schema/document.ts';
import type { ResourceCollection } from '../schema/resource.ts';
import { automationMessageSchemas, type AutomationAnswers } from './automation-protocol.ts';
import { key, moveSchema, provider, type Move, type MoveKind } from './move.ts';

/**
 * What an admin asks of the real cloud, through the server's providers: the part of admin-protocol.ts whose messages begin with
 * `resources.`. It takes an actor whose role grants `resource.manage`. Resources are named as their provider names them
 * (`providerKey` of a document), so that a plan means the same whatever was edited since.
 */
const actor = { actorId: idSchema };
const run = z.strictObject({ ...actor, runId: idSchema });

/**
 * Why a provider did not do what it was asked.
 * - `not-installed`: its program is not on the server. `unreachable`: what the program speaks to does not answer.
 * - `timeout`: no answer in time; what was asked may have happened. `died`: the program ended in the middle; the same holds.
 * - `unreadable`: it answered nonsense, none of which was believed.
 * - `not-permitted`, `not-found`, `refused`: the program said so. `not-supported`: it cannot do this at all.
 * - `not-where-expected`: the machine is not where the move says; nothing was done.
 * - `left-in-two-places`: a move broke off and could not be taken back; a person has to look.
 * - `stopped`: the server was stopped.
 */
export const providerErrorCodes = [
  'not-installed', 'unreachable', 'timeout', 'died', 'unreadable', 'not-permitted', 'not-found', 'refused', 'not-supported', 'not-where-expected', 'left-in-two-places', 'stopped',
] as const;
export type ProviderErrorCode = (typeof providerErrorCodes)[number];

/** A resource as its provider sees it. */
export interface Observation {
  collection: ResourceCollection;
  providerKey: string;
  /** Fields that the provider vouches for, amounts one by one; what it does not name stays as people wrote it. */
  facts: Record<string, unknown>;
  /** What a resource begins with that nobody has described yet. */
  defaults: Record<string, unknown>;
  /** Field → the resource of the same provider that it refers to; null: none. */
  references: Partial<Record<'hostId' | 'virtualMachineId' | 'computeNodeId', { collection: ResourceCollection; providerKey: string } | null>>;
}

/** A queue of jobs, all of which are counted; `meanSeconds`: what its newest jobs took, null before any has ended. */
export interface QueueStatus {
  name: string;
  isPaused: boolean;
  /** Delayed ones among them. */
  waiting: number;
  active: number;
  failed: number;
  workers: number;
  meanSeconds: number | null;
}

export const jobStates = ['failed', 'waiting', 'delayed', 'active', 'completed'] as const;
export type JobState = (typeof jobStates)[number];

/** One job of a queue, without what it was asked to do and what it answered: both may speak of patients. */
export interface QueuedJob {
  id: string;
  name: string;
  /** How often it was begun. */
  attempts: number;
  queuedAt: string;
  /** Of a delayed one: when it is due. */
  dueAt: string | null;
  startedAt: string | null;
  endedAt: string | null;
  /** The first line of what its worker said, at most 150 characters; null unless it was asked for. */
  failure: string | null;
}

export interface ObservedInventory {
  observations: Observation[];
  /** Of a provider that has any. */
  queues?: QueueStatus[];
  /** Hosts that did not answer: what is on them is not known to be gone. */
  unreachable: { providerKey: string; code: ProviderErrorCode }[];
}

/** Processors in use, MiB of memory, GiB of disk, Mbit/s of network; of a database its open connections, queries a second, and the share of its reads that memory answered (%); of a queue its jobs that wait, are at work and have failed. */
export const sampleMetrics = ['cpu', 'memory', 'disk', 'bandwidth', 'connections', 'queries', 'cacheHits', 'waiting', 'active', 'failed'] as const;
export type SampleMetric = (typeof sampleMetrics)[number];

export const runStates = ['running', 'done', 'failed', 'stopped', 'interrupted', 'rolling-back', 'rolled-back'] as const;
/** `interrupted`: the server ended in the middle; each step then says what its provider has shown since. */
export type RunState = (typeof runStates)[number];
/** `unknown`: begun, and nobody can say what became of it; or done, and the provider shows something else now. */
export type StepState = 'waiting' | 'running' | 'done' | 'failed' | 'unknown' | 'rolled-back';

export interface RunStep {
  move: Move;
  state: StepState;
  error: ProviderErrorCode | null;
  /** Where the provider showed the machine afterwards, by the host's key; null: not asked, or nowhere. */
  observedHost: string | null;
  /** The program's own words, at most 4,000 characters. */
  output: string;
  startedAt: string | null;
  endedAt: string | null;
}

export interface PlanRun {
  runId: string;
  state: RunState;
  actorId: string;
  startedAt: string;
  endedAt: string | null;
  /** The step that is being done or taken back; the first one is 0. */
  steps: RunStep[];
}

export interface ProviderStatus {
  name: string;
  /** `untried`: not asked since the server's start. `partly`: some hosts did not answer. */
  state: 'untried' | 'ready' | 'partly' | 'failing';
  lastSuccessAt: string | null;
  lastError: { code: ProviderErrorCode; at: string } | null;
  unreachable: ObservedInventory['unreachable'];
  /** Moves that it can make. */
  moves: MoveKind[];
  /** As last read. */
  queues?: QueueStatus[];
}

/** A job of the server itself, as it was planned and as it went. */
export interface JobRow {
  jobId: string;
  kind: string;
  state: 'waiting' | 'running' | 'done' | 'failed';
  queuedAt: string;
  /** Index of the worker, and when it was to begin and end, by the last plan before it began; null: not planned yet. */
  planned: { worker: number; startAt: string; endAt: string } | null;
  actual: { worker: number; startedAt: string; endedAt: string | null } | null;
}

export const resourceMessageSchemas = {
  'resources.providers': z.strictObject(actor),
  /** The inventory as it is now, written nowhere. */
  'resources.observe': z.strictObject({ ...actor, provider }),
  /** The same, written into the organisation's documents. */
  'resources.refresh': z.strictObject({ ...actor, provider }),
  'resources.samples': z.strictObject({ ...actor, provider, keys: z.array(key).min(1).max(1000), from: instantSchema, to: instantSchema, sum: z.boolean().optional() }),
  /** Jobs of a queue in one state: those that failed or ended last first, the others as they will be done. What workers said of those that failed only `withWords`: it may name a patient. */
  'resources.queue-jobs': z.strictObject({ ...actor, provider, queue: key, state: z.enum(jobStates), limit: z.int().min(1).max(1000), withWords: z.boolean().optional() }),
  /** Begins a run: the moves one after the other, and no further after one that failed. One at a time in an organisation. */
  'resources.apply': z.strictObject({ ...actor, moves: z.array(moveSchema).min(1).max(10_000) }),
  /** Without `runId` the last one. */
  'resources.run': z.strictObject({ ...actor, runId: idSchema.optional() }),
  /** No further move; the one under way is brought to its end. */
  'resources.stop': run,
  /** Takes back what a run has done, the last move first. */
  'resources.roll-back': run,
  /** The server's own jobs, the newest first, and the workers they run on. */
  'resources.jobs': z.strictObject({ ...actor, limit: z.int().min(1).max(1000) }),
  'resources.job-result': z.strictObject({ ...actor, jobId: idSchema }),
  /** Queues one. A usage report is about one day in UTC; a digest check counts again what the server holds. */
  'resources.add-job': z.strictObject({ ...actor, job: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('usage-report'), provider, day: calendarDaySchema }), z.strictObject({ kind: z.literal('digest-check') }),
  ]) }),
  ...automationMessageSchemas,
} as const;

export interface ResourceAnswers extends AutomationAnswers {
  'resources.providers': { providers: ProviderStatus[]; now: string };
  'resources.observe': { failure: ProviderErrorCode } | ({ observedAt: string } & ObservedInventory);
  /** Counts of documents; `refused`: what the provider said of them is not possible. `vanished`: it no longer shows them. */
  'resources.refresh': { failure: ProviderErrorCode } | { observedAt: string; created: number; updated: number; unchanged: number; vanished: number; refused: number };
  /** With `sum` one series for each metric, of all keys together and without a key. Points are [milliseconds since 1970, mean over `resolution` seconds from there]; 0: single measurements. */
  'resources.samples': { series: { providerKey: string; metric: SampleMetric; resolution: number; points: [at: number, value: number][] }[] };
  'resources.queue-jobs': { failure: ProviderErrorCode } | { jobs: QueuedJob[]; total: number };
  'resources.apply': { runId: string } | { refused: 'run-under-way'; runId: string } | { refused: 'unknown-provider' | 'not-supported'; move: number };
  'resources.run': { run: PlanRun | null };
  'resources.stop': Record<string, never>;
  'resources.roll-back': { runId: string } | { refused: 'run-under-way'; runId: string } | { refused: 'nothing-to-roll-back' };
  'resources.jobs': { workers: number; jobs: JobRow[] };
  /** A report is CSV, a check JSON (`{documents, differing}`); null until it is done. */
  'resources.job-result': { job: JobRow; result: string | null };
  'resources.add-job': { jobId: string };
}
