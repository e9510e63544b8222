import { automationSettingsSchema, defaultAutomation, type AutomationSettings } from '../../shared/resources/automation.ts';
import type { Trouble } from '../../shared/resources/health.ts';
import type { Alarm, LookOutcome, Proposal, ProposalContent } from '../../shared/sync/automation-protocol.ts';
import type { Queries } from '../database/index.ts';
import type { AlarmRow, ProposalRow } from '../database/schema.ts';

const proposalsShown = 30;
const pastAlarmsShown = 50;
/** How long what is over is kept. */
const keptFor = 90 * 24 * 3600_000;
const instant = (at: number | null) => (at === null ? null : new Date(at).toISOString());

export interface KeptAutomation {
  settings: AutomationSettings;
  lookAt: number | null;
  outcome: LookOutcome | null;
}

/** Off, with the settings that it would begin with, until somebody writes them. */
export async function readAutomation({ kysely }: Queries, organisationId: number): Promise<KeptAutomation> {
  const row = await kysely.selectFrom('automations').selectAll().where('organisation_id', '=', organisationId).executeTakeFirst();
  if (row === undefined) return { settings: defaultAutomation, lookAt: null, outcome: null };
  return { settings: automationSettingsSchema.parse(JSON.parse(row.settings)), lookAt: row.look_at, outcome: row.outcome };
}

async function ensureRow({ kysely }: Queries, organisationId: number): Promise<void> {
  const row = await kysely.selectFrom('automations').select('organisation_id').where('organisation_id', '=', organisationId).executeTakeFirst();
  if (row === undefined) await kysely.insertInto('automations').values({ organisation_id: organisationId, settings: JSON.stringify(defaultAutomation), look_at: null, outcome: null }).execute();
}

export async function writeSettings(queries: Queries, organisationId: number, settings: AutomationSettings): Promise<void> {
  await ensureRow(queries, organisationId);
  await queries.kysely.updateTable('automations').set({ settings: JSON.stringify(settings) }).where('organisation_id', '=', organisationId).execute();
}

/** Whether the look at `now` is this server's to take: of several on one database that saw the same last one, one is. */
export async function claimLook(queries: Queries, organisationId: number, { lookAt }: KeptAutomation, now: number): Promise<boolean> {
  await ensureRow(queries, organisationId);
  return (await queries.change('UPDATE automations SET look_at = ? WHERE organisation_id = ? AND (look_at = ? OR (look_at IS NULL AND ? IS NULL))', [now, organisationId, lookAt, lookAt])) === 1;
}

export const noteOutcome = (queries: Queries, organisationId: number, outcome: LookOutcome) => queries.change('UPDATE automations SET outcome = ? WHERE organisation_id = ?', [outcome, organisationId]);

export const insertProposal = ({ kysely }: Queries, row: ProposalRow) => kysely.insertInto('proposals').values(row).execute();

export const waitingProposals = ({ kysely }: Queries, organisationId: number): Promise<ProposalRow[]> =>
  kysely.selectFrom('proposals').selectAll().where('organisation_id', '=', organisationId).where('state', '=', 'waiting').execute();

export const proposalRow = ({ kysely }: Queries, organisationId: number, id: string): Promise<ProposalRow | undefined> =>
  kysely.selectFrom('proposals').selectAll().where('organisation_id', '=', organisationId).where('id', '=', id).executeTakeFirst();

/** Whether the proposal was still waiting, and is decided by this: two admins may answer at once. */
export async function decideProposal({ kysely }: Queries, id: string, values: Pick<ProposalRow, 'state' | 'decided_at' | 'decided_by'>): Promise<boolean> {
  const { numUpdatedRows } = await kysely.updateTable('proposals').set(values).where('id', '=', id).where('state', '=', 'waiting').executeTakeFirst();
  return numUpdatedRows === 1n;
}

export const updateProposal = ({ kysely }: Queries, id: string, values: Partial<ProposalRow>) => kysely.updateTable('proposals').set(values).where('id', '=', id).execute();

export const proposalContent = ({ content }: Pick<ProposalRow, 'content'>) => JSON.parse(content) as ProposalContent;

export async function readProposals({ kysely }: Queries, organisationId: number): Promise<Proposal[]> {
  const rows = await kysely.selectFrom('proposals').selectAll().where('organisation_id', '=', organisationId).orderBy('created_at', 'desc').orderBy('id', 'desc').limit(proposalsShown).execute();
  return rows.map((row) => ({
    ...proposalContent(row), proposalId: row.id, state: row.state, createdAt: new Date(row.created_at).toISOString(), decidedAt: instant(row.decided_at), decidedBy: row.decided_by, runId: row.run_id,
  }));
}

export const openAlarms = ({ kysely }: Queries, organisationId: number): Promise<AlarmRow[]> =>
  kysely.selectFrom('alarms').selectAll().where('organisation_id', '=', organisationId).where('cleared_at', 'is', null).execute();

export const insertAlarm = ({ kysely }: Queries, row: AlarmRow) => kysely.insertInto('alarms').values(row).execute();
export const updateAlarm = ({ kysely }: Queries, id: string, values: Partial<AlarmRow>) => kysely.updateTable('alarms').set(values).where('id', '=', id).execute();

/** Whether there was such an alarm that nobody had seen. */
export async function acknowledgeAlarm({ kysely }: Queries, organisationId: number, id: string, values: Pick<AlarmRow, 'acknowledged_at' | 'acknowledged_by'>): Promise<boolean> {
  const { numUpdatedRows } = await kysely.updateTable('alarms').set({ ...values, state: 'acknowledged' })
    .where('organisation_id', '=', organisationId).where('id', '=', id).where('state', '=', 'raised').executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Those that are open first, then the latest. */
export async function readAlarms({ kysely }: Queries, organisationId: number): Promise<Alarm[]> {
  const all = kysely.selectFrom('alarms').selectAll().where('organisation_id', '=', organisationId);
  const open = await all.where('cleared_at', 'is', null).orderBy('raised_at', 'desc').orderBy('id').execute();
  const past = await all.where('cleared_at', 'is not', null).orderBy('cleared_at', 'desc').orderBy('id').limit(pastAlarmsShown).execute();
  return [...open, ...past].map((row): Alarm => ({
    ...(JSON.parse(row.content) as Trouble), alarmId: row.id, state: row.state, raisedAt: new Date(row.raised_at).toISOString(),
    acknowledgedAt: instant(row.acknowledged_at), acknowledgedBy: row.acknowledged_by, clearedAt: instant(row.cleared_at),
  }));
}

/** Throws away what has been over for long. */
export async function thinAutomation(queries: Queries, now: number): Promise<void> {
  await queries.change('DELETE FROM alarms WHERE cleared_at < ?', [now - keptFor]);
  await queries.change('DELETE FROM proposals WHERE decided_at < ?', [now - keptFor]);
}
