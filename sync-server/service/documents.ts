import type { DocumentsAnswer } from '../../shared/sync/protocol.ts';
import type { ServiceContext } from './context.ts';
import { chunksOf, marks } from './held.ts';
import type { Json, SyncRequest } from './messages.ts';
import { inScope, joinGrants } from './scope.ts';
import type { Session } from './sessions.ts';
import { documentText, toldColumns, type ToldRow } from './wire.ts';

/** Current documents by name. One that is out of scope and one that was never there are both missing. */
export async function answerDocuments({ database, told }: ServiceContext, session: Session, { refs }: SyncRequest<'documents'>): Promise<Json<DocumentsAnswer>> {
  const found = new Map<string, string>();
  let last = 0;
  for (const chunk of chunksOf([...new Set(refs.map(({ id }) => id))])) {
    const rows = await database.rows<ToldRow & { granted: number | null }>(
      `SELECT ${toldColumns}, g.position AS granted FROM revisions r ${joinGrants}
         WHERE r.organisation_id = ? AND r.document_id IN (${marks(chunk.length)}) AND r.superseded_position IS NULL AND ${inScope}`,
      [session.siteId, session.organisationId, ...chunk],
    );
    for (const row of rows) {
      const position = Math.max(row.position, row.granted ?? 0);
      found.set(`${row.collection} ${row.document_id}`, documentText(row, position));
      last = Math.max(last, position);
    }
  }
  if (last > session.toldPosition) await told.note(session.deviceId, last);
  const unique = new Map(refs.map(({ collection, id }) => [`${collection} ${id}`, { collection, id }]));
  const missing = [...unique].filter(([key]) => !found.has(key)).map(([, ref]) => ref);
  const documents = [...unique.keys()].flatMap((key) => found.get(key) ?? []);
  return `{"documents":[${documents.join()}],"missing":${JSON.stringify(missing)}}`;
}
