import { expect, test } from 'vitest';
import { extensionUrl, textExtensions } from '../../shared/exchange/fhir/common.ts';
import { createCareTask } from './care-tasks.ts';
import { restoreCommunication, sendCommunication } from './communications.ts';
import { checkFhirImport, runFhirImport } from './fhir-imports.ts';
import { undoImport } from './import-undo.ts';
import { importBatches } from './imports.ts';
import { saveDraft } from './drafts.ts';
import { getPatient, restorePatient, updatePatient } from './patients.ts';
import { createRecord } from './records.ts';
import { sendReferral } from './referrals.ts';
import { auditTrail, errorOf, openClinic, recordInput } from './testing/clinic.ts';
import { ended, importFile, namesOf, upload } from './testing/files.ts';
import { listTrash } from './trash.ts';
import type { Context } from './context.ts';

const people = (count: number) => ['name,gender', ...Array.from({ length: count }, (_, index) => `Patient ${index},f`)].join('\n');
const idOf = ({ store }: Context, name: string) =>
  store.connection.prepare("SELECT id FROM patients WHERE content ->> '$.name' = ?").pluck().get(name) as string;

async function imported(count: number) {
  const clinic = await openClinic();
  const admin = clinic.context('admin');
  const { batchId = '' } = await importFile(admin, people(count));
  const edit = (name: string) => {
    const { id, rev, ...patient } = getPatient(admin, { id: idOf(admin, name) });
    updatePatient(admin, { id, rev, patient: { name: patient.name, gender: 'male', notes: 'edited' } });
  };
  return { clinic, admin, batchId, edit };
}

test('an import is taken back whole, to the trash, a change set for each that brought it in', async () => {
  const { clinic, admin, batchId } = await imported(2200);
  const others = await importFile(admin, 'name\nSomebody else\n');
  expect(await ended(admin, await undoImport(admin, { batchId, evenIfChanged: false }))).toMatchObject({ state: 'done', kind: 'import.undo' });
  expect(namesOf(admin)).toEqual(['Somebody else']);
  expect(listTrash(admin, { offset: 0, limit: 1 }).total).toBe(2200);
  expect(importBatches(admin)).toMatchObject([{ id: others.batchId, undone: false }, { id: batchId, count: 2200, undone: true }]);
  expect(auditTrail(clinic).filter(({ action }) => action === 'import.undone')).toMatchObject([{ count: 1000 }, { count: 1000 }, { count: 200 }]);
});

test('patients who were edited since are counted first, and stay', async () => {
  const { admin, batchId, edit } = await imported(10);
  edit('Patient 3');
  expect(await errorOf(() => undoImport(admin, { batchId, evenIfChanged: false }))).toEqual({ code: 'import-changed-since', count: 1 });
  expect(namesOf(admin)).toHaveLength(10);
  await ended(admin, await undoImport(admin, { batchId, evenIfChanged: true }));
  expect(namesOf(admin)).toEqual(['Patient 3']);
});

test('so are patients with a record or somebody’s half-written form', async () => {
  const { clinic, admin, batchId } = await imported(10);
  const doctor = clinic.context('doctor');
  createRecord(doctor, { patientId: idOf(admin, 'Patient 1'), record: recordInput });
  saveDraft(doctor, { kind: 'medicalRecord', key: 'new', patientId: idOf(admin, 'Patient 2'), values: {} });
  saveDraft(doctor, { kind: 'patient', key: idOf(admin, 'Patient 4'), values: {} });
  expect(await errorOf(() => undoImport(admin, { batchId, evenIfChanged: false }))).toEqual({ code: 'import-changed-since', count: 3 });
  await ended(admin, await undoImport(admin, { batchId, evenIfChanged: true }));
  expect(namesOf(admin)).toEqual(['Patient 1', 'Patient 2', 'Patient 4']);
});

test('so are patients whom somebody wrote about, or referred', async () => {
  const { clinic, admin, batchId } = await imported(4);
  const doctor = clinic.context('doctor');
  const about = (name: string) => ({ patientId: idOf(admin, name) });
  sendCommunication(doctor, { ...about('Patient 0'), payload: 'Weigh her' });
  createCareTask(doctor, { ...about('Patient 1'), description: 'Take blood', priority: 'routine' });
  const there = admin.store.commit({ actor: admin.actor, action: 'clinic.updated' }, (transaction) => transaction.create('sites', { organisationName: 'Test Group', name: 'Lake Clinic', departments: [] }));
  sendReferral(doctor, { ...about('Patient 2'), recipientSiteId: there.id, kind: 'referral', priority: 'routine', reason: 'Innocent murmur?', parts: [], days: 30 });
  expect(await errorOf(() => undoImport(admin, { batchId, evenIfChanged: false }))).toEqual({ code: 'import-changed-since', count: 3 });
  await ended(admin, await undoImport(admin, { batchId, evenIfChanged: true }));
  expect(namesOf(admin)).toEqual(['Patient 0', 'Patient 1', 'Patient 2']);
});

test('a patient restored after an undo stays at the next', async () => {
  const { admin, batchId } = await imported(3);
  await ended(admin, await undoImport(admin, { batchId, evenIfChanged: false }));
  const id = idOf(admin, 'Patient 0');
  restorePatient(admin, { id, rev: getPatient(admin, { id }).rev });
  expect(await errorOf(() => undoImport(admin, { batchId, evenIfChanged: false }))).toEqual({ code: 'import-changed-since', count: 1 });
  await ended(admin, await undoImport(admin, { batchId, evenIfChanged: true }));
  expect(namesOf(admin)).toEqual(['Patient 0']);
});

