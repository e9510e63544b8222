import { expect, test } from 'vitest';
import { listTrash } from './trash.ts';
import { createPatient, deletePatient, getPatient, listPatients, patientHistory, restorePatient, updatePatient } from './patients.ts';
import { createRecord, listRecordsForPatient } from './records.ts';
import { findDraft, saveDraft } from './drafts.ts';
import { auditTrail, errorOf, openClinic, patientInput, recordInput } from './testing/clinic.ts';

const everyone = { sort: 'name', direction: 'ascending', filter: {}, offset: 0, limit: 100 } as const;

test('a registered patient gets the next medical record number, in the transaction that saves the patient', async () => {
  const clinic = await openClinic();
  const desk = clinic.context('front-desk');
  const first = createPatient(desk, { patient: patientInput });
  expect(first.medicalRecordNumber).toBe('01-000001');
  const connection = clinic.workstation.store.connection;
  connection.exec("CREATE TEMP TRIGGER full BEFORE INSERT ON audit_entries BEGIN SELECT RAISE(ABORT, 'no room'); END");
  expect(() => createPatient(desk, { patient: patientInput })).toThrow('no room');
  connection.exec('DROP TRIGGER full');
  expect(createPatient(desk, { patient: patientInput }).medicalRecordNumber).toBe('01-000002');
});

test('what was typed as a draft goes with the save that it became', async () => {
  const clinic = await openClinic();
  const nurse = clinic.context('nurse');
  const draft = saveDraft(nurse, { kind: 'patient', key: 'new', values: { name: '王' } });
  createPatient(nurse, { patient: patientInput, draftId: draft.id });
  expect(findDraft(nurse, { kind: 'patient', key: 'new' })).toBeNull();
});

test("a save leaves another user's draft alone", async () => {
  const clinic = await openClinic();
  const nurse = clinic.context('nurse');
  const draft = saveDraft(nurse, { kind: 'patient', key: 'new', values: {} });
  createPatient(clinic.context('doctor'), { patient: patientInput, draftId: draft.id });
  expect(findDraft(nurse, { kind: 'patient', key: 'new' })?.id).toBe(draft.id);
});

test('a birth after today is refused by field, and today is the clock’s', async () => {
  const clinic = await openClinic();
  const desk = clinic.context('front-desk');
  const born = { ...patientInput, birthday: '2026-03-03' };
  expect(await errorOf(() => createPatient(desk, { patient: born }))).toEqual({
    code: 'invalid-input',
    issues: [{ path: 'patient.birthday', code: 'date-in-future' }],
  });
  clinic.clock.set('2026-03-04T12:00:00.000Z');
  expect(createPatient(desk, { patient: born }).birthday).toBe('2026-03-03');
});

test('of two people who change the same patient the second is told', async () => {
  const clinic = await openClinic();
  const patient = createPatient(clinic.context('front-desk'), { patient: patientInput });
  const saved = updatePatient(clinic.context('nurse'), { id: patient.id, rev: patient.rev, patient: { ...patientInput, notes: 'first' } });
  const late = () => updatePatient(clinic.context('doctor'), { id: patient.id, rev: patient.rev, patient: { ...patientInput, notes: 'second' } });
  expect(await errorOf(late)).toEqual({ code: 'stale-revision', collection: 'patients', id: patient.id, currentRev: saved.rev });
  expect(getPatient(clinic.context('doctor'), { id: patient.id })).toMatchObject({ notes: 'first', medicalRecordNumber: '01-000001' });
});

test('a deleted patient leaves the list for the trash, keeps the records, and comes back whole', async () => {
  const clinic = await openClinic();
  const doctor = clinic.context('doctor');
  const patient = createPatient(doctor, { patient: patientInput });
  const record = createRecord(doctor, { patientId: patient.id, record: recordInput });
  deletePatient(doctor, { id: patient.id, rev: patient.rev });
  expect(listPatients(doctor, everyone)).toEqual({ rows: [], total: 0 });
  const [trashed] = listTrash(doctor, { offset: 0, limit: 10 }).rows;
  expect(trashed).toMatchObject({ collection: 'patients', id: patient.id, title: '王小明', deletedByName: 'Dora Doctor' });
  restorePatient(doctor, { id: patient.id, rev: trashed?.rev ?? '' });
  expect(listPatients(doctor, everyone).total).toBe(1);
  expect(listRecordsForPatient(doctor, { patientId: patient.id, offset: 0, limit: 10 }).rows).toEqual([record]);
  expect(patientHistory(doctor, { id: patient.id }).map(({ deleted }) => deleted)).toEqual([false, true, false]);
});

test('a patient in the trash is there for those who may restore, and for nobody else', async () => {
  const clinic = await openClinic();
  const doctor = clinic.context('doctor');
  const { id, rev } = createPatient(doctor, { patient: patientInput });
  deletePatient(doctor, { id, rev });
  expect(getPatient(doctor, { id }).deleted).toBe(true);
  expect(await errorOf(() => getPatient(clinic.context('front-desk'), { id }))).toEqual({ code: 'not-found', collection: 'patients' });
  expect(await errorOf(() => patientHistory(clinic.context('nurse'), { id }))).toEqual({ code: 'not-found', collection: 'patients' });
  const rewrite = () => updatePatient(doctor, { id, rev: getPatient(doctor, { id }).rev, patient: patientInput });
  expect(await errorOf(rewrite)).toEqual({ code: 'patient-deleted' });
});

test('opening a chart is audited once an hour for each person, whatever the clock does', async () => {
  const clinic = await openClinic();
  const doctor = clinic.context('doctor');
  const { id } = createPatient(doctor, { patient: patientInput });
  const views = () => auditTrail(clinic).filter(({ action }) => action === 'patient.viewed').map(({ actorName }) => actorName);
  const view = (role: 'doctor' | 'nurse') => getPatient(clinic.context(role), { id, viewed: true });
  getPatient(doctor, { id });
  expect(views()).toEqual([]);
  view('doctor');
  view('doctor');
  view('nurse');
  expect(views()).toEqual(['Dora Doctor', 'Nora Nurse']);
  clinic.clock.pass(3_600_000);
  view('doctor');
  expect(views()).toHaveLength(3);
  clinic.clock.set('2016-03-02T09:00:00.000Z');
  view('doctor');
  expect(views()).toHaveLength(4);
});
