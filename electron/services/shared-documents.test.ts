import { expect, test } from 'vitest';
import type { AttachmentsAnswer } from '../../shared/sync/attachments.ts';
import type { WireDocument } from '../../shared/sync/protocol.ts';
import { codeOf } from '../../shared/testing/error-of.ts';
import { hashOf } from '../storage/attachments/bytes.ts';
import { writeMeta } from '../storage/meta.ts';
import { StoreReplica } from '../storage/replica/replica.ts';
import { statement } from '../storage/statements.ts';
import type { Context } from './context.ts';
import { appendUpload, beginUpload, createDocument, deleteDocument, documentExported, listDocuments, openDocument, readDocument } from './document-references.ts';
import { createPatient } from './patients.ts';
import { acceptReferral, endSharing, openSharedChart, sendReferral } from './referrals.ts';
import { countParts } from './shared-charts.ts';
import { auditTrail, openClinic, patientInput } from './testing/clinic.ts';

const letter = { kind: 'referral', priority: 'routine', reason: 'Innocent murmur?', parts: ['documentReferences'], days: 30 } as const;
const picture = Buffer.from('A tracing of the heart\n');
const window = { offset: 0, limit: 10 };

/** Two sites on one store: which of them the workstation belongs to is turned over, as if all had been sent meanwhile. */
async function twoSites() {
  const clinic = await openClinic();
  const doctor = clinic.context('doctor');
  const { store } = doctor;
  const here = store.siteId as string;
  const there = store.commit({ actor: doctor.actor, action: 'clinic.updated' }, (transaction) => transaction.create('sites', { organisationName: 'Test Group', name: 'Lake Clinic', departments: [] })).id;
  const at = (siteId: string) => writeMeta(store.connection, 'siteId', siteId);
  const { id: patientId } = createPatient(doctor, { patient: patientInput });
  const original = attach(doctor, patientId);
  return { clinic, doctor, store, here, there, at, patientId, original };
}

function attach(context: Context, patientId: string) {
  const { uploadId } = beginUpload(context, { size: picture.length });
  appendUpload(context, { uploadId, base64: picture.toString('base64') });
  return createDocument(context, { uploadId, patientId, content: { title: 'ECG', type: 'other', date: '2026-03-01' } });
}
const sent = (doctor: Context, patientId: string, recipientSiteId: string, over: object = {}) => sendReferral(doctor, { ...letter, parts: [...letter.parts], patientId, recipientSiteId, ...over });
const textOf = (context: Context, id: string) => Buffer.from(readDocument(context, { id, part: 0 }).base64, 'base64').toString();

test('documents go along where they are chosen, are opened by the other site until the sharing ends, and are neither changed nor taken out there', async () => {
  const { clinic, doctor, here, there, at, patientId, original } = await twoSites();
  expect(countParts(doctor, { patientId }).documentReferences).toBe(1);
  expect(countParts(doctor, { patientId, since: '2027-01-01' }).documentReferences).toBe(0);
  expect(openSharedChart(doctor, { id: sent(doctor, patientId, there, { parts: ['conditions'] }).id }).documents).toEqual([]);
  const other = attach(doctor, patientId);
  expect(openSharedChart(doctor, { id: sent(doctor, patientId, there).id }).documents).toHaveLength(2);
  const { id } = sent(doctor, patientId, there, { documentIds: [original.id] });
  expect(openSharedChart(doctor, { id }).documents).toHaveLength(1);
  const [copy] = openSharedChart(doctor, { id }).documents;
  expect(copy).toMatchObject({ title: 'ECG', date: '2026-03-01', authorName: doctor.actor.name, attachment: original.attachment, isHere: true });
  const documentId = copy?.id ?? '';
  expect(documentId).not.toBe(original.id);
  // It is in the chart of nobody.
  expect(listDocuments(doctor, { patientId, ...window }).rows.map((row) => row.id).sort()).toEqual([original.id, other.id].sort());
  at(there);
  openDocument(doctor, { id: documentId });
  expect(textOf(doctor, documentId)).toBe(picture.toString());
  expect(auditTrail(clinic).at(-1)).toMatchObject({ action: 'document.viewed', documentId, patientId });
  expect(codeOf(() => documentExported(doctor, { id: documentId }))).toBe('not-found');
  expect(codeOf(() => deleteDocument(doctor, { id: documentId, rev: copy?.rev ?? '' }))).toBe('not-found');
  clinic.clock.pass(30 * 86_400_000);
  for (const look of [() => openDocument(doctor, { id: documentId }), () => readDocument(doctor, { id: documentId, part: 0 })]) expect(codeOf(look)).toBe('sharing-ended');
  at(here);
  expect(textOf(doctor, documentId)).toBe(picture.toString());
});

