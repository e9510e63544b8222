import { expect, test, vi } from 'vitest';
import type { PatientInput } from '../../shared/schema/patient.ts';
import { keepApart, listDuplicates, listReplaced, mergePatients, unmergePatients } from './duplicates.ts';
import { findByNumber, searchPatients } from './patient-search.ts';
import { createPatient, getPatient, listPatients, updatePatient } from './patients.ts';
import { createRecord, listRecordsForPatient } from './records.ts';
import { auditTrail, errorOf, openClinic, recordInput } from './testing/clinic.ts';

const page = { offset: 0, limit: 10 };
const everybody = { ...page, sort: 'name', direction: 'ascending', filter: {} } as const;
const wang: PatientInput = { name: '王小明', gender: 'male', birthday: '1990-05-17', phone: '13800001234' };

/** Asks as the screen does, until everybody is compared. */
function compared(context: Parameters<typeof listDuplicates>[0]): ReturnType<typeof listDuplicates> {
  for (;;) {
    const answer = listDuplicates(context);
    if (answer.uncompared === 0) return answer;
  }
}

async function withTwo(other: Partial<PatientInput> = { name: '王晓明', birthday: '1990-05-27' }) {
  const clinic = await openClinic();
  const context = clinic.context('front-desk');
  const doctor = clinic.context('doctor');
  const one = createPatient(context, { patient: wang });
  const two = createPatient(context, { patient: { ...wang, ...other } });
  return { clinic, context, doctor, one, two };
}

test.each<[string, Partial<PatientInput>]>([
  ['a name that sounds the same, the phone', { name: '王晓明', birthday: undefined }],
  ['the name, a mistyped birthday', { birthday: '1990-05-07', phone: undefined }],
  ['the birthday and a phone one digit off, the name mistyped beyond its sound', { name: '汪小明', phone: '13800001235' }],
  ['names in another order', { name: 'Ming Wang', phone: '13800001234' }],
])('found by %s', async (_what, other) => {
  const { context, one, two } = await withTwo(other);
  if (other.name === 'Ming Wang') updatePatient(context, { id: one.id, rev: one.rev, patient: { ...wang, name: 'Wang Ming' } });
  const { pairs } = compared(context);
  expect(pairs.map((pair) => [pair.one.id, pair.other.id].sort())).toEqual([[one.id, two.id].sort()]);
});

test.each<[string, Partial<PatientInput>]>([
  ['only the name', { birthday: '1961-11-30', phone: undefined }],
  ['one family: the phone, nothing else', { name: '李红', birthday: '1992-01-01', gender: 'female' }],
  ['twins: another name and sex on one birthday', { name: '王小红', gender: 'female' }],
  ['two national ids', { nationalId: '11010519491231002X', birthday: undefined, phone: undefined }],
])('not found by %s', async (_what, other) => {
  const { context } = await withTwo(other);
  expect(compared(context).pairs).toEqual([]);
});

test('merged by a change set: one chart with the records of both, found under either number, and nothing rewritten', async () => {
  const { clinic, context, doctor, one, two } = await withTwo();
  createRecord(doctor, { patientId: one.id, record: recordInput });
  const record = createRecord(doctor, { patientId: two.id, record: recordInput });
  const survivor = mergePatients(context, { survivor: { id: one.id, rev: one.rev }, replaced: { id: two.id, rev: two.rev } });
  expect(survivor.link).toEqual([{ other: two.id, type: 'replaces' }]);
  expect(getPatient(context, { id: two.id })).toMatchObject({ name: two.name, link: [{ other: one.id, type: 'replaced-by' }] });
  expect(listPatients(context, everybody).rows.map(({ id }) => id)).toEqual([one.id]);
  expect(listRecordsForPatient(doctor, { ...page, patientId: one.id }).total).toBe(2);
  expect(searchPatients(context, { query: two.medicalRecordNumber }).map(({ id }) => id)).toEqual([one.id]);
  expect(findByNumber(context, { medicalRecordNumber: two.medicalRecordNumber })).toEqual({ id: one.id });
  expect(listReplaced(context, { id: one.id }).map(({ id }) => id)).toEqual([two.id]);
  expect(compared(context).pairs).toEqual([]);
  expect(doctor.store.get('medicalRecords', record.id)).toMatchObject({ rev: record.rev, patientId: two.id });
  expect(auditTrail(clinic).at(-1)).toMatchObject({ action: 'patient.merged' });
  const seqs = doctor.store.connection.prepare('SELECT DISTINCT change_seq FROM patients').all();
  expect(seqs).toHaveLength(1);
});

test('un-merged by a change set, each has its own again, with what was written since', async () => {
  const { context, doctor, one, two } = await withTwo();
  createRecord(doctor, { patientId: two.id, record: recordInput });
  mergePatients(context, { survivor: { id: one.id, rev: one.rev }, replaced: { id: two.id, rev: two.rev } });
  createRecord(doctor, { patientId: one.id, record: recordInput });
  createRecord(doctor, { patientId: one.id, record: recordInput });
  const { rev } = getPatient(context, { id: two.id });
  unmergePatients(context, { replaced: { id: two.id, rev } });
  expect(listPatients(context, everybody).total).toBe(2);
  expect(listRecordsForPatient(doctor, { ...page, patientId: one.id }).total).toBe(2);
  expect(listRecordsForPatient(doctor, { ...page, patientId: two.id }).total).toBe(1);
  expect(compared(context).pairs).toHaveLength(1);
  expect(await errorOf(() => unmergePatients(context, { replaced: { id: two.id, rev: getPatient(context, { id: two.id }).rev } }))).toEqual({ code: 'not-merged' });
});

test('an edit of the form keeps the link', async () => {
  const { context, one, two } = await withTwo();
  const { rev } = mergePatients(context, { survivor: { id: one.id, rev: one.rev }, replaced: { id: two.id, rev: two.rev } });
  expect(updatePatient(context, { id: one.id, rev, patient: { ...wang, address: '1 Hill Road' } }).link).toHaveLength(1);
});

test('two who replaced each other out of sight stay both in sight, to be looked at again', async () => {
  const { context, one, two } = await withTwo();
  const link = (other: string) => [{ other, type: 'replaced-by' as const }, { other, type: 'replaces' as const }];
  context.store.commit({ actor: context.actor, action: 'patient.merged' }, (transaction) => {
    for (const [patient, other] of [[one, two], [two, one]] as const) {
      const { name, gender, birthday, medicalRecordNumber } = patient;
      transaction.update('patients', patient.id, { name, gender, birthday, medicalRecordNumber, link: link(other.id) }, { over: patient.rev });
    }
  });
  expect(listPatients(context, everybody).total).toBe(2);
});

test('kept apart, a pair is not asked about again', async () => {
  const { context, one, two } = await withTwo();
  expect(compared(context).total).toBe(1);
  keepApart(context, { id: one.id, rev: one.rev, otherId: two.id });
  expect(compared(context)).toMatchObject({ pairs: [], total: 0, uncompared: 0 });
});

test('the open pairs are found from the pairs, and not by holding each patient against each', async () => {
  const { context } = await withTwo();
  const { connection } = context.store;
  const prepare = vi.spyOn(connection, 'prepare');
  compared(context);
  const listing = prepare.mock.calls.map(([sql]) => sql).filter((sql) => /^SELECT .*duplicate_pairs AS d/s.test(sql));
  expect(listing).toHaveLength(2);
  for (const sql of listing) {
    const [first] = connection.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all();
    expect(first?.detail).toMatch(/^(SCAN|SEARCH) d /);
  }
});
