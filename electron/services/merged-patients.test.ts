import type { Bundle } from '@medplum/fhirtypes';
import { expect, test } from 'vitest';
import type { MedicationOrder } from '../../shared/schema/medication-request.ts';
import { lastDays } from '../storage/record-room.ts';
import { createAllergy } from './allergies.ts';
import { bookAppointment } from './appointments.ts';
import { listAudit } from './audit.ts';
import { listConflicts } from './conflicts.ts';
import { appendUpload, beginUpload, createDocument, listDocuments } from './document-references.ts';
import { mergePatients, unmergePatients } from './duplicates.ts';
import { checkIn, finish } from './encounters.ts';
import { listFavourites, setFavouritePatient } from './favourites.ts';
import { exportPatientAsFhir } from './fhir-exports.ts';
import { createObservations } from './observations.ts';
import { signOrders } from './orders.ts';
import { findByNumber, searchPatients } from './patient-search.ts';
import { createPatient } from './patients.ts';
import { getClosedChart, sealChart } from './record-room.ts';
import { createRecord, signRecord } from './records.ts';
import { errorOf, openClinic, patientInput, recordInput } from './testing/clinic.ts';
import { exportedText } from './testing/files.ts';

/** Two entries of one person, and what makes them one: `other` goes by `patient` from then on. */
async function twoEntries() {
  const clinic = await openClinic();
  const [doctor, nurse, desk] = [clinic.context('doctor'), clinic.context('nurse'), clinic.context('front-desk')];
  const [patient, other] = [createPatient(desk, { patient: patientInput }), createPatient(desk, { patient: { ...patientInput, name: '王晓明' } })];
  return { clinic, doctor, nurse, desk, patientId: patient.id, otherId: other.id, merge: () => mergePatients(doctor, { survivor: patient, replaced: other }) };
}

const page = { offset: 0, limit: 10 };
const allergy = (text: string) => ({ code: { text }, clinicalStatus: 'active', verificationStatus: 'confirmed' }) as const;
const amoxicillin: MedicationOrder = { medicationCodeableConcept: { text: 'Amoxicillin' }, doseQuantity: { value: 500, unit: 'mg' }, route: 'oral', frequency: 'TID', days: 7 };
const bloodCount = { code: { text: 'Complete blood count' }, category: 'laboratory', priority: 'routine' } as const;
const walkIn = { kind: 'outpatient', urgency: { priority: 'routine' } } as const;

test('an allergy that stands under the one entry stops an order that is signed in the chart of the other, either way', async () => {
  const { doctor, nurse, patientId, otherId, merge } = await twoEntries();
  merge();
  createAllergy(nurse, { patientId, content: allergy('Penicillin') });
  for (const id of [patientId, otherId]) {
    expect(await errorOf(() => signOrders(doctor, { patientId: id, medicationRequests: [amoxicillin], serviceRequests: [] }))).toMatchObject({ code: 'invalid-input', issues: [{ code: 'allergy-stops' }] });
  }
});

test('the result of an order of before the merge is entered in the one chart that there is', async () => {
  const { doctor, nurse, patientId, otherId, merge } = await twoEntries();
  const { serviceRequests: [order] } = signOrders(doctor, { patientId: otherId, medicationRequests: [], serviceRequests: [bloodCount] });
  const record = createRecord(doctor, { patientId: otherId, record: recordInput });
  const result = { code: { text: 'Haemoglobin' }, category: 'laboratory', status: 'final', effectiveDateTime: doctor.store.now().toISOString(), valueQuantity: { value: 140, unit: 'g/L' } } as const;
  const enter = () => createObservations(nurse, { patientId, medicalRecordId: record.id, contents: [{ ...result, serviceRequestId: order?.id ?? '' }] });
  expect(await errorOf(enter)).toMatchObject({ code: 'not-found' });
  merge();
  enter();
  expect(doctor.store.get('serviceRequests', order?.id ?? '')?.status).toBe('completed');
});

