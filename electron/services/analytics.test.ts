import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededRandom } from '../../shared/demo/random.ts';
import type { AnalyticsFilter } from '../../shared/schema/clinical-report.ts';
import type { PatientInput } from '../../shared/schema/patient.ts';
import type { MedicalRecordInput } from '../../shared/schema/medical-record.ts';
import { removeFromScope } from '../storage/testing/remove-row.ts';
import { analyticsChoices, dashboard, exportDashboard, exportVisitPatients, visitPatients } from './analytics.ts';
import { createCondition } from './conditions.ts';
import type { Context } from './context.ts';
import { mergePatients, unmergePatients } from './duplicates.ts';
import { callPatient, checkIn, finish } from './encounters.ts';
import { readExport } from './exports.ts';
import { createPatient, deletePatient, restorePatient, updatePatient } from './patients.ts';
import { createRecord, deleteRecord, restoreRecord, signRecord, updateRecord } from './records.ts';
import { openClinic, patientInput, recordInput } from './testing/clinic.ts';

const patient = (context: Context, more: Partial<PatientInput> = {}) => createPatient(context, { patient: { ...patientInput, ...more } });
const visit = (context: Context, patientId: string, more: Partial<MedicalRecordInput> = {}) => createRecord(context, { patientId, record: { ...recordInput, ...more } });
const march: AnalyticsFilter = { from: '2026-03-01', to: '2026-03-31' };

test('the figures are those of what was written, and behind each stands who is counted', async () => {
  const { context, clock } = await openClinic();
  clock.set('2026-03-31T09:00:00.000Z');
  const doctor = context('doctor');
  const [wang, li] = [patient(doctor), patient(doctor, { name: 'Li', gender: 'female', birthday: '2021-03-03' })];
  visit(doctor, wang.id);
  visit(doctor, wang.id, { admissionDate: '2026-03-05', department: 'Surgery', diagnosis: 'Acute bronchitis\nwith fever' });
  visit(doctor, li.id, { admissionDate: '2026-02-28', kind: 'inpatient', dischargeDate: '2026-03-04', diagnosis: 'Pneumonia' });
  visit(doctor, li.id, { admissionDate: '2026-03-30', kind: 'inpatient', diagnosis: 'Pneumonia' });
  visit(doctor, li.id, { admissionDate: '2026-02-01', kind: 'inpatient', department: 'Surgery' });
  createCondition(doctor, { patientId: wang.id, content: { code: { text: 'Hypertension', coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'I10' }] }, clinicalStatus: 'active', verificationStatus: 'confirmed' } });
  createCondition(doctor, { patientId: li.id, content: { code: { text: 'Essential hypertension', coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'I10' }] }, clinicalStatus: 'active', verificationStatus: 'refuted' } });
  for (const [patientId, minutes] of [[wang.id, 4], [li.id, 20]] as const) {
    const { id, rev } = checkIn(doctor, { patientId, kind: 'outpatient', urgency: { priority: 'routine' } });
    clock.pass(minutes * 60_000);
    finish(doctor, { id, rev: callPatient(doctor, { id, rev, room: '1' }).rev, status: 'finished' });
  }
  expect(await dashboard(doctor, { filter: march })).toMatchObject({
    visits: 3, patients: 2,
    byDepartment: [{ department: 'Medicine', visits: 2 }, { department: 'Surgery', visits: 1 }],
    byKind: [{ kind: 'outpatient', visits: 2 }, { kind: 'inpatient', visits: 1 }],
    diagnoses: { rows: [{ text: 'Acute bronchitis', visits: 2 }, { text: 'Pneumonia', visits: 1 }], of: 2 },
    conditions: { rows: [{ code: 'I10', text: 'Hypertension', count: 1 }], of: 1 },
    waiting: { arrived: 2, called: 2, median: 4, ninetieth: 20 },
    // Three days of the first stay are in March, two of the second, and all of the third, which has no end yet.
    inpatients: { admitted: 1, discharged: 1, bedDays: 36, averageStay: 4, present: 2 },
  });
  const { byAge, byTime } = await dashboard(doctor, { filter: march });
  // Four years old on the second of the month and five on the thirtieth.
  expect(byAge.filter(({ female, male }) => female + male > 0)).toEqual([{ band: 5, female: 1, male: 0, other: 0 }, { band: 35, female: 0, male: 2, other: 0 }]);
  expect(byTime.filter(({ visits }) => visits > 0)).toEqual([{ at: '2026-03-02', visits: 1 }, { at: '2026-03-05', visits: 1 }, { at: '2026-03-30', visits: 1 }]);
  expect((await dashboard(doctor, { filter: { ...march, department: 'Surgery' } })).visits).toBe(1);
  const site = analyticsChoices(doctor).sites[0]?.id ?? '';
  expect((await dashboard(doctor, { filter: { ...march, siteId: site } })).visits).toBe(3);
  expect((await dashboard(doctor, { filter: { ...march, siteId: wang.id } })).visits).toBe(0);
  const behind = (part: object) => visitPatients(doctor, { filter: march, offset: 0, limit: 10, ...part });
  expect(behind({}).rows.map(({ id, visits, lastVisit }) => [id, visits, lastVisit])).toEqual([[li.id, 1, '2026-03-30'], [wang.id, 2, '2026-03-05']]);
  expect(behind({ diagnosis: 'Pneumonia' })).toMatchObject({ total: 1, rows: [{ id: li.id }] });
  expect(behind({ band: 35, gender: 'male' })).toMatchObject({ total: 1, rows: [{ id: wang.id, visits: 2 }] });
  expect((await exportDashboard(doctor, { filter: march })).text).toContain('Surgery,1');
  const job = exportVisitPatients(doctor, { filter: march });
  await doctor.jobs.settled();
  expect((await readExport(doctor, { jobId: job.id, part: 0 })).text).toContain('王小明');
});

