import { attachmentSchema } from '../../shared/schema/document-reference.ts';
import type { DocumentRef } from '../../shared/sync/protocol.ts';
import type { Queries } from '../database/index.ts';
import type { AttachmentReferenceRow } from '../database/schema.ts';
import { meantBy } from './aliases.ts';
import { chunksOf, marks } from './held.ts';
import { isPatient, type Landing } from './landing.ts';

export const collection = 'documentReferences';

/** The bytes that a document's content names; undefined where it names none. */
export function attachmentIn(content: Readonly<Record<string, unknown>> | null | undefined): { hash: string; size: number } | undefined {
  return attachmentSchema.safeParse(content?.['attachment']).data;
}

type Reference = Omit<AttachmentReferenceRow, 'organisation_id'>;
interface Bytes {
  holder_id: string;
  hash: string;
}

/** Notes which bytes the versions of a push name, and takes those away that nothing names since it purged. */
export async function noteLanded(queries: Queries, organisationId: number, { versions, purged, carrierId }: Landing): Promise<void> {
  const named = versions.filter((version) => version.collection === collection && isPatient(version.compartment)).flatMap(({ id, compartment, content, position, ordinal }): Reference[] => {
    const attachment = attachmentIn(content);
    return attachment === undefined ? [] : [{ document_id: id, holder_id: compartment, carried_by: carrierId, position, ordinal, ...attachment }];
  });
  await noteReferences(queries, organisationId, named);
  for (const { document_id, hash, holder_id } of named) await giveFromQuarantine(queries, organisationId, { document_id, hash, holder_id });
  await forgetDocuments(queries, organisationId, purged);
}

/** What a revoked workstation handed over to a restored server may be the only bytes of a document that another one brings back. */
async function giveFromQuarantine(queries: Queries, organisationId: number, { document_id, hash, holder_id }: Bytes & { document_id: string }): Promise<void> {
  const [whole] = await queries.rows<Bytes>(
    `SELECT q.holder_id AS holder_id, q.hash AS hash FROM attachment_references q
       JOIN attachments a ON a.organisation_id = q.organisation_id AND a.holder_id = q.holder_id AND a.hash = q.hash AND a.complete = 1
       WHERE q.organisation_id = ? AND q.document_id = ? AND q.hash = ? AND q.holder_id = q.carried_by AND EXISTS (
         SELECT 1 FROM epochs e WHERE e.organisation_id = q.organisation_id AND e.number > 1) LIMIT 1`,
    [organisationId, document_id, hash],
  );
  if (whole !== undefined) await giveTo(queries, organisationId, whole, holder_id);
}

