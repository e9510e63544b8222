import { z } from 'zod';
import { idSchema, instantSchema } from '../schema/document.ts';
import { jobStates, type PlanRun, type ResourceAnswers } from '../sync/resource-protocol.ts';
import { jobMoves, poolShape, queueMoves } from '../sync/move.ts';
import { call } from './call.ts';
import { nothing } from './page.ts';
import { ofPlan } from './placements.ts';

const provider = z.string().min(1).max(40);
const run = z.strictObject({ runId: idSchema });

const queue = z.string().min(1).max(300);

/** What reads and changes the real cloud: all of it is the server's, and fails with `not-enrolled`, `server-unreachable` or `server-refused` without one. */
export const providerCalls = {
  'providers.list': call('resource.manage', nothing)<ResourceAnswers['resources.providers']>(),
  /** Has the server look again and write what it sees into the inventory. */
  'providers.refresh': call('resource.manage', z.strictObject({ provider }))<ResourceAnswers['resources.refresh']>(),
  'providers.samples': call(
    'resource.manage',
    z.strictObject({ provider, keys: z.array(z.string().min(1).max(300)).min(1).max(1000), from: instantSchema, to: instantSchema, sum: z.boolean().optional() }),
  )<ResourceAnswers['resources.samples']>(),
  /** The server's own jobs, as planned by the task model and as they went. */
  'providers.jobs': call('resource.manage', z.strictObject({ limit: z.int().min(1).max(1000) }))<ResourceAnswers['resources.jobs']>(),
  /** Changes one queue of a provider and answers how that went. Fails with `plan-run-under-way` beside another change, or `plan-without-provider`. */
  'providers.changeQueue': call('resource.manage', z.strictObject({ provider, queue, kind: z.enum(queueMoves) }))<PlanRun>(),
  /** Makes a storage pool and answers how that went; taken back by nobody, for what was put into it since would be lost. Fails as `providers.changeQueue` does. */
  'providers.createPool': call('resource.manage', z.strictObject({ provider, ...poolShape }))<PlanRun>(),
  /** Single jobs of a queue, read now and kept nowhere; `failure` where the provider did not answer. `withWords`: with what workers said of those that failed, which may name a patient and is noted in the audit. */
  'providers.queueJobs': call('resource.manage', z.strictObject({ provider, queue, state: z.enum(jobStates), limit: z.int().min(1).max(1000), withWords: z.boolean().optional() }))<ResourceAnswers['resources.queue-jobs']>(),
  /** Changes one of them, as `providers.changeQueue` does a queue. */
  'providers.changeJob': call('resource.manage', z.strictObject({ provider, queue, job: z.string().min(1).max(300), kind: z.enum(jobMoves) }))<PlanRun>(),
  /** Has the server carry out a model's plan, as far as `byServer` of the plan says. Fails with `plan-outdated`, `plan-supposed`, `plan-without-provider` or `plan-run-under-way`. */
  'plans.begin': call('resource.manage', z.strictObject(ofPlan))<{ runId: string }>(),
  /** Without `runId` the last one; null where there was none. */
  'plans.run': call('resource.manage', z.strictObject({ runId: idSchema.optional() }))<PlanRun | null>(),
  /** No further move; the one under way is brought to its end. */
  'plans.stop': call('resource.manage', run)<null>(),
  /** Takes back what was done, the last move first. Fails with `plan-run-under-way`, or `job-not-found` where nothing was done. */
  'plans.rollBack': call('resource.manage', run)<{ runId: string }>(),
};
