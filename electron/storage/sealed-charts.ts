import { fail } from '../../shared/errors.ts';
import type { CollectionName } from '../../shared/schema/collections.ts';
import { mayFollowSealed } from '../../shared/sync/policies.ts';
import type { Content } from '../../shared/sync/content.ts';
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

const charts = { encounterId: 'encounters', medicalRecordId: 'medicalRecords' } as const;

/** The field by which a new document says that it is of a chart that is sealed; undefined where it is of none. */
export const fieldOfSealed = (connection: Connection, content: object): string | undefined =>
  Object.entries(charts).find(([field, collection]) => {
    const id = (content as Record<string, unknown>)[field];
    return typeof id === 'string' && isSealedDocument(connection, collection, id);
  })?.[0];

/** Nothing is added to a chart that is sealed: what is new is another visit's. Fails with `chart-sealed`. */
export function assertChartOpen(connection: Connection, content: object): void {
  if (fieldOfSealed(connection, content) !== undefined) fail({ code: 'chart-sealed' });
}