export async function noteReferences(queries: Queries, organisationId: number, references: readonly Reference[]): Promise<void> {
  const insert = queries.kind === 'mysql' ? 'INSERT IGNORE' : 'INSERT OR IGNORE';
  for (const { document_id, hash, holder_id, size, carried_by, position, ordinal } of references) {
    await queries.change(
      `${insert} INTO attachment_references (organisation_id, document_id, hash, holder_id, size, carried_by, position, ordinal) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      [organisationId, document_id, hash, holder_id, size, carried_by, position, ordinal],
    );
    await queries.change(`${insert} INTO attachments (organisation_id, holder_id, hash, size, chunks, complete) VALUES (?, ?, ?, ?, 0, 0)`, [organisationId, holder_id, hash, size]);
  }
}

/** Purged means purged: bytes that only these documents named go too, also what was refused of them. */
async function forgetDocuments(queries: Queries, organisationId: number, purged: readonly DocumentRef[]): Promise<void> {
  const documents = purged.filter((document) => document.collection === collection);
  if (documents.length === 0) return;
  const gone = new Set(documents.map(({ id }) => id));
  const { ids, by } = await meantBy(queries, organisationId, documents);
  for (const chunk of chunksOf(ids)) {
    const named = await queries.rows<Bytes & { document_id: string; carried_by: string }>(
      `SELECT document_id, hash, holder_id, carried_by FROM attachment_references WHERE organisation_id = ? AND document_id IN (${marks(chunk.length)})`,
      [organisationId, ...chunk],
    );
    for (const { document_id, carried_by, ...bytes } of named) {
      const isGone = bytes.holder_id === carried_by ? (await by(carried_by))({ collection, id: document_id }) : gone.has(document_id);
      if (!isGone) continue;
      for (const table of ['attachment_references', 'upstream_attachments']) {
        await queries.change(`DELETE FROM ${table} WHERE organisation_id = ? AND document_id = ? AND hash = ? AND holder_id = ?`, [organisationId, document_id, bytes.hash, bytes.holder_id]);
      }
      await dropUnnamed(queries, organisationId, bytes);
    }
  }
}

async function dropUnnamed(queries: Queries, organisationId: number, { holder_id, hash }: Bytes): Promise<void> {
  const key = [organisationId, holder_id, hash];
  const which = 'organisation_id = ? AND holder_id = ? AND hash = ?';
  const [named] = await queries.rows(`SELECT document_id FROM attachment_references WHERE ${which} LIMIT 1`, key);
  if (named !== undefined) return;
  for (const table of ['attachment_chunks', 'attachments']) await queries.change(`DELETE FROM ${table} WHERE ${which}`, key);
}

/** What a device sent of documents that were refused and are taken now: their bytes go over to the patient whose they are. */
export async function takeOver(queries: Queries, organisationId: number, deviceId: string, documentIds: readonly string[]): Promise<void> {
  for (const chunk of chunksOf([...new Set(documentIds)])) {
    const rows = await queries.rows<Bytes & { documentId: string; patientId: string | null }>(
      `SELECT q.document_id AS documentId, q.holder_id AS holder_id, q.hash AS hash, r.holder_id AS patientId FROM attachment_references q
         LEFT JOIN aliases al ON al.organisation_id = q.organisation_id AND al.collection = '${collection}' AND al.id = q.document_id
           AND al.holder_id IN (SELECT s.site_id FROM device_sites s WHERE s.device_id = q.holder_id)
         LEFT JOIN attachment_references r ON r.organisation_id = q.organisation_id AND r.document_id = COALESCE(al.alias, q.document_id) AND r.hash = q.hash
           AND r.holder_id <> q.holder_id AND r.holder_id <> r.carried_by
         WHERE q.organisation_id = ? AND q.holder_id = ? AND q.document_id IN (${marks(chunk.length)})`,
      [organisationId, deviceId, ...chunk],
    );
    // To all of them before any is dropped: one who has been at two sites may have two aliases for the document.
    for (const { patientId, ...bytes } of rows) if (patientId !== null) await giveTo(queries, organisationId, bytes, patientId);
    for (const { documentId, ...bytes } of rows) {
      await queries.change('DELETE FROM attachment_references WHERE organisation_id = ? AND document_id = ? AND hash = ? AND holder_id = ?', [organisationId, documentId, bytes.hash, bytes.holder_id]);
      await dropUnnamed(queries, organisationId, bytes);
    }
  }
}

/** Copied and not moved: another refused document may name them too. What the patient has whole stays as it is. */
export async function giveTo(queries: Queries, organisationId: number, { holder_id, hash }: Bytes, patientId: string): Promise<void> {
  const read = 'SELECT chunks, size, complete FROM attachments WHERE organisation_id = ? AND holder_id = ? AND hash = ?';
  const [from] = await queries.rows<{ chunks: number; size: number; complete: number }>(read, [organisationId, holder_id, hash]);
  const [to] = await queries.rows<{ complete: number }>(read, [organisationId, patientId, hash]);
  if (from === undefined || to === undefined || from.complete === 0 || to.complete === 1) return;
  await queries.change('DELETE FROM attachment_chunks WHERE organisation_id = ? AND holder_id = ? AND hash = ?', [organisationId, patientId, hash]);
  await queries.change(
    `INSERT INTO attachment_chunks (organisation_id, holder_id, hash, number, bytes)
       SELECT organisation_id, ?, hash, number, bytes FROM attachment_chunks WHERE organisation_id = ? AND holder_id = ? AND hash = ?`,
    [patientId, organisationId, holder_id, hash],
  );
  await queries.change('UPDATE attachments SET size = ?, chunks = ?, complete = 1 WHERE organisation_id = ? AND holder_id = ? AND hash = ?', [from.size, from.chunks, organisationId, patientId, hash]);
}

/**
 * A restored server above may have lost bytes that it once had: what is whole here, of one patient or of all, goes when it says that it has it,
 * or wants none.
 */
export async function keepUntilAsked(queries: Queries, organisationId: number, patientId: string | null = null): Promise<void> {
  const insert = queries.kind === 'mysql' ? 'INSERT IGNORE' : 'INSERT OR IGNORE';
  await queries.change(
    `${insert} INTO upstream_attachments (organisation_id, document_id, hash, holder_id) SELECT r.organisation_id, r.document_id, r.hash, r.holder_id FROM attachment_references r
       JOIN attachments a ON a.organisation_id = r.organisation_id AND a.holder_id = r.holder_id AND a.hash = r.hash AND a.complete = 1
       WHERE r.organisation_id = ? AND r.holder_id <> r.carried_by AND (? IS NULL OR r.holder_id = ?)`,
    [organisationId, patientId, patientId],
  );
}

/**
 * A patient's bytes, whose documents left this server, unless they have still to go to the one that it follows: some that are whole, or some that
 * a workstation of this server has yet to send. That named its document here and has been told that it came; nobody else has the bytes. To a
 * restored server the document may have come back from above first.
 */
export async function forgetUnneeded(queries: Queries, organisationId: number, holderId: string): Promise<void> {
  const of = [organisationId, holderId];
  const [needed] = await queries.rows(
    `SELECT holder_id FROM upstream_attachments WHERE organisation_id = ? AND holder_id = ? UNION ALL
       SELECT r.holder_id FROM attachment_references r JOIN attachments a ON a.organisation_id = r.organisation_id AND a.holder_id = r.holder_id AND a.hash = r.hash AND a.complete = 0
         WHERE r.organisation_id = ? AND r.holder_id = ? AND (EXISTS (SELECT 1 FROM devices d WHERE d.id = r.carried_by) OR EXISTS (
           SELECT 1 FROM epochs e WHERE e.organisation_id = r.organisation_id AND e.number > 1)) LIMIT 1`,
    [...of, ...of],
  );
  if (needed !== undefined) return;
  for (const table of ['attachment_chunks', 'attachments', 'attachment_references']) {
    await queries.change(`DELETE FROM ${table} WHERE organisation_id = ? AND holder_id = ?`, of);
  }
}
