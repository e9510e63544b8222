import type { PlanRun } from '../../shared/sync/resource-protocol.ts';
import type { Move } from '../../shared/sync/move.ts';
import type { Queries } from '../database/index.ts';
import type { PlanRunRow, PlanStepRow } from '../database/schema.ts';
import { insertAll } from '../service/flush.ts';

/** A process that carries a run out says so again and again; one that was silent this long is dead. */
export const heldFor = 30_000;
const outputKept = 4000;

/** Two plans at once would move the same machines: the row of the organisation is locked until this one is in the table. */
export async function lockOrganisation(queries: Queries, organisationId: number): Promise<void> {
  await queries.change('UPDATE counters SET names_version = names_version WHERE organisation_id = ?', [organisationId]);
}

export const lastRun = async (queries: Queries, organisationId: number, runId?: string): Promise<PlanRunRow | undefined> => {
  const runs = queries.kysely.selectFrom('plan_runs').selectAll().where('organisation_id', '=', organisationId);
  return (runId === undefined ? runs.orderBy('started_at', 'desc').orderBy('id', 'desc') : runs.where('id', '=', runId)).limit(1).executeTakeFirst();
};

export const runUnderWay = (queries: Queries, organisationId: number): Promise<PlanRunRow | undefined> =>
  queries.kysely.selectFrom('plan_runs').selectAll().where('organisation_id', '=', organisationId).where('state', 'in', ['running', 'rolling-back']).limit(1).executeTakeFirst();

export const stepsOf = (queries: Queries, runId: string): Promise<PlanStepRow[]> =>
  queries.kysely.selectFrom('plan_steps').selectAll().where('run_id', '=', runId).orderBy('number').execute();

export async function insertRun(queries: Queries, run: PlanRunRow, moves: readonly Move[]): Promise<void> {
  await queries.kysely.insertInto('plan_runs').values(run).execute();
  const rows = moves.map((move, number) => [run.id, number, JSON.stringify(move), 'waiting', '']);
  await insertAll(queries, 'plan_steps', ['run_id', 'number', 'move', 'state', 'output'], rows);
}

export const updateRun = (queries: Queries, runId: string, values: Partial<PlanRunRow>) => queries.kysely.updateTable('plan_runs').set(values).where('id', '=', runId).execute();

export const updateStep = (queries: Queries, { run_id, number }: Pick<PlanStepRow, 'run_id' | 'number'>, { output, ...values }: Partial<PlanStepRow>) =>
  queries.kysely.updateTable('plan_steps').set({ ...values, ...(output !== undefined && { output: output.slice(0, outputKept) }) }).where('run_id', '=', run_id).where('number', '=', number).execute();

const instant = (at: number | null) => (at === null ? null : new Date(at).toISOString());

export const wireRun = (run: PlanRunRow, steps: readonly PlanStepRow[]): PlanRun => ({
  runId: run.id, state: run.state, actorId: run.actor_id, startedAt: new Date(run.started_at).toISOString(), endedAt: instant(run.ended_at),
  steps: steps.map((step) => ({
    move: JSON.parse(step.move) as Move, state: step.state, error: step.error, observedHost: step.observed_host, output: step.output,
    startedAt: instant(step.started_at), endedAt: instant(step.ended_at),
  })),
});
