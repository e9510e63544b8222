import { expect, test } from 'vitest';
import { listAudit } from './audit.ts';
import { createPatient, deletePatient, updatePatient } from './patients.ts';
import { createRecord } from './records.ts';
import { openClinic, patientInput, recordInput } from './testing/clinic.ts';

const page = { offset: 0, limit: 50 };

async function usedClinic() {
  const clinic = await openClinic();
  const [doctor, admin] = [clinic.context('doctor'), clinic.context('admin')];
  const patient = createPatient(doctor, { patient: patientInput });
  clinic.clock.set('2026-03-04T23:30:00.000Z');
  const changed = updatePatient(admin, { id: patient.id, rev: patient.rev, patient: { ...patientInput, name: '王大明', phone: '123' } });
  clinic.clock.set('2016-01-01T12:00:00.000Z');
  createRecord(doctor, { patientId: patient.id, record: recordInput });
  return { clinic, doctor, admin, patient: changed };
}

test('entries come in the order of what was done, whatever the clock said, with the name of the patient', async () => {
  const { admin, patient } = await usedClinic();
  const { rows, total } = listAudit(admin, page);
  expect(rows.map(({ action }) => action)).toEqual(['record.created', 'patient.updated', 'patient.created', 'clinic.created']);
  expect(total).toBe(4);
  expect(rows[0]).toMatchObject({ actorName: 'Dora Doctor', collection: 'medicalRecords', patientId: patient.id, patientName: '王大明' });
  expect(rows[1]).toMatchObject({ actorName: 'Ada Admin', collection: 'patients', documentId: patient.id, fields: ['name', 'phone'] });
  expect(rows[3]).not.toHaveProperty('patientName');
  expect(listAudit(admin, { offset: 1, limit: 2 })).toEqual({ rows: rows.slice(1, 3), total });
});

test('entries are filtered by who, whom, what and when, alone and together', async () => {
  const { admin, doctor, patient } = await usedClinic();
  const actions = (filter: object) => listAudit(admin, { ...page, ...filter }).rows.map(({ action }) => action);
  expect(actions({ actorId: doctor.user.id })).toEqual(['record.created', 'patient.created']);
  expect(actions({ patientId: patient.id })).toEqual(['record.created', 'patient.updated', 'patient.created']);
  expect(actions({ action: 'patient.updated' })).toEqual(['patient.updated']);
  expect(actions({ from: '2026-03-02', to: '2026-03-02' })).toEqual(['patient.created']);
  expect(actions({ to: '2016-12-31' })).toEqual(['record.created']);
  expect(actions({ actorId: doctor.user.id, patientId: patient.id, from: '2026-01-01' })).toEqual(['patient.created']);
  expect(listAudit(admin, { ...page, actorId: doctor.user.id }).total).toBe(2);
});

test('the audit says which fields changed and never what was in them', async () => {
  const { admin, clinic, doctor, patient } = await usedClinic();
  deletePatient(doctor, { id: patient.id, rev: patient.rev });
  const contents = clinic.workstation.store.connection.prepare('SELECT content FROM audit_entries').pluck().all();
  expect(JSON.stringify(contents)).not.toMatch(/王|13800001234|Cough|bronchitis/);
  expect(listAudit(admin, page).rows[0]).toMatchObject({ action: 'patient.deleted', patientName: '王大明' });
});
