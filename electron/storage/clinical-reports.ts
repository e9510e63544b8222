import type { Page } from '../../shared/contract/page.ts';
import type { StoredDocument } from './collections.ts';
import type { Connection } from './connection.ts';
import { documentColumns, toDocument, type DocumentRow } from './documents.ts';
import { statement } from './statements.ts';

/** Those about the latest times first. */
export function listClinicalReports(connection: Connection, { offset, limit }: { offset: number; limit: number }): Page<StoredDocument<'clinicalReports'>> {
  const rows = statement<DocumentRow>(connection, `SELECT ${documentColumns} FROM clinical_reports WHERE deleted = 0 ORDER BY until DESC, position DESC LIMIT @limit OFFSET @offset`).all({ offset, limit });
  const total = statement(connection, 'SELECT count(*) FROM clinical_reports WHERE deleted = 0').pluck().get({}) as number;
  return { rows: rows.map((row) => toDocument<'clinicalReports'>(row)), total };
}