test('the chart of a visit in whose middle its patient was merged holds what is written from then on, and a seal on it outlives the merge', async () => {
  const { clinic, doctor, nurse, desk, patientId, otherId, merge } = await twoEntries();
  const encounter = checkIn(desk, { patientId: otherId, ...walkIn });
  const record = createRecord(doctor, { patientId: otherId, record: recordInput });
  clinic.clock.pass(60_000);
  merge();
  const pulse = { code: { text: 'Heart rate' }, category: 'vital-signs', status: 'final', effectiveDateTime: doctor.store.now().toISOString(), valueQuantity: { value: 72 } } as const;
  const [unnamed] = createObservations(nurse, { patientId, contents: [pulse] });
  const [named] = createObservations(nurse, { patientId, medicalRecordId: record.id, contents: [pulse] });
  createAllergy(nurse, { patientId, content: allergy('Penicillin') });
  signRecord(doctor, { id: record.id, rev: record.rev });
  clinic.clock.pass(60_000);
  finish(desk, { id: encounter.id, rev: encounter.rev, status: 'finished' });
  const ids = [encounter.id, record.id, unnamed?.id, named?.id].sort();
  const entries = () => getClosedChart(doctor, { id: encounter.id }).entries;
  expect(entries().map(({ id }) => id).sort()).toEqual(ids);

  sealChart(doctor, { id: encounter.id, location: 'Shelf 4' });
  unmergePatients(doctor, { replaced: { id: otherId, rev: String(doctor.store.get('patients', otherId)?.rev) } });
  expect(entries().map(({ id, standing }) => [id, standing]).sort()).toEqual(ids.map((id) => [id, 'as-sealed']));
});

test('who asks what was done with a patient is told what was done under any entry of the person', async () => {
  const { clinic, nurse, patientId, otherId, merge } = await twoEntries();
  createAllergy(nurse, { patientId: otherId, content: allergy('Penicillin') });
  merge();
  const about = (id: string) => listAudit(clinic.context('admin'), { ...page, patientId: id }).rows.map(({ action, patientId: whose }) => [action, whose]);
  expect(about(patientId)).toEqual(expect.arrayContaining([['patient.created', patientId], ['patient.created', otherId], ['allergy.created', otherId]]));
  expect(about(otherId)).toEqual(about(patientId));
});

test('who waits under the one entry is not checked in again under the other, and comes to what was booked for it', async () => {
  const { doctor, desk, patientId, otherId, merge } = await twoEntries();
  const [booked] = bookAppointment(desk, { appointment: { patientId: otherId, room: 'Room 1', start: '2026-03-02T10:00:00.000Z', end: '2026-03-02T10:30:00.000Z' } });
  const waiting = checkIn(desk, { patientId: otherId, ...walkIn });
  merge();
  expect(await errorOf(() => checkIn(desk, { patientId, ...walkIn }))).toEqual({ code: 'already-checked-in' });
  finish(desk, { id: waiting.id, rev: waiting.rev, status: 'cancelled' });
  checkIn(desk, { patientId, ...walkIn, appointmentId: booked?.id ?? '' });
  expect(doctor.store.get('appointments', booked?.id ?? '')?.status).toBe('arrived');
});

test('documents, the last visit and the question for allergies are those of the person', async () => {
  const { clinic, doctor, nurse, desk, patientId, otherId, merge } = await twoEntries();
  const bytes = Buffer.from('a letter');
  const { uploadId } = beginUpload(doctor, { size: bytes.length });
  appendUpload(doctor, { uploadId, base64: bytes.toString('base64') });
  const letter = createDocument(doctor, { uploadId, patientId: otherId, content: { title: 'Letter', type: 'other', date: '2026-03-02' } });
  const visit = checkIn(desk, { patientId: otherId, ...walkIn });
  finish(desk, { id: visit.id, rev: visit.rev, status: 'finished' });
  clinic.clock.pass(60_000);
  merge();
  createAllergy(nurse, { patientId, content: allergy('Penicillin') });
  expect(listDocuments(doctor, { patientId, ...page })).toMatchObject({ total: 1, rows: [{ id: letter.id }] });
  expect(lastDays(doctor.store.connection, patientId).visit).toBe('2026-03-02');
  expect(getClosedChart(doctor, { id: visit.id }).findings.map(({ rule }) => rule)).not.toContain('allergies-unasked');
});

