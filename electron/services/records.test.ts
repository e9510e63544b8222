import { expect, test } from 'vitest';
import { createPatient, deletePatient, getPatient, restorePatient } from './patients.ts';
import {
  amendRecord, createRecord, deleteRecord, getRecord, listRecordsForPatient, listUnsigned, patientSummary, recordHistory, recordPrinted,
  restoreRecord, signRecord, updateRecord,
} from './records.ts';
import { auditTrail, errorOf, openClinic, patientInput, recordInput, type TestClinic } from './testing/clinic.ts';
import { listTrash } from './trash.ts';

const page = { offset: 0, limit: 10 };

async function clinicWithRecord() {
  const clinic = await openClinic();
  const nurse = clinic.context('nurse');
  const doctor = clinic.context('doctor');
  const patient = createPatient(nurse, { patient: patientInput });
  const record = createRecord(nurse, { patientId: patient.id, record: recordInput });
  return { clinic, nurse, doctor, patient, record };
}

const actions = (clinic: TestClinic) => auditTrail(clinic).map(({ action, actorName }) => `${actorName}: ${action}`).slice(1);

test('a nurse prepares a record, a doctor signs it and takes it over, and amending keeps what was signed', async () => {
  const { clinic, nurse, doctor, patient, record } = await clinicWithRecord();
  expect(record).toMatchObject({ status: 'draft', doctorName: 'Nora Nurse' });
  const changed = updateRecord(nurse, { id: record.id, rev: record.rev, record: { ...recordInput, treatment: 'Rest' } });
  const signed = signRecord(doctor, { id: record.id, rev: changed.rev });
  expect(signed).toMatchObject({
    status: 'signed',
    treatment: 'Rest',
    doctorName: 'Dora Doctor',
    signature: { userId: doctor.user.id, name: 'Dora Doctor', at: '2026-03-02T09:00:00.000Z' },
  });
  clinic.clock.pass(60_000);
  const amended = amendRecord(doctor, {
    id: record.id,
    rev: signed.rev,
    record: { ...recordInput, treatment: 'Rest and fluids' },
    reason: 'Fluids were forgotten',
  });
  expect(amended).toMatchObject({
    status: 'amended',
    treatment: 'Rest and fluids',
    signature: signed.signature,
    amendments: [{ name: 'Dora Doctor', reason: 'Fluids were forgotten', overRev: signed.rev, at: '2026-03-02T09:01:00.000Z' }],
  });
  const versions = recordHistory(doctor, { id: record.id });
  expect(versions.map(({ content }) => [content.status, content.treatment])).toEqual([
    ['amended', 'Rest and fluids'],
    ['signed', 'Rest'],
    ['draft', 'Rest'],
    ['draft', undefined],
  ]);
  const twice = amendRecord(doctor, { id: record.id, rev: amended.rev, record: recordInput, reason: 'Again' });
  expect(twice.amendments?.map(({ reason }) => reason)).toEqual(['Fluids were forgotten', 'Again']);
  expect(actions(clinic)).toEqual([
    'Nora Nurse: patient.created',
    'Nora Nurse: record.created',
    'Nora Nurse: record.updated',
    'Dora Doctor: record.signed',
    'Dora Doctor: record.amended',
    'Dora Doctor: record.amended',
  ]);
  expect(auditTrail(clinic).slice(2).every(({ patientId }) => patientId === patient.id)).toBe(true);
});

test('a signed record is changed by amending alone, and an unsigned one cannot be amended', async () => {
  const { doctor, record } = await clinicWithRecord();
  const { id } = record;
  expect(await errorOf(() => amendRecord(doctor, { id, rev: record.rev, record: recordInput, reason: 'x' }))).toEqual({ code: 'record-not-signed' });
  const signed = signRecord(doctor, { id, rev: record.rev });
  const overwrite = { ...recordInput, diagnosis: 'Something else' };
  expect(await errorOf(() => updateRecord(doctor, { id, rev: signed.rev, record: overwrite }))).toEqual({ code: 'record-signed' });
  expect(await errorOf(() => signRecord(doctor, { id, rev: signed.rev }))).toEqual({ code: 'record-signed' });
  const amended = amendRecord(doctor, { id, rev: signed.rev, record: recordInput, reason: 'x' });
  expect(await errorOf(() => updateRecord(doctor, { id, rev: amended.rev, record: overwrite }))).toEqual({ code: 'record-signed' });
  expect(getRecord(doctor, { id }).diagnosis).toBe('Acute bronchitis');
});

test('a doctor signs what was read: a record that was changed since is refused', async () => {
  const { nurse, doctor, record } = await clinicWithRecord();
  const changed = updateRecord(nurse, { id: record.id, rev: record.rev, record: { ...recordInput, prescription: 'Penicillin' } });
  expect(await errorOf(() => signRecord(doctor, { id: record.id, rev: record.rev }))).toMatchObject({ code: 'stale-revision', currentRev: changed.rev });
  expect(getRecord(doctor, { id: record.id }).status).toBe('draft');
});

