import type { CallParsed } from '../../shared/contract/index.ts';
import { fail } from '../../shared/errors.ts';
import { byId } from '../../shared/resources/inventory.ts';
import type { Move } from '../../shared/resources/move.ts';
import { providerMove } from '../../shared/resources/provider-move.ts';
import type { PlanRun, ResourceAnswers } from '../../shared/sync/resource-protocol.ts';
import { subjectOf, type Move as ProviderMove } from '../../shared/sync/move.ts';
import type { AuditAction } from '../../shared/schema/audit-entry.ts';
import type { Context } from './context.ts';
import { ask } from './fleet.ts';
import { inventoryOf } from './inventory.ts';
import { isSupposed, planByServer } from './placement-plans.ts';
import { placementRunsKept, type KeptRun } from './placement-runs.ts';

/** The real cloud, through the server. All of these fail with `not-enrolled`, `server-unreachable` or `server-refused`. */
export function listProviders(context: Context): Promise<ResourceAnswers['resources.providers']> {
  return ask(context, 'resources.providers', {});
}

/** Many hosts are asked one after the other, and one that hangs is given up by the server. */
const readingAllowed = 120_000;

export function refreshProvider(context: Context, { provider }: CallParsed<'providers.refresh'>): Promise<ResourceAnswers['resources.refresh']> {
  return ask(context, 'resources.refresh', { provider }, readingAllowed);
}

export function providerSamples(context: Context, wanted: CallParsed<'providers.samples'>): Promise<ResourceAnswers['resources.samples']> {
  return ask(context, 'resources.samples', wanted);
}

export function serverJobs(context: Context, { limit }: CallParsed<'providers.jobs'>): Promise<ResourceAnswers['resources.jobs']> {
  return ask(context, 'resources.jobs', { limit });
}

/** Has the server make those moves of a plan that its providers can make, as `placements.plan` told. Fails too with `job-not-found`, `plan-outdated`, `plan-supposed`, `plan-without-provider` or `plan-run-under-way`. */
export async function beginPlan(context: Context, { jobId, ...wanted }: CallParsed<'plans.begin'>): Promise<{ runId: string }> {
  const { store, actor, workstation } = context;
  const run = placementRunsKept.find(workstation, jobId);
  assertReal(run, context);
  const { moves, leftOut } = planByServer(context, run, wanted);
  if (moves.length === 0) fail({ code: 'plan-without-provider', name: nameOf(run, leftOut[0]) });
  const answer = await ask(context, 'resources.apply', { moves: providerMoves(run, moves) });
  if ('runId' in answer && !('refused' in answer)) {
    store.record({ actor, action: 'plan.begun', count: moves.length });
    return answer;
  }
  if (answer.refused === 'run-under-way') return fail({ code: 'plan-run-under-way' });
  return fail({ code: 'plan-without-provider', name: nameOf(run, moves[answer.move]) });
}

const askAgainAfter = 200;

/** What workers said may name a patient: that somebody read it is noted, and the words are kept nowhere. */
export function queueJobs(context: Context, wanted: CallParsed<'providers.queueJobs'>): Promise<ResourceAnswers['resources.queue-jobs']> {
  if (wanted.withWords === true) context.store.record({ actor: context.actor, action: 'queue.words-read' });
  return ask(context, 'resources.queue-jobs', wanted);
}

/** A queue or one of its jobs. Fails too with `plan-run-under-way` beside another change, or `plan-without-provider`. */
export const changeQueue = (context: Context, move: CallParsed<'providers.changeQueue'> | CallParsed<'providers.changeJob'>): Promise<PlanRun> => makeMove(context, move, 'plan.begun');

/** Fails as {@link changeQueue} does. A name that is there already is refused by the provider: that stands in the run. */
export const createPool = (context: Context, pool: CallParsed<'providers.createPool'>): Promise<PlanRun> => makeMove(context, { ...pool, kind: 'create-pool' }, 'pool.begun');

/** Has one move made, and waits until that has ended. */
async function makeMove(context: Context, move: ProviderMove, action: AuditAction): Promise<PlanRun> {
  const answer = await ask(context, 'resources.apply', { moves: [move] });
  if ('refused' in answer) return fail(answer.refused === 'run-under-way' ? { code: 'plan-run-under-way' } : { code: 'plan-without-provider', name: subjectOf(move) });
  context.store.record({ actor: context.actor, action, count: 1 });
  for (;;) {
    const { run } = await ask(context, 'resources.run', { runId: answer.runId });
    if (run !== null && run.state !== 'running') return run;
    await new Promise((resolve) => setTimeout(resolve, askAgainAfter));
  }
}

function assertReal({ whatIf, present }: KeptRun, { store }: Context): void {
  if (isSupposed(whatIf)) fail({ code: 'plan-supposed' });
  const now = inventoryOf(store);
  if (present.virtualMachines !== now.virtualMachines || present.hosts !== now.hosts) fail({ code: 'plan-outdated' });
}

const nameOf = ({ inventory }: KeptRun, move: Pick<Move, 'virtualMachineId'> | undefined): string => inventory.virtualMachines.find(({ id }) => id === move?.virtualMachineId)?.name ?? '';

/** Moves in the provider's own names. A machine moves within one provider. */
function providerMoves(run: KeptRun, moves: readonly Move[]): ProviderMove[] {
  const machines = byId(run.inventory.virtualMachines);
  const hosts = byId(run.inventory.hosts);
  return moves.map((move) => providerMove(machines.get(move.virtualMachineId), hosts.get(move.from ?? ''), hosts.get(move.to)) ?? fail({ code: 'plan-without-provider', name: nameOf(run, move) }));
}

export async function planRun(context: Context, { runId }: CallParsed<'plans.run'>): Promise<PlanRun | null> {
  return (await ask(context, 'resources.run', runId === undefined ? {} : { runId })).run;
}

export async function stopPlan(context: Context, { runId }: CallParsed<'plans.stop'>): Promise<null> {
  await ask(context, 'resources.stop', { runId });
  context.store.record({ actor: context.actor, action: 'plan.stopped' });
  return null;
}

/** Fails too with `plan-run-under-way`, or `job-not-found` where nothing was done. */
export async function rollBackPlan(context: Context, { runId }: CallParsed<'plans.rollBack'>): Promise<{ runId: string }> {
  const answer = await ask(context, 'resources.roll-back', { runId });
  if ('refused' in answer) return fail({ code: answer.refused === 'run-under-way' ? 'plan-run-under-way' : 'job-not-found' });
  context.store.record({ actor: context.actor, action: 'plan.rolled-back' });
  return answer;
}
