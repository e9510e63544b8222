import { expect, test } from 'vitest';
import { withInstants } from './clinical-figures.ts';
import { checkClinicalReport, clinicalReportFile, clinicalReports, makeClinicalReport } from './clinical-reports.ts';
import { createCondition } from './conditions.ts';
import type { Context } from './context.ts';
import { makeDueClinicalReports } from './make-clinical-report.ts';
import { createPatient } from './patients.ts';
import { createRecord } from './records.ts';
import { clinicalReportSchedule } from './report-schedules.ts';
import { pdfTexts } from './reports/testing/pdf-text.ts';
import { openClinic, patientInput, recordInput } from './testing/clinic.ts';

const all = { offset: 0, limit: 100 };
const bytesOf = async (context: Context, id: string, format: 'pdf' | 'csv') => Buffer.from((await clinicalReportFile(context, { id, format })).bytes, 'base64');

/** A clinic with two visits on the second of March. */
async function smallClinic() {
  const clinic = await openClinic();
  const doctor = clinic.context('doctor');
  const patient = createPatient(doctor, { patient: patientInput });
  for (const department of ['Medicine', 'Surgery']) createRecord(doctor, { patientId: patient.id, record: { ...recordInput, department } });
  return { clinic, doctor, patient };
}

test('days that are over get one report each, those on which it was off too, and none twice', async () => {
  const { clinic, doctor } = await smallClinic();
  const made = async () => {
    makeDueClinicalReports(clinic.workstation);
    await doctor.jobs.settled();
    return clinicalReports(doctor, all).rows.map(({ period, filter: { from, to }, visits }) => `${period} ${from} ${to} ${visits}`);
  };
  expect(await made()).toEqual([]);
  clinic.clock.set('2026-03-05T09:00:00.000Z');
  const days = ['daily 2026-03-04 2026-03-04 0', 'daily 2026-03-03 2026-03-03 0', 'daily 2026-03-02 2026-03-02 2'];
  expect(await made()).toEqual(days);
  expect(await made()).toEqual(days);
  clinicalReportSchedule.set(clinic.context('admin'), { schedule: 'monthly' });
  clinic.clock.set('2026-04-01T09:00:00.000Z');
  expect(await made()).toEqual(['monthly 2026-03-01 2026-03-31 2', ...days]);
  clinicalReportSchedule.set(clinic.context('admin'), { schedule: 'off' });
  clinic.clock.set('2026-05-01T09:00:00.000Z');
  expect(await made()).toHaveLength(4);
  // What a workstation makes for itself is nobody else's: nothing of it waits to be sent.
  const outbox = clinic.workstation.store.connection.prepare(`SELECT count(*) FROM outbox JOIN change_sets ON seq = change_seq WHERE action = 'clinical-report.made'`).pluck();
  expect(outbox.get()).toBe(0);
});

test('a report comes out the same again to the byte, until the records of its period are others', async () => {
  const { clinic, doctor, patient } = await smallClinic();
  const { id, inputsDigest } = await makeClinicalReport(doctor, { filter: { from: '2026-03-01', to: '2026-03-02', department: 'Medicine' } });
  const pdf = await bytesOf(doctor, id, 'pdf');
  const text = (await pdfTexts(pdf)).join(' ');
  for (const said of ['Acute bronchitis', 'Medicine', inputsDigest]) expect(text).toContain(said);
  expect(text).not.toContain('Surgery');
  expect((await bytesOf(doctor, id, 'csv')).toString('utf8')).toMatch(/Acute bronchitis,1\r\n/);
  clinic.clock.set('2026-03-20T09:00:00.000Z');
  createRecord(doctor, { patientId: patient.id, record: { ...recordInput, admissionDate: '2026-03-19' } });
  expect(Buffer.compare(await bytesOf(doctor, id, 'pdf'), pdf)).toBe(0);
  expect(await checkClinicalReport(doctor, { id })).toEqual({ outcome: 'equal' });
  createRecord(doctor, { patientId: patient.id, record: recordInput });
  expect(await checkClinicalReport(doctor, { id })).toEqual({ outcome: 'inputs-differ' });
});

test.each([
  ['a check-in', (context: Context) => context.store.connection.exec(`INSERT INTO encounters (id, rev, change_seq, created_at, updated_at, updated_by, content) VALUES ('e', 'r', 1, '', '', '', '{"patientId":"x","status":"arrived","kind":"outpatient","arrivedAt":"${withInstants({ from: '2026-03-02', to: '2026-03-02' }).fromInstant}"}')`)],
  ['a problem', (context: Context, patientId: string) => createCondition(context, { patientId, content: { code: { text: 'Gout' }, clinicalStatus: 'active', verificationStatus: 'confirmed' } })],
  ['a stay that began before', (context: Context, patientId: string) => createRecord(context, { patientId, record: { ...recordInput, kind: 'inpatient', admissionDate: '2026-02-01' } })],
])('%s of the period is among the inputs', async (_, add) => {
  const { doctor, patient } = await smallClinic();
  const { id } = await makeClinicalReport(doctor, { filter: { from: '2026-03-02', to: '2026-03-02' } });
  add(doctor, patient.id);
  expect(await checkClinicalReport(doctor, { id })).toEqual({ outcome: 'inputs-differ' });
});