test('a signed record that need not be kept any more can be put into the trash and comes back signed', async () => {
  const { clinic, nurse, doctor, patient, record } = await clinicWithRecord();
  const { id } = record;
  const signed = signRecord(doctor, { id, rev: record.rev });
  clinic.clock.set('2042-01-01T09:00:00.000Z');
  deleteRecord(doctor, { id, rev: signed.rev });
  expect(listRecordsForPatient(doctor, { patientId: patient.id, ...page }).total).toBe(0);
  expect(await errorOf(() => getRecord(nurse, { id }))).toEqual({ code: 'not-found', collection: 'medicalRecords' });
  expect(await errorOf(() => updateRecord(doctor, { id, rev: signed.rev, record: recordInput }))).toEqual({ code: 'not-found', collection: 'medicalRecords' });
  const [trashed] = listTrash(doctor, page).rows;
  expect(trashed).toMatchObject({ collection: 'medicalRecords', id, title: 'Cough for three days', patientName: '王小明' });
  const restored = restoreRecord(doctor, { id, rev: trashed?.rev ?? '' });
  expect(restored).toMatchObject({ status: 'signed', signature: signed.signature, deleted: false });
  expect(actions(clinic).slice(-2)).toEqual(['Dora Doctor: record.deleted', 'Dora Doctor: record.restored']);
  expect(await errorOf(() => restoreRecord(doctor, { id, rev: restored.rev }))).toEqual({ code: 'not-found', collection: 'medicalRecords' });
});

test("nothing is written to a deleted patient's records", async () => {
  const { doctor, nurse, patient, record } = await clinicWithRecord();
  const { id, rev } = record;
  deletePatient(doctor, { id: patient.id, rev: patient.rev });
  const attempts = [
    () => createRecord(doctor, { patientId: patient.id, record: recordInput }),
    () => updateRecord(doctor, { id, rev, record: recordInput }),
    () => signRecord(doctor, { id, rev }),
    () => amendRecord(doctor, { id, rev, record: recordInput, reason: 'x' }),
    () => deleteRecord(doctor, { id, rev }),
  ];
  for (const attempt of attempts) expect(await errorOf(attempt)).toEqual({ code: 'patient-deleted' });
  expect(await errorOf(() => getRecord(nurse, { id }))).toEqual({ code: 'not-found', collection: 'patients' });
  expect(listUnsigned(nurse, page).total).toBe(0);
  restorePatient(doctor, { id: patient.id, rev: getPatient(doctor, { id: patient.id }).rev });
  expect(listUnsigned(nurse, page).rows).toMatchObject([{ id, patientName: '王小明' }]);
});

test('unsigned work is listed for its writer until it is signed', async () => {
  const { nurse, doctor, record, patient } = await clinicWithRecord();
  const own = createRecord(doctor, { patientId: patient.id, record: recordInput });
  expect(listUnsigned(nurse, page).rows.map(({ id }) => id)).toEqual([record.id]);
  expect(listUnsigned(doctor, page).rows.map(({ id }) => id)).toEqual([own.id]);
  signRecord(doctor, { id: own.id, rev: own.rev });
  signRecord(doctor, { id: record.id, rev: record.rev });
  expect([listUnsigned(nurse, page).total, listUnsigned(doctor, page).total]).toEqual([0, 0]);
});

test('records are listed by admission, newest first, in pages', async () => {
  const { doctor, patient } = await clinicWithRecord();
  for (const day of ['2026-01-05', '2025-12-01', '2026-02-10']) {
    createRecord(doctor, { patientId: patient.id, record: { ...recordInput, admissionDate: day } });
  }
  const list = (offset: number) => listRecordsForPatient(doctor, { patientId: patient.id, offset, limit: 2 });
  expect(list(0).rows.map(({ admissionDate }) => admissionDate)).toEqual(['2026-03-02', '2026-02-10']);
  expect(list(2).rows.map(({ admissionDate }) => admissionDate)).toEqual(['2026-01-05', '2025-12-01']);
  expect(list(0).total).toBe(4);
});

test('paper copies and looks are audited', async () => {
  const { clinic, doctor, patient, record } = await clinicWithRecord();
  getRecord(doctor, { id: record.id, viewed: true });
  getRecord(doctor, { id: record.id, viewed: true });
  recordPrinted(doctor, { id: record.id });
  expect(patientSummary(doctor, { id: patient.id }).total).toBe(1);
  expect(patientSummary(doctor, { id: patient.id, printed: true }).recent).toEqual([record]);
  expect(actions(clinic).slice(2)).toEqual(['Dora Doctor: record.viewed', 'Dora Doctor: record.printed', 'Dora Doctor: patient.printed']);
});
