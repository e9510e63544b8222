import { fail } from '../../shared/errors.ts';
import type { CollectionName } from '../../shared/schema/collections.ts';
import { mayFollowSealed, type Content } from '../../shared/sync/policies.ts';
import { isSealable, sealingCollection } from '../../shared/sync/seals.ts';
import type { Connection } from './connection.ts';
import { statement } from './statements.ts';

/** Whether a chart was sealed with this document, or it is such a chart itself. */
export function isSealedDocument(connection: Connection, collection: string, id: string): boolean {
  if (collection === sealingCollection) return true;
  if (!isSealable(collection)) return false;
  return statement(connection, 'SELECT 1 FROM sealed_documents WHERE document_id = @id AND collection = @collection').get({ id, collection }) !== undefined;
}

interface Version {
  content: Content;
  deleted: boolean;
}

/** What is sealed is amended, and changed in no other way. Fails with `chart-sealed`. */
export function assertSealKept(connection: Connection, { collection, id }: { collection: CollectionName; id: string }, before: Version, after: Version): void {
  if (isSealedDocument(connection, collection, id) && !mayFollowSealed(collection, before, after)) fail({ code: 'chart-sealed' });
}

/** Nothing is added to a chart that is sealed: what is new is another visit's. Fails with `chart-sealed`. */
export function assertChartOpen(connection: Connection, content: object): void {
  const { encounterId, medicalRecordId } = content as { encounterId?: unknown; medicalRecordId?: unknown };
  if (typeof encounterId === 'string' && isSealedDocument(connection, 'encounters', encounterId)) fail({ code: 'chart-sealed' });
  if (typeof medicalRecordId === 'string' && isSealedDocument(connection, 'medicalRecords', medicalRecordId)) fail({ code: 'chart-sealed' });
}
