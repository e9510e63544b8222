import { subjectOf, type Move } from '../../shared/sync/move.ts';
import type { PlanRunRow, PlanStepRow } from '../database/schema.ts';
import type { Looked, Provider } from '../providers/provider.ts';
import type { ServiceContext } from '../service/context.ts';
import { runUnderWay, stepsOf, updateRun, updateStep } from './run-store.ts';

/**
 * Ends a run whose process died in the middle of it: asks the providers what they show of each step that was begun or done, and
 * writes that down. Nothing is moved: whether to go on or back is for a person to say.
 */
export async function reconcile(context: ServiceContext, organisationId: number, ownHolder: string): Promise<void> {
  const { database } = context;
  const run = await runUnderWay(database, organisationId);
  // On an embedded database there is no other process: whoever held the run before this one is gone.
  const isAlive = run !== undefined && (run.holder_id === ownHolder || (database.kind === 'mysql' && run.held_until > context.now().getTime()));
  if (run === undefined || isAlive) return;
  const mine = await database.change('UPDATE plan_runs SET holder_id = ?, held_until = ? WHERE id = ? AND holder_id = ?', [ownHolder, context.now().getTime(), run.id, run.holder_id]);
  if (mine === 0) return;
  const steps = await stepsOf(database, run.id);
  for (const step of steps.filter((one) => one.state === 'running' || (one.state === 'done' && isLastOfItsMachine(one, steps)))) await judge(context, run, step);
  await updateRun(database, run.id, { state: 'interrupted', ended_at: context.now().getTime() });
}

/** What came of a step whose end nobody saw; or whether one that was done still stands. */
async function judge(context: ServiceContext, { organisation_id, state }: PlanRunRow, step: PlanStepRow): Promise<void> {
  const move = JSON.parse(step.move) as Move;
  const looked = await look(await context.desk.provider(organisation_id, move.provider), move, context.desk.stopped.signal);
  const values = { observed_host: looked?.observedHost ?? null, ended_at: step.ended_at ?? context.now().getTime() };
  if (isOpen(looked)) return void (await updateStep(context.database, step, { ...values, state: 'unknown', error: 'stopped' }));
  if (looked.state === 'after') return void (await updateStep(context.database, step, { ...values, state: 'done', undo_move: step.undo_move ?? undoText(reversed(move)) }));
  if (step.state === 'done') return void (await updateStep(context.database, step, { ...values, state: 'unknown' }));
  await updateStep(context.database, step, { ...values, ...(state === 'rolling-back' ? { state: 'rolled-back' } : { state: 'failed', error: 'stopped' }) });
}

/**
 * After a failure: whether what was done before it still stands. A host that died may have taken it along; one that cannot be
 * asked now leaves it as it was seen last, so that it can still be taken back.
 */
export async function lookAgain({ database, desk }: ServiceContext, organisationId: number, runId: string): Promise<void> {
  const steps = await stepsOf(database, runId);
  for (const step of steps.filter((one) => one.state === 'done' && isLastOfItsMachine(one, steps))) {
    const move = JSON.parse(step.move) as Move;
    const looked = await look(await desk.provider(organisationId, move.provider), move, desk.stopped.signal);
    if (looked !== undefined && looked.state !== 'unanswered' && looked.state !== 'after') await updateStep(database, step, { state: 'unknown', observed_host: looked.observedHost });
  }
}

/** Neither of the two ends of a move is seen. */
export const isOpen = (looked: Looked | undefined): looked is undefined | (Looked & { state: 'neither' | 'unanswered' }) =>
  looked === undefined || looked.state === 'neither' || looked.state === 'unanswered';

/** What a provider shows of a move; undefined where it cannot be asked. */
export async function look(provider: Provider | undefined, move: Move, signal: AbortSignal): Promise<Looked | undefined> {
  try {
    return await provider?.look(move, signal);
  } catch {
    return undefined;
  }
}

/** Of a move whose end nobody saw only the way back of a migration is known. */
export const reversed = (move: Move): Move | null => (move.kind === 'migrate' ? { ...move, from: move.to, to: move.from } : null);

export const undoText = (undo: Move | null): string | null => (undo === null ? null : JSON.stringify(undo));

/** A machine that was moved twice is not where the first move brought it. */
function isLastOfItsMachine(step: PlanStepRow, steps: readonly PlanStepRow[]): boolean {
  const subject = stepSubject(step);
  return !steps.some((later) => later.number > step.number && later.state !== 'waiting' && stepSubject(later) === subject);
}

function stepSubject({ move }: PlanStepRow): string {
  const parsed = JSON.parse(move) as Move;
  return `${parsed.provider} ${parsed.kind} ${subjectOf(parsed)}`;
}
