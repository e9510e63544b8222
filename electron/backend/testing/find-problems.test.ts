import { expect, test } from 'vitest';
import { createPatient, deletePatient, updatePatient } from '../../services/patients.ts';
import { createRecord, signRecord } from '../../services/records.ts';
import { openClinic, patientInput, recordInput } from '../../services/testing/clinic.ts';
import { findProblems } from './find-problems.ts';

async function usedDatabase() {
  const clinic = await openClinic();
  const doctor = clinic.context('doctor');
  const patient = createPatient(doctor, { patient: patientInput });
  updatePatient(doctor, { id: patient.id, rev: patient.rev, patient: { ...patientInput, name: '李芳' } });
  const gone = createPatient(doctor, { patient: patientInput });
  deletePatient(doctor, { id: gone.id, rev: gone.rev });
  const record = createRecord(doctor, { patientId: patient.id, record: recordInput });
  signRecord(doctor, { id: record.id, rev: record.rev });
  return clinic.workstation.store.connection;
}

test('a database that was used as it should be has no problems', async () => {
  expect(findProblems(await usedDatabase())).toEqual([]);
});

test.each([
  ['DELETE FROM medical_records', 'documents written differ'],
  ['UPDATE medical_records SET change_seq = 999', 'a document belongs to no change set'],
  ["DELETE FROM revisions WHERE collection = 'patients'", 'an earlier version is missing'],
  ['DELETE FROM audit_entries WHERE position = 3', 'a change set has not exactly one audit entry'],
  ['UPDATE audit_entries SET change_seq = 2 WHERE position = 3', 'an audit entry belongs to no change set'],
  ['DELETE FROM outbox WHERE change_seq = 2', 'does not wait to be sent'],
  ['UPDATE change_sets SET seq = 50 WHERE seq = 4', 'numbers of change sets have gaps'],
  ["UPDATE meta SET value = '1' WHERE key = 'counter.medicalRecordNumber'", 'the counter of medical record numbers lags'],
  ['DELETE FROM patient_characters WHERE rowid = 1', 'not in the full-text index'],
  ["INSERT INTO patient_trigrams (rowid, trigrams) VALUES (77, 'ghost')", 'somebody who is not there is'],
  ['DELETE FROM patient_terms WHERE rowid = 1', 'search terms differ'],
  ["INSERT INTO patient_terms (rowid, terms) VALUES (77, 'ghost')", 'search terms differ'],
])('%s is noticed', async (damage, problem) => {
  const connection = await usedDatabase();
  connection.pragma('foreign_keys = OFF');
  connection.exec(damage);
  expect(findProblems(connection).join('\n')).toContain(problem);
});