test('a chart that goes out as FHIR holds both entries and says which stands for which', async () => {
  const { clinic, doctor, patientId, otherId, merge } = await twoEntries();
  createRecord(doctor, { patientId: otherId, record: recordInput });
  merge();
  const admin = clinic.context('admin');
  const { entry = [] } = JSON.parse(await exportedText(admin, exportPatientAsFhir(admin, { patientId }))) as Bundle;
  const patients = entry.flatMap(({ resource }) => (resource?.resourceType === 'Patient' ? [[resource.id, resource.link]] : []));
  expect(patients).toEqual([
    [patientId, [{ other: { reference: `Patient/${otherId}` }, type: 'replaces' }]], [otherId, [{ other: { reference: `Patient/${patientId}` }, type: 'replaced-by' }]],
  ]);
  expect(entry.filter(({ resource }) => resource?.resourceType === 'Encounter')).toHaveLength(1);
});

test('who was merged twice is found under the entry that stands now', async () => {
  const { doctor, desk, patientId, otherId, merge } = await twoEntries();
  merge();
  const last = createPatient(desk, { patient: { ...patientInput, name: '汪小明' } });
  const [replaced, number] = [doctor.store.get('patients', patientId), String(doctor.store.get('patients', otherId)?.medicalRecordNumber)];
  mergePatients(doctor, { survivor: last, replaced: { id: patientId, rev: String(replaced?.rev) } });
  expect(findByNumber(desk, { medicalRecordNumber: number })).toEqual({ id: last.id });
  expect(searchPatients(desk, { query: '晓明' }).map(({ id }) => id)).toEqual([last.id]);
});

test('a patient who was kept at hand under both entries is kept once, by the one that stands, and given up as one', async () => {
  const { doctor, nurse, patientId, otherId, merge } = await twoEntries();
  for (const id of [patientId, otherId]) setFavouritePatient(doctor, { patientId: id, favourite: true });
  setFavouritePatient(nurse, { patientId: otherId, favourite: true });
  merge();
  for (const context of [doctor, nurse]) expect(listFavourites(context).patients.map(({ id }) => id)).toEqual([patientId]);
  setFavouritePatient(doctor, { patientId, favourite: false });
  expect(listFavourites(doctor).patients).toEqual([]);
  unmergePatients(doctor, { replaced: { id: otherId, rev: String(doctor.store.get('patients', otherId)?.rev) } });
  expect(listFavourites(nurse).patients.map(({ id }) => id)).toEqual([otherId]);
});

test('what clashed under the one entry is told in the chart of the other', async () => {
  const { nurse, patientId, otherId, merge } = await twoEntries();
  const { id: documentId } = createAllergy(nurse, { patientId: otherId, content: allergy('Penicillin') });
  const side = { rev: documentId, by: 'somebody', at: '2026-03-02T08:00:00.000Z', deviceId: documentId };
  nurse.store.commit({ actor: nurse.actor, action: 'conflict.reopened' }, (transaction) => transaction.create('conflicts', {
    collection: 'allergyIntolerances', documentId, patientId: otherId, sides: [side, side], clashes: [{ path: 'criticality', base: {}, values: [{ value: 'low' }, { value: 'high' }], kept: 1 }], status: 'open',
  }));
  const told = () => listConflicts(nurse, { status: 'open', patientId, ...page }).total;
  expect(told()).toBe(0);
  merge();
  expect(told()).toBe(1);
});