/** The counts that are kept must be those of the documents, whatever was done to them in whatever order. */
test('what is counted as it is written is what a count of the documents finds', async () => {
  const { context, workstation } = await openClinic();
  const doctor = context('doctor');
  const { connection } = workstation.store;
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      const random = seededRandom(seed);
      for (let step = 0; step < 40; step += 1) doSomething(doctor, random);
      const kept = connection.prepare('SELECT month, department, kind, gender, age_band, sum(visits) AS n FROM visit_tallies GROUP BY 1, 2, 3, 4, 5 HAVING n <> 0 ORDER BY 1, 2, 3, 4, 5').all();
      expect(kept).toEqual(connection.prepare(recounted).all());
      const whole: AnalyticsFilter = { from: '2025-01-10', to: '2026-03-20' };
      const { visits, byTime, byAge } = await dashboard(doctor, { filter: whole });
      const there = connection.prepare(`SELECT count(*) FROM medical_records AS r JOIN patients AS p ON p.id = r.patient_id AND p.deleted = 0 WHERE r.deleted = 0 AND r.admission_date BETWEEN '2025-01-10' AND '2026-03-20'`).pluck().get();
      expect([visits, sum(byTime.map((one) => one.visits)), sum(byAge.map(({ female, male, other }) => female + male + other))]).toEqual([there, there, there]);
    }),
    { numRuns: 12 },
  );
});

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

const recounted = `SELECT substr(r.admission_date, 1, 7) AS month, r.content ->> '$.department' AS department, r.content ->> '$.kind' AS kind, p.gender,
    (SELECT max(column1) FROM (VALUES (0), (1), (5), (15), (25), (35), (45), (55), (65), (75)) WHERE column1 <= max(0, substr(r.admission_date, 1, 4) - substr(p.birth, 1, 4) - (substr(r.admission_date, 6) < substr(p.birth, 6)))) AS age_band, count(*) AS n
  FROM medical_records AS r JOIN patients AS p ON p.id = r.patient_id WHERE r.deleted = 0 AND p.deleted = 0 GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5`;

