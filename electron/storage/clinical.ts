import type { Page } from '../../shared/contract/page.ts';
import type { ClinicalCollection } from '../../shared/schema/clinical.ts';
import { collections, type StoredDocument } from './collections.ts';
import type { Connection } from './connection.ts';
import { documentColumns, toDocument, type DocumentRow } from './documents.ts';
import { ofPatient } from './linked-patients.ts';
import type { Window } from './medical-records.ts';
import { statement } from './statements.ts';

export interface ClinicalFilter {
  patientId: string;
  status?: string;
  /** Of observations. */
  category?: string | undefined;
  code?: string | undefined;
  serviceRequestId?: string | undefined;
  groupIdentifier?: string;
}

const columns = {
  patientId: 'patient_id', status: 'status', category: 'category', code: 'code', serviceRequestId: 'service_request_id', groupIdentifier: `content ->> '$.groupIdentifier'`,
} as const satisfies Record<keyof ClinicalFilter, string>;

/** With what was written of the entries that a patient stands for. */
function conditionsOf(connection: Connection, filter: ClinicalFilter): { where: string; values: Record<string, string> } {
  const given = Object.entries(filter).filter((entry): entry is [keyof ClinicalFilter, string] => entry[1] !== undefined);
  const { where: patient, values } = ofPatient(connection, filter.patientId);
  const where = given.map(([field]) => (field === 'patientId' ? patient : `${columns[field]} = @${field}`)).join(' AND ');
  return { where, values: { ...Object.fromEntries(given), ...values } };
}

/** A patient's documents of one kind, newest first by the time that they tell of; deleted ones are left out. */
export function listClinical<Name extends ClinicalCollection>(connection: Connection, collection: Name, filter: ClinicalFilter, window: Window): StoredDocument<Name>[] {
  const { where, values } = conditionsOf(connection, filter);
  const { offset, limit } = window;
  return statement<DocumentRow>(
    connection,
    `SELECT ${documentColumns} FROM ${collections[collection].table} WHERE ${where} AND deleted = 0
     ORDER BY time DESC, position DESC LIMIT @limit OFFSET @offset`,
  )
    .all({ ...values, offset, limit })
    .map((row) => toDocument<Name>(row));
}

export function pageOfClinical<Name extends ClinicalCollection>(
  connection: Connection, collection: Name, filter: ClinicalFilter, window: Window,
): Page<StoredDocument<Name>> {
  const { where, values } = conditionsOf(connection, filter);
  const sql = `SELECT count(*) AS total FROM ${collections[collection].table} WHERE ${where} AND deleted = 0`;
  const total = statement<{ total: number }>(connection, sql).get(values)?.total ?? 0;
  return { rows: listClinical(connection, collection, filter, window), total };
}

/** When anything of a kind was last written on a patient; undefined where nothing ever was. */
export function lastWritten(connection: Connection, table: string, patientId: string, category?: string): string | undefined {
  const { where, values } = ofPatient(connection, patientId);
  const sql = `SELECT max(updated_at) AS at FROM ${table} WHERE ${where} AND deleted = 0${category === undefined ? '' : ' AND category = @category'}`;
  return statement<{ at: string | null }>(connection, sql).get({ ...values, ...(category !== undefined && { category }) })?.at ?? undefined;
}

/** The kinds of observation of a category that a patient has, latest first. */
export function latestCodes(connection: Connection, { patientId, category }: { patientId: string; category: string }, limit: number): string[] {
  const { where, values } = ofPatient(connection, patientId);
  return statement<{ code: string }>(
    connection,
    `SELECT code FROM observations WHERE ${where} AND category = @category AND deleted = 0 AND code IS NOT NULL
     GROUP BY code ORDER BY max(time) DESC LIMIT @limit`,
  )
    .all({ ...values, category, limit })
    .map(({ code }) => code);
}