test('with an accepted referral they become part of the chart, once, and stay there when the sharing ends', async () => {
  const { doctor, here, there, at, patientId } = await twoSites();
  const [first, second] = [sent(doctor, patientId, there), sent(doctor, patientId, there)];
  at(there);
  const { recipientPatientId = '' } = acceptReferral(doctor, { id: first.id });
  acceptReferral(doctor, { id: second.id, patientId: recipientPatientId });
  const admitted = () => listDocuments(doctor, { patientId: recipientPatientId, ...window }).rows;
  expect(admitted()).toMatchObject([{ title: 'ECG', authorName: doctor.actor.name, isHere: true }]);
  at(here);
  for (const { id } of [first, second]) endSharing(doctor, { id });
  at(there);
  expect(textOf(doctor, admitted()[0]?.id ?? '')).toBe(picture.toString());
});

test('at the reader’s a document says that it is on its way until its bytes have come, and they go with the chart', async () => {
  const { doctor, store, there, at } = await twoSites();
  at(there);
  const replica = new StoreReplica(store);
  replica.adoptEpoch(store.newId(), null);
  const bytes = Buffer.from('A picture of the other site\n');
  const { referral, chart, copy } = arrived(doctor, bytes);
  replica.applyPage({ changeSets: [{ id: store.newId(), action: 'referral.sent', actorId: 'someone', deviceId: store.newId(), wallTime: copy.updatedAt, documents: [referral, chart, copy], position: 1, echoes: [], withdrawn: [] }], position: 1 });
  const shown = () => openSharedChart(doctor, { id: referral.id }).documents;
  expect(shown()).toMatchObject([{ id: copy.id, isHere: false, bytesHere: 0 }]);
  expect(openDocument(doctor, { id: copy.id }).isHere).toBe(false);

  const answer = (over: object): AttachmentsAnswer => ({ states: [{ id: copy.id, hash: hashOf(bytes), named: true, chunks: 1, complete: true, ...over }], lacking: [], cursor: null });
  /** In this round of messages, or in the next. */
  const ask = () => {
    for (let rounds = 0; rounds < 2; ) {
      const transfer = replica.nextTransfer(false);
      if (transfer === null || transfer === 'awaiting') rounds += 1;
      else if (transfer.name === 'attachments' && transfer.body.attachments.some(({ id }) => id === copy.id)) return transfer;
      else replica.noteTransfer(transfer, null);
    }
    throw new Error('Nobody asks for the bytes');
  };
  replica.noteTransfer(ask(), answer({}));
  replica.noteTransfer({ name: 'attachment-get', body: { id: copy.id, hash: hashOf(bytes), number: 0 } }, { bytes: bytes.toString('base64') });
  expect(shown()).toMatchObject([{ isHere: true }]);
  expect(textOf(doctor, copy.id)).toBe(bytes.toString());

  replica.applyPage({ changeSets: [{ id: store.newId(), action: 'shared-chart.ended', actorId: 'server', deviceId: store.newId(), wallTime: copy.updatedAt, documents: [], position: 2, echoes: [], withdrawn: [chart.id] }], position: 2 });
  expect(codeOf(() => openDocument(doctor, { id: copy.id }))).toBe('not-found');
  replica.noteTransfer(ask(), answer({ named: false, chunks: 0, complete: false }));
  const left = statement(store.connection, 'SELECT count(*) FROM attachment_chunks JOIN attachments USING (hash) WHERE hash = ?').pluck().get(hashOf(bytes));
  expect(left).toBe(0);
});

/** What another site sends here, as the server tells it. */
function arrived({ store }: Context, bytes: Uint8Array): { referral: WireDocument; chart: WireDocument; copy: WireDocument } {
  const at = store.now().toISOString();
  const version = (collection: string, content: Record<string, unknown>): WireDocument => ({
    collection, id: store.newId(), rev: store.newId(), baseRev: null, deleted: false, createdAt: at, updatedAt: at, updatedBy: 'someone', content,
  });
  const senderSiteId = store.newId();
  const sites = { senderSiteId, siteIds: [senderSiteId, store.siteId as string] };
  const chart = version('sharedCharts', { ...sites, referralId: store.newId(), expiresAt: '2126-01-01T00:00:00.000Z', patient: { name: '郑远行', gender: 'male' }, entries: [] });
  const referral = {
    ...version('referrals', {
      ...sites, kind: 'shared-chart', status: 'requested', priority: 'routine', subjectId: store.newId(), patientName: '郑远行', gender: 'male', reason: 'Please read along', authoredOn: at,
      requesterId: 'someone', requesterName: 'Someone', recipientSiteId: store.siteId as string, sharedChartId: chart.id,
    }),
    id: chart.content?.['referralId'] as string,
  };
  const attachment = { contentType: 'text/plain', size: bytes.length, hash: hashOf(bytes) };
  const copy = version('documentReferences', { sharedChartId: chart.id, title: 'X-ray', type: 'imaging', date: '2026-03-01', authorId: 'someone', authorName: 'Someone', attachment });
  return { referral, chart, copy };
}
