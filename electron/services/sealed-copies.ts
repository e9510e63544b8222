import { chunkCount } from '../../shared/attachments/attachment.ts';
import type { CallParsed } from '../../shared/contract/index.ts';
import type { Job } from '../../shared/contract/job.ts';
import { fail } from '../../shared/errors.ts';
import { sealedCopyFormat, type SealedCopy, type SealedStatement } from '../../shared/record-room/sealed-copy.ts';
import type { DocumentMeta } from '../../shared/schema/document.ts';
import { canonicalText } from '../../shared/sync/canonical.ts';
import type { ChartContents } from '../../shared/record-room/completeness.ts';
import { readChunk } from '../storage/attachments/bytes.ts';
import { readDocumentReference } from '../storage/attachments/documents.ts';
import { contentHash, openChart, sealables } from './closed-charts.ts';
import type { Context } from './context.ts';
import { contentOf, visibleDocument } from './documents.ts';
import { keepExport, newTextFile } from './export-files.ts';
import { aboutChart, archivedOf } from './record-room.ts';
import { sealPublicKey, signSeal, withSealKey } from './seal-key.ts';
import { currentSite } from './sites.ts';

/** Writes a sealed chart out as a signed file, with the patient, the problems and the allergies as they are now. Fails with `not-found`. */
export function exportSealedCopy(context: Context, { id }: CallParsed<'recordRoom.exportCopy'>): Job {
  if (archivedOf(context, id) === undefined) fail({ code: 'not-found', collection: 'archivedCharts' });
  const keep = keepExport(context);
  return context.jobs.start('export', async (job) => keep(job.id, await newTextFile(JSON.stringify(writeSealedCopy(context, id), null, 1))), context.user.id);
}

/** Fails with `not-found` or, where a picture is on another workstation only, `attachment-not-here`. */
export function writeSealedCopy(context: Context, id: string): SealedCopy {
  const { store, actor, user } = context;
  const archived = archivedOf(context, id) ?? fail({ code: 'not-found', collection: 'archivedCharts' });
  const documents = documentsOf(context, openChart(context, id).contents, archived.patientId);
  const attachments = attachmentsOf(context, documents);
  const publicKey = sealPublicKey(store.connection);
  const site = currentSite(context);
  const statement: SealedStatement = {
    chart: { id, rev: archived.rev, content: contentOf(archived) },
    exportedAt: store.now().toISOString(), exportedByName: user.displayName, organisationName: site.organisationName, siteName: site.name,
    documents: documents.map(({ collection, id: documentId, rev, content }) => ({ collection, id: documentId, rev, hash: contentHash(content) })),
    attachments: Object.keys(attachments), publicKey,
  };
  const keys = withSealKey(site, publicKey);
  // The key stands on the site before a file that it signed leaves the clinic.
  store.commit({ actor, action: 'chart.exported', about: aboutChart(archived), count: documents.length }, (transaction) => {
    if (keys !== undefined) transaction.update('sites', site.id, { ...contentOf(site), ...keys }, { over: site.rev });
  });
  return { format: sealedCopyFormat, version: 1, statement, signature: signSeal(store.connection, canonicalText(statement)), documents, attachments };
}

const toCopied = (collection: string, document: DocumentMeta): SealedCopy['documents'][number] =>
  ({ collection, id: document.id, rev: document.rev, updatedAt: document.updatedAt, content: contentOf(document) });

function documentsOf(context: Context, contents: ChartContents, patientId: string): SealedCopy['documents'] {
  return [
    toCopied('patients', visibleDocument(context, 'patients', patientId)),
    ...sealables(contents).map(({ collection, document }) => toCopied(collection, document)),
    ...contents.conditions.map((condition) => toCopied('conditions', condition)),
    ...contents.allergyIntolerances.map((allergy) => toCopied('allergyIntolerances', allergy)),
  ];
}

function attachmentsOf({ store }: Context, documents: SealedCopy['documents']): Record<string, string> {
  const { connection } = store;
  const references = documents.filter(({ collection }) => collection === 'documentReferences');
  return Object.fromEntries(references.map(({ id, content }) => {
    const { hash, size } = content['attachment'] as { hash: string; size: number };
    if (readDocumentReference(connection, id, false)?.isHere !== true) fail({ code: 'attachment-not-here' });
    const chunks = Array.from({ length: chunkCount(size) }, (_, number) => readChunk(connection, hash, number) ?? fail({ code: 'attachment-not-here' }));
    return [hash, Buffer.concat(chunks).toString('base64')];
  }));
}
