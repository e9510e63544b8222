import type { CallParsed } from '../../shared/contract/index.ts';
import { fail } from '../../shared/errors.ts';
import { sealedCopySchema, type SealedCopy, type Verification, type VerificationProblem } from '../../shared/record-room/sealed-copy.ts';
import { canonicalText } from '../../shared/sync/canonical.ts';
import { hashOf } from '../storage/attachments/bytes.ts';
import { listSites } from '../storage/record-room.ts';
import { contentHash } from './closed-charts.ts';
import type { Context } from './context.ts';
import { appendToUpload, bytesOfUpload, closeUpload, openUpload } from './open-uploads.ts';
import { archivedOf } from './record-room.ts';
import { isSignedWith } from './seal-key.ts';

export const beginVerify = (context: Context, { size }: CallParsed<'recordRoom.beginVerify'>): { uploadId: string } => ({ uploadId: openUpload(context, size) });

export function appendVerify(context: Context, { uploadId, base64 }: CallParsed<'recordRoom.appendVerify'>): null {
  appendToUpload(context, uploadId, Buffer.from(base64, 'base64'));
  return null;
}

/** Verifies a file that was sent. Fails with `file-not-sealed-copy` or `attachment-lost`. */
export function verifySealedCopy(context: Context, { uploadId }: CallParsed<'recordRoom.verify'>): Verification {
  const { workstation, actor } = context;
  const text = Buffer.from(bytesOfUpload(context, uploadId)).toString('utf8');
  closeUpload(context);
  const copy = parse(text);
  const verification = verify(context, copy);
  const { patientId } = copy.statement.chart.content;
  // Told of a patient who is here only: whoever brings a file may bring any id.
  if (context.store.get('patients', patientId) !== undefined) workstation.audit({ actor, action: 'chart.verified', about: { collection: 'archivedCharts', documentId: copy.statement.chart.id, patientId } });
  return verification;
}

function parse(text: string): SealedCopy {
  try {
    const parsed = sealedCopySchema.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return fail({ code: 'file-not-sealed-copy' });
}

type Problem = Verification['problems'][number];

/** What was altered in a copy since it was signed, by name, and whether who signed it is known here. */
function verify(context: Context, copy: SealedCopy): Verification {
  const { statement, documents } = copy;
  const { exportedAt, exportedByName, organisationName, siteName, chart } = statement;
  const problems = [...signatureProblems(context, copy), ...documentProblems(copy), ...attachmentProblems(copy), ...sealProblems(context, copy)];
  const patient = documents.find(({ collection }) => collection === 'patients')?.content['name'];
  return {
    genuine: problems.length === 0, problems, exportedAt, exportedByName, organisationName, siteName,
    patientName: typeof patient === 'string' ? patient : '', kind: chart.content.kind, period: chart.content.period, documents: documents.length,
  };
}

function signatureProblems({ store }: Context, { statement, signature }: SealedCopy): Problem[] {
  if (!isSignedWith(statement.publicKey, canonicalText(statement), signature)) return [{ problem: 'statement-altered' }];
  const isKnown = listSites(store.connection).some(({ sealKeys = [] }) => sealKeys.includes(statement.publicKey));
  return isKnown ? [] : [{ problem: 'unknown-key' }];
}

function documentProblems({ statement, documents }: SealedCopy): Problem[] {
  const named = (problem: VerificationProblem, { collection, id }: { collection: string; id: string }, content?: Record<string, unknown>): Problem => ({ problem, collection, id, ...titled(content) });
  const keyOf = ({ collection, id, rev }: { collection: string; id: string; rev: string }) => `${collection} ${id} ${rev}`;
  const signed = new Map(statement.documents.map((document) => [keyOf(document), document]));
  const present = new Set(documents.map(keyOf));
  return [
    ...documents.flatMap((document) => {
      const expected = signed.get(keyOf(document));
      if (expected === undefined) return [named('added', document, document.content)];
      return contentHash(document.content) === expected.hash ? [] : [named('altered', document, document.content)];
    }),
    ...statement.documents.filter((document) => !present.has(keyOf(document))).map((document) => named('missing', document)),
  ];
}

/** Texts by which people name documents, in the order in which they are looked for. */
function titled(content: Record<string, unknown> | undefined): { title?: string } {
  const concepts = ['code', 'medicationCodeableConcept', 'vaccineCode'].map((field) => (content?.[field] as { text?: unknown } | undefined)?.text);
  const title = [content?.['name'], content?.['chiefComplaint'], content?.['title'], ...concepts, content?.['reason']].find((text) => typeof text === 'string');
  return typeof title === 'string' ? { title } : {};
}

function attachmentProblems({ statement, attachments }: SealedCopy): Problem[] {
  return statement.attachments.flatMap((hash): Problem[] => {
    const bytes = attachments[hash];
    if (bytes === undefined) return [{ problem: 'attachment-missing' }];
    return hashOf(Buffer.from(bytes, 'base64')) === hash ? [] : [{ problem: 'attachment-altered' }];
  });
}

/** Where the chart is here, its seal says what was in it: a file that was put together and signed anew does not pass for it. */
function sealProblems(context: Context, { statement }: SealedCopy): Problem[] {
  const { id, rev, content } = statement.chart;
  const archived = archivedOf(context, id);
  if (archived === undefined || archived.rev !== rev || canonicalText(archived.entry) === canonicalText(content.entry)) return [];
  return [{ problem: 'not-as-sealed' }];
}