function doSomething(doctor: Context, random: ReturnType<typeof seededRandom>): void {
  const { connection } = doctor.store;
  const any = (table: string, deleted: 0 | 1) => connection.prepare(`SELECT id, rev FROM ${table} WHERE deleted = ${deleted} ORDER BY position LIMIT 1 OFFSET ?`).get(random.below(30)) as { id: string; rev: string } | undefined;
  const born = () => ({ birthday: `${1950 + random.below(75)}-0${1 + random.below(9)}-1${random.below(10)}`, gender: random.pick(['male', 'female', 'unknown'] as const) });
  const told = () => ({ ...recordInput, admissionDate: `202${5 + random.below(2)}-0${1 + random.below(3)}-1${random.below(10)}`, department: random.pick(['Medicine', 'Surgery'] as const), kind: random.pick(['outpatient', 'emergency'] as const) });
  const attempt = (run: () => unknown) => {
    try {
      run();
    } catch (error) {
      // Of what chance proposes some is refused: a signed record is not changed, one whose patient is in the trash neither.
      if (!(error instanceof Error) || error.name !== 'AppException') throw error;
    }
  };
  const [here, gone, record, goneRecord] = [any('patients', 0), any('patients', 1), any('medical_records', 0), any('medical_records', 1)];
  const deeds: (() => unknown)[] = [
    () => patient(doctor, born()),
    () => here && visit(doctor, here.id, told()),
    () => here && visit(doctor, here.id, told()),
    () => here && updatePatient(doctor, { ...here, patient: { ...patientInput, ...born() } }),
    () => here && deletePatient(doctor, here),
    () => gone && restorePatient(doctor, gone),
    () => record && updateRecord(doctor, { ...record, record: told() }),
    () => record && signRecord(doctor, record),
    () => record && deleteRecord(doctor, record),
    () => goneRecord && restoreRecord(doctor, goneRecord),
    () => record && removeFromScope(connection, 'medical_records', record.id),
  ];
  attempt(random.pick(deeds as [() => unknown, ...(() => unknown)[]]));
}

test('two entries of one person are one who was seen, until they are separated', async () => {
  const { context } = await openClinic();
  const doctor = context('doctor');
  const [one, other] = [patient(doctor), patient(doctor, { name: '王晓明' })];
  for (const { id } of [one, other]) visit(doctor, id);
  const seen = async () => (await dashboard(doctor, { filter: march })).patients;
  expect(await seen()).toBe(2);
  mergePatients(doctor, { survivor: one, replaced: other });
  expect(await seen()).toBe(1);
  expect(visitPatients(doctor, { filter: march, offset: 0, limit: 10 })).toMatchObject({ total: 1, rows: [{ id: one.id, visits: 2 }] });
  const { rev } = doctor.store.get('patients', other.id) as { rev: string };
  unmergePatients(doctor, { replaced: { id: other.id, rev } });
  expect(await seen()).toBe(2);
});

test('entries that were merged one after the other are one who was seen, and those that stay together after a separation', async () => {
  const { context } = await openClinic();
  const doctor = context('doctor');
  const ids = ['王小明', '王晓明', '汪小明', '汪晓明'].map((name) => patient(doctor, { name }).id);
  for (const id of ids) visit(doctor, id);
  const seen = async () => (await dashboard(doctor, { filter: march })).patients;
  const entry = (index: number) => ({ id: ids[index] as string, rev: String(doctor.store.get('patients', ids[index] as string)?.rev) });
  for (const index of [0, 1, 2]) mergePatients(doctor, { survivor: entry(index + 1), replaced: entry(index) });
  expect(await seen()).toBe(1);
  expect(visitPatients(doctor, { filter: march, offset: 0, limit: 10 })).toMatchObject({ total: 1, rows: [{ id: ids[3], visits: 4 }] });
  unmergePatients(doctor, { replaced: entry(1) });
  expect(await seen()).toBe(2);
  expect(visitPatients(doctor, { filter: march, offset: 0, limit: 10 }).rows.map(({ id }) => id).sort()).toEqual([ids[1], ids[3]].sort());
});
