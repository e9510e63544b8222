import type { DocumentRef } from '../../shared/sync/protocol.ts';
import { withoutPurged } from '../../shared/sync/purged.ts';
import type { Queries } from '../database/index.ts';
import { meantBy, readAliases } from './aliases.ts';
import { chunksOf, marks } from './held.ts';
import type { Carrier } from './sessions.ts';

interface Named extends DocumentRef {
  deviceId: string;
  changeSetId: string;
}

const nameOf = ({ collection, id }: DocumentRef) => `${collection} ${id}`;

/** Purged means purged: what was refused keeps nothing of these documents either, nor of what clashed in them. */
export async function wipeQuarantined(queries: Queries, organisationId: number, purged: readonly DocumentRef[]): Promise<void> {
  const { ids, by } = await meantBy(queries, organisationId, purged);
  const entries = new Map<string, Named & { isMeant: (ref: DocumentRef) => boolean }>();
  for (const chunk of chunksOf(ids)) {
    const rows = await queries.rows<Named>(
      `SELECT d.device_id AS deviceId, d.change_set_id AS changeSetId, d.collection AS collection, d.document_id AS id FROM quarantined_documents d
         WHERE d.organisation_id = ? AND d.document_id IN (${marks(chunk.length)})`,
      [organisationId, ...chunk],
    );
    for (const row of rows) {
      const isMeant = await by(row.deviceId);
      if (isMeant(row)) entries.set(`${row.deviceId} ${row.changeSetId}`, { ...row, isMeant });
    }
  }
  for (const { deviceId, changeSetId, isMeant } of entries.values()) {
    const key = [organisationId, deviceId, changeSetId];
    const [kept] = await queries.rows<{ content: string }>('SELECT content FROM quarantine WHERE organisation_id = ? AND device_id = ? AND change_set_id = ?', key);
    const content = JSON.stringify(withoutPurged(JSON.parse((kept as { content: string }).content) as unknown, isMeant));
    await queries.change('UPDATE quarantine SET content = ?, size = ? WHERE organisation_id = ? AND device_id = ? AND change_set_id = ?', [content, content.length, ...key]);
  }
}

/** Of documents that a refused change set names in its sender's words, those that are purged. */
export async function readPurged(queries: Queries, { organisationId, ...sender }: Carrier, refs: readonly DocumentRef[]): Promise<(ref: DocumentRef) => boolean> {
  const aliases = await readAliases(queries, { organisationId, ...sender });
  const gone = new Set<string>();
  for (const chunk of chunksOf([...new Set(refs.map(({ collection, id }) => aliases.idOf(collection, id)))])) {
    const rows = await queries.rows<DocumentRef>(
      `SELECT collection AS collection, document_id AS id FROM revisions
         WHERE organisation_id = ? AND document_id IN (${marks(chunk.length)}) AND superseded_position IS NULL AND content IS NULL`,
      [organisationId, ...chunk],
    );
    for (const row of rows) gone.add(nameOf(row));
  }
  return ({ collection, id }) => gone.has(nameOf({ collection, id: aliases.idOf(collection, id) }));
}
