import type { CollectionName } from '../../../shared/schema/collections.ts';
import { clinicalCollections } from '../../../shared/schema/clinical.ts';
import { collections } from '../collections.ts';
import { isRoot, rootCollections } from '../../../shared/sync/scope.ts';
import type { DocumentRow } from '../documents.ts';
import { removeFromSearchIndex } from '../search-index.ts';
import { statement } from '../statements.ts';
import { forgetOnServer, type Work } from './arrivals.ts';
import { isUnsent } from './change-sets.ts';
import { forgetFetch } from './fetches.ts';
import { toldCollections } from './documents.ts';
import { keepUntilAsked } from './transfers.ts';

/** Where the documents of a compartment are, and the column that names its root: what is not listed stays when a patient leaves. */
export const compartment: readonly { collection: CollectionName; column: 'patient_id' | 'referral_id' | 'shared_chart_id' | 'id' }[] = [
  { collection: 'medicalRecords', column: 'patient_id' },
  { collection: 'documentReferences', column: 'patient_id' },
  { collection: 'documentReferences', column: 'shared_chart_id' },
  ...clinicalCollections.map((collection) => ({ collection, column: 'patient_id' as const })),
  { collection: 'appointments', column: 'patient_id' },
  { collection: 'encounters', column: 'patient_id' },
  { collection: 'favourites', column: 'patient_id' },
  { collection: 'archivedCharts', column: 'patient_id' },
  { collection: 'chartLoans', column: 'patient_id' },
  ...(['communications', 'careTasks', 'conflicts'] as const).flatMap((collection) => (['patient_id', 'referral_id'] as const).map((column) => ({ collection, column }))),
  { collection: 'conflicts', column: 'shared_chart_id' },
  ...rootCollections.map((collection) => ({ collection, column: 'id' as const })),
];

const pendingSets = 'SELECT change_seq FROM outbox UNION ALL SELECT change_seq FROM quarantine';

/** Whether anything that was written on this patient here has not reached the server. */
function hasPendingWork({ connection }: Work, patientId: string): boolean {
  return compartment.some(({ collection, column }) => {
    const { table } = collections[collection];
    const sql = `SELECT 1 FROM ${table} AS d WHERE d.${column} = @patientId AND (d.change_seq IN (${pendingSets})
      OR EXISTS (SELECT 1 FROM revisions AS r WHERE r.collection = '${collection}' AND r.document_id = d.id AND r.change_seq IN (${pendingSets})))`;
    return statement(connection, sql).get({ patientId }) !== undefined;
  });
}

/** Takes a patient's documents off this workstation; where work on them waits, as soon as that has been sent. */
export function withdraw(work: Work, patientId: string): void {
  const waits = hasPendingWork(work, patientId);
  for (const { collection, column } of compartment) {
    const { table } = collections[collection];
    const rows = statement<DocumentRow>(work.connection, `SELECT * FROM ${table} WHERE ${column} = ?`).all(patientId);
    // What waits is in no digest: the server's digests of this scope do not count it.
    for (const row of rows) (waits ? forgetOnServer : drop)(work, collection, row);
  }
  if (waits) statement(work.connection, 'INSERT INTO withdrawals (patient_id) VALUES (?) ON CONFLICT DO NOTHING').run(patientId);
  else keepInScope(work, patientId);
}

/** Takes off a document that the server does not have for this workstation, unless it never had it. */
export function dropMissing(work: Work, collection: CollectionName, row: DocumentRow): void {
  if (row.server_rev === null || isUnsent(work.connection, row.change_seq)) return;
  if (isRoot(collection)) withdraw(work, row.id);
  else drop(work, collection, row);
}

/** A patient who left the scope is in it again. */
export function keepInScope({ connection }: Work, patientId: string): void {
  statement(connection, 'DELETE FROM withdrawals WHERE patient_id = ?').run(patientId);
}

/** Goes on with the withdrawals that waited for unsent work. */
export function resumeWithdrawals(work: Work): void {
  const waiting = statement(work.connection, 'SELECT patient_id FROM withdrawals').pluck().all() as string[];
  for (const patientId of waiting) withdraw(work, patientId);
}

/** After the last page of a snapshot: what it did not tell, and what stood at or before its place, is not in scope. */
export function dropUntold(work: Work, snapshotNumber: number, at: number): void {
  const untold = (collection: CollectionName, more = '') =>
    statement<DocumentRow & { patient_id?: string | null; referral_id?: string | null; shared_chart_id?: string | null }>(
      work.connection,
      `SELECT * FROM ${collections[collection].table} WHERE snapshot_number IS NOT @snapshotNumber AND server_position <= @at ${more}`,
    ).all({ snapshotNumber, at });
  for (const root of rootCollections) for (const { id } of untold(root)) withdraw(work, id);
  const waiting = new Set(statement(work.connection, 'SELECT patient_id FROM withdrawals').pluck().all() as string[]);
  for (const collection of toldCollections.filter((name) => !isRoot(name))) {
    for (const row of untold(collection, `AND change_seq NOT IN (${pendingSets})`)) {
      if (!waiting.has(row.patient_id ?? row.referral_id ?? row.shared_chart_id ?? '')) drop(work, collection, row);
    }
  }
}

function drop({ connection, tally, touched }: Work, collection: CollectionName, row: DocumentRow): void {
  if (collection === 'documentReferences') keepUntilAsked(connection, row.id);
  statement(connection, `DELETE FROM ${collections[collection].table} WHERE position = ?`).run(row.position);
  statement(connection, 'DELETE FROM revisions WHERE collection = ? AND document_id = ?').run(collection, row.id);
  forgetFetch(connection, { collection, id: row.id });
  if (collection === 'patients' && row.deleted === 0) removeFromSearchIndex(connection, row);
  tally.count(collection, row.id, row.server_rev, null);
  touched.add(collection);
}