test('an undo that is cancelled can be asked for again, and takes the rest', async () => {
  const { admin, batchId } = await imported(5000);
  const job = await undoImport(admin, { batchId, evenIfChanged: false });
  while (admin.jobs.get(job.id).done < 2) await new Promise((resolve) => setImmediate(resolve));
  expect(await admin.jobs.cancel(job.id)).toMatchObject({ state: 'cancelled' });
  const left = namesOf(admin).length;
  expect(left).toBeGreaterThan(0);
  expect(left % 1000).toBe(0);
  expect(importBatches(admin)).toMatchObject([{ undone: false }]);
  await ended(admin, await undoImport(admin, { batchId, evenIfChanged: false }));
  expect([namesOf(admin), importBatches(admin)]).toMatchObject([[], [{ undone: true }]]);
});

test('an unknown batch is refused', async () => {
  const admin = (await openClinic()).context('admin');
  expect(await errorOf(() => undoImport(admin, { batchId: admin.user.id, evenIfChanged: true }))).toEqual({ code: 'import-not-found' });
});

const about = (patientId: string) => ({ subject: { reference: `Patient/${patientId}` } });
const chart = (patientId: string, over: { patient?: boolean } = {}) => [
  ...(over.patient === false ? [] : [{ resourceType: 'Patient', id: patientId, name: [{ text: `Patient ${patientId.slice(-1)}` }], gender: 'male' }]),
  {
    resourceType: 'Encounter', id: `e-${patientId}`, status: 'finished', class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' }, ...about(patientId), reasonCode: [{ text: 'cough' }],
    period: { start: '2026-01-02' }, serviceProvider: { display: 'Medicine' },
  },
  {
    resourceType: 'Condition', id: `c-${patientId}`, ...about(patientId), code: { text: 'Cough' }, verificationStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code: 'confirmed' }] },
    clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }] },
  },
];

const letter = (patientId: string) => [
  {
    resourceType: 'ServiceRequest', id: `l-${patientId}`, meta: { tag: [{ system: extensionUrl('kind'), code: 'referral' }] }, status: 'active', intent: 'order', subject: { ...about(patientId).subject, display: 'Somebody' },
    authoredOn: '2026-01-02T08:00:00Z', reasonCode: [{ text: 'Cough?' }], ...textExtensions({ 'sender-site': fromSite, 'recipient-site': fromSite }),
  },
  { resourceType: 'Communication', id: `m-${patientId}`, status: 'completed', about: [{ reference: `ServiceRequest/l-${patientId}` }], sent: '2026-01-02T08:00:00Z', payload: [{ contentString: 'Please call' }] },
];
const fromSite = '01981000-0000-7000-8000-000000000000';

test('charts out of FHIR resources are taken back: who came with them goes, what was worked on stays whole, and what others got says it was a mistake', { timeout: 60_000 }, async () => {
  const clinic = await openClinic();
  const admin = clinic.context('admin');
  await importFile(admin, 'name\nHere before\n');
  const before = idOf(admin, 'Here before');
  const lines = [...chart('p-1'), ...chart('p-2'), ...chart(before, { patient: false }), ...letter('p-1'), ...letter(before)];
  const importId = upload(admin, lines.map((line) => JSON.stringify(line)).join('\n'), 'charts.ndjson');
  await ended(admin, checkFhirImport(admin, { importId }));
  await ended(admin, runFhirImport(admin, { importId }));
  const [batch] = importBatches(admin);
  expect(batch).toMatchObject({ kind: 'charts', count: 12, fileName: 'charts.ndjson', undone: false });
  createRecord(clinic.context('doctor'), { patientId: idOf(admin, 'Patient 2'), record: recordInput });

  const batchId = String(batch?.id);
  expect(await errorOf(() => undoImport(admin, { batchId, evenIfChanged: false }))).toEqual({ code: 'import-changed-since', count: 1 });
  expect(await ended(admin, await undoImport(admin, { batchId, evenIfChanged: true }))).toMatchObject({ state: 'done' });
  expect(namesOf(admin)).toEqual(['Here before', 'Patient 2']);
  const rows = (table: string) => admin.store.connection.prepare(`SELECT patient_id AS id, deleted, content ->> '$.verificationStatus' AS status FROM ${table} ORDER BY position`).all() as { id: string; deleted: number; status: string | null }[];
  const of = (table: string, patientId: string) => rows(table).filter(({ id }) => id === patientId).map(({ deleted, status }) => [deleted, status]);
  expect([of('conditions', before), of('medical_records', before)]).toEqual([[[0, 'entered-in-error']], [[1, null]]]);
  expect([of('conditions', idOf(admin, 'Patient 2')), of('medical_records', idOf(admin, 'Patient 2'))]).toEqual([[[0, 'confirmed']], [[0, null], [0, null]]]);
  const letters = (patientId: string) => admin.store.connection.prepare(
    `SELECT r.status, c.deleted FROM referrals AS r JOIN communications AS c ON c.referral_id = r.id WHERE r.subject_id = ?`,
  ).all(patientId);
  expect(letters(before)).toEqual([{ status: 'cancelled', deleted: 1 }]);
  expect(letters(idOf(admin, 'Patient 1'))).toEqual([{ status: 'requested', deleted: 0 }]);
  const [message] = listTrash(admin, { offset: 0, limit: 10 }).rows.filter(({ collection }) => collection === 'communications');
  expect(message).toMatchObject({ title: 'Please call', patientId: before });
  restoreCommunication(admin, { id: message?.id as string, rev: message?.rev as string });
  expect(letters(before)).toEqual([{ status: 'cancelled', deleted: 0 }]);
  // A patient who comes back out of the trash has the chart again.
  expect(of('conditions', idOf(admin, 'Patient 1'))).toEqual([[0, 'confirmed']]);
  expect(importBatches(admin)[0]).toMatchObject({ undone: true });
});
