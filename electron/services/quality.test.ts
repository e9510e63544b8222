import { expect, test } from 'vitest';
import type { QualityRule } from '../../shared/quality/rules.ts';
import { errorOf } from '../../shared/testing/error-of.ts';
import { clean, cleanings, previewCleaning, undoCleaning } from './cleaning.ts';
import { loadCodeTable } from './codes.ts';
import { createCondition } from './conditions.ts';
import type { Context } from './context.ts';
import { createPatient, deletePatient, updatePatient } from './patients.ts';
import { qualityDepartments, qualityFindings, qualityState } from './quality.ts';
import { createRecord, signRecord, updateRecord } from './records.ts';
import { openClinic, patientInput, recordInput } from './testing/clinic.ts';

const counts = (context: Context) => Object.fromEntries(qualityState(context).rules.map(({ rule, count }) => [rule, count]));
const listed = (context: Context, rule: QualityRule) => qualityFindings(context, { rule, offset: 0, limit: 100 }).rows;
const patient = (context: Context, more: object = {}) => createPatient(context, { patient: { ...patientInput, ...more } });

test('what is to be mended is found as it is written, and gone once it is mended or thrown away', async () => {
  const { context } = await openClinic();
  const doctor = context('doctor');
  const [one, other] = [patient(doctor, { phone: '138 0000 1234' }), patient(doctor, { name: 'Ann  Lee', phone: undefined })];
  createRecord(doctor, { patientId: one.id, record: { ...recordInput, department: 'Dept. of Medicine' } });
  expect(qualityState(doctor).unchecked).toBe(0);
  expect(counts(doctor)).toEqual({ 'phone-format': 1, 'text-spacing': 1, 'phone-missing': 1, 'department-unlisted': 1 });
  expect(listed(doctor, 'phone-format')).toMatchObject([{ documentId: one.id, patientName: '王小明', field: 'phone', value: '138 0000 1234' }]);
  expect(listed(doctor, 'department-unlisted')).toMatchObject([{ patientId: one.id, value: 'Dept. of Medicine' }]);
  updatePatient(doctor, { id: one.id, rev: one.rev, patient: patientInput });
  deletePatient(doctor, other);
  expect(counts(doctor)).toEqual({ 'department-unlisted': 1 });
});

test('another table of codes is another measure for what was looked at before', async () => {
  const { context } = await openClinic();
  const doctor = context('doctor');
  const { id: patientId } = patient(doctor);
  createCondition(doctor, { patientId, content: { code: { text: 'Gout', coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'M10.9' }] }, clinicalStatus: 'active', verificationStatus: 'confirmed' } });
  expect(counts(doctor)).toEqual({});
  loadCodeTable(context('admin'), { system: 'http://hl7.org/fhir/sid/icd-10', name: 'Ours', text: 'code,name\nI10,Hypertension\n' });
  expect(counts(doctor)).toEqual({ 'icd10-unknown': 1 });
});

test('a batch mends what its preview showed, and is undone but where somebody worked since', async () => {
  const { context } = await openClinic();
  const doctor = context('doctor');
  const [one, other] = [patient(doctor, { phone: '138 0000 1234', notes: 'kept' }), patient(doctor, { phone: '+86 139-0000-1234' })];
  qualityState(doctor);
  const { changes, total } = await previewCleaning(doctor, { what: 'phone' });
  expect(total).toBe(2);
  expect(changes.map(({ before, after }) => [before, after])).toEqual(expect.arrayContaining([['138 0000 1234', '13800001234'], ['+86 139-0000-1234', '13900001234']]));
  clean(doctor, { what: 'phone' });
  await doctor.jobs.settled();
  const now = (id: string) => doctor.store.get('patients', id);
  expect([now(one.id)?.phone, now(one.id)?.notes, now(other.id)?.phone]).toEqual(['13800001234', 'kept', '13900001234']);
  expect(counts(doctor)).toEqual({});
  updatePatient(doctor, { id: other.id, rev: now(other.id)?.rev ?? '', patient: { ...patientInput, phone: '13911112222' } });
  const [cleaning] = cleanings(doctor);
  expect(cleaning).toMatchObject({ what: 'phone', count: 2, undone: false, cleanedByName: 'Dora Doctor' });
  undoCleaning(doctor, { id: cleaning?.id ?? '' });
  await doctor.jobs.settled();
  expect([now(one.id)?.phone, now(other.id)?.phone]).toEqual(['138 0000 1234', '13911112222']);
  expect(cleanings(doctor)).toMatchObject([{ undone: true }]);
});

test('departments go onto the list: drafts are changed, signed records amended, and by nobody who may not sign', async () => {
  const { context } = await openClinic();
  const doctor = context('doctor');
  const { id: patientId } = patient(doctor);
  const write = () => createRecord(doctor, { patientId, record: { ...recordInput, department: 'Dept. of Medicine' } });
  const [draft, signed] = [write(), write()];
  signRecord(doctor, signed);
  qualityState(doctor);
  expect(qualityDepartments(doctor)).toEqual({ list: ['Medicine'], unlisted: [{ name: 'Dept. of Medicine', count: 2, meant: 'Medicine' }] });
  const wanted = { what: 'department' as const, departments: { 'Dept. of Medicine': 'Medicine' } };
  expect(await errorOf(() => clean(context('admin'), wanted))).toEqual({ code: 'forbidden', permission: 'record.sign' });
  expect(await errorOf(() => clean(doctor, { what: 'department', departments: { 'Dept. of Medicine': 'Nowhere' } }))).toMatchObject({ code: 'invalid-input' });
  clean(doctor, wanted);
  await doctor.jobs.settled();
  const now = (id: string) => doctor.store.get('medicalRecords', id);
  expect(now(draft.id)).toMatchObject({ department: 'Medicine', status: 'draft' });
  expect(now(signed.id)).toMatchObject({ department: 'Medicine', status: 'amended', amendments: [{ name: 'Dora Doctor' }] });
  expect(counts(doctor)).toEqual({});
  undoCleaning(doctor, { id: cleanings(doctor)[0]?.id ?? '' });
  await doctor.jobs.settled();
  expect([now(draft.id)?.department, now(signed.id)?.department, now(signed.id)?.amendments?.length]).toEqual(['Dept. of Medicine', 'Dept. of Medicine', 2]);
  // What was given back can be worked on as before.
  updateRecord(doctor, { id: draft.id, rev: now(draft.id)?.rev ?? '', record: recordInput });
});
