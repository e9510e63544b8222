import type { Draft, DraftContent } from '../../shared/schema/draft.ts';
import type { Connection } from './connection.ts';
import { documentColumns, toDocument, type DocumentRow } from './documents.ts';
import { statement } from './statements.ts';

/** A user's drafts, the one saved last first. */
export function listDrafts(connection: Connection, userId: string): Draft[] {
  return statement<DocumentRow>(
    connection,
    `SELECT ${documentColumns} FROM drafts WHERE user_id = @userId ORDER BY updated_at DESC, position DESC`,
  ).all({ userId }).map((row) => toDocument<'drafts'>(row));
}

/** The draft of one form: this user's, of this kind, key and patient. */
export function findDraft(
  connection: Connection,
  { userId, kind, key, patientId }: Pick<DraftContent, 'userId' | 'kind' | 'key' | 'patientId'>,
): Draft | undefined {
  const row = statement<DocumentRow>(
    connection,
    `SELECT ${documentColumns} FROM drafts WHERE user_id = @userId AND content ->> '$.kind' = @kind
       AND content ->> '$.key' = @key AND content ->> '$.patientId' IS @patientId`,
  ).get({ userId, kind, key, patientId: patientId ?? null });
  return row && toDocument<'drafts'>(row);
}
