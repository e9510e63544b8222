import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCsv } from '../../shared/exchange/csv-reader.ts';
import { unguard } from '../../shared/exchange/csv-writer.ts';
import { nationalIdCheckCharacter } from '../../shared/patients/national-id.ts';
import { genders, patientInputSchema, type PatientInput } from '../../shared/schema/patient.ts';
import type { Context } from './context.ts';
import { exportPatients, exportRecords, readExport } from './exports.ts';
import { contentOf } from './documents.ts';
import { createPatient, deletePatient } from './patients.ts';
import { amendRecord, createRecord, signRecord } from './records.ts';
import { auditTrail, errorOf, openClinic, patientInput, recordInput } from './testing/clinic.ts';
import { ended, exportedText, importFile } from './testing/files.ts';

const cellsOf = (text: string) => [...readCsv([text.slice(1)], ',')].map(({ cells }) => cells?.map(unguard));
const everyPatient = ({ store }: Context) =>
  store.connection.prepare('SELECT id FROM patients WHERE deleted = 0 ORDER BY position').pluck().all().map((id) => {
    const { medicalRecordNumber: _number, siteIds: _sites, ...content } = contentOf(store.get('patients', id as string)!);
    return content;
  });

/** Text as somebody may have typed it into a field of one line or more, formulas, quotes and markup among it. */
const line = fc.oneof(
  fc.string({ unit: fc.constantFrom('王', 'a', '"', ',', "'", '=', '+', '-', '@', '＝', '<', '>', '&', ';', ' ', '😀', '\u3000', '.'), minLength: 1, maxLength: 12 }),
  fc.constantFrom('=HYPERLINK("http://x","y")', "'=1+1", "''", '<script>alert(1)</script>', '"', '\u202Eabc', '@SUM(A1)', '-5'),
);
const lines = fc.array(line, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('\n'));
const phone = fc.constantFrom('+86 138 0013 8000', '138-0013-8000', '(010) 8888', '13800138000', '-1-2', '+1');
const birthday = fc.date({ min: new Date('1900-01-01'), max: new Date('2026-01-01'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10));
const nationalId = birthday.map((day) => `110105${day.replaceAll('-', '')}001`).map((first) => first + nationalIdCheckCharacter(first));
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

const patient: fc.Arbitrary<PatientInput> = fc
  .record({
    name: line, gender: fc.constantFrom(...genders), birthday: optional(birthday),
    estimatedBirthYear: optional(fc.integer({ min: 1900, max: 2025 })),
    address: optional(lines), phone: optional(phone), nationalId: optional(nationalId), insuranceNumber: optional(line),
    emergencyContact: optional(fc.record({ name: line, relationship: optional(line), phone: optional(phone) })), notes: optional(lines),
  })
  .map((raw) => (raw.nationalId === undefined ? raw : { ...raw, birthday: `${raw.nationalId.slice(6, 10)}-${raw.nationalId.slice(10, 12)}-${raw.nationalId.slice(12, 14)}` }))
  .map((raw) => patientInputSchema.safeParse(raw))
  .filter((parsed) => parsed.success)
  .map((parsed) => parsed.data!);

const seed = Number(process.env['FUZZ_SEED'] ?? 1);

describe('an export of patients', () => {
  test.each(['zh', 'en'] as const)('imported into another clinic gives the same patients (%s)', async (language) => {
    const patients = fc.sample(patient, { seed, numRuns: 1300 });
    const from = await openClinic();
    const admin = from.context('admin');
    from.workstation.preferences = { language, theme: 'auto' };
    for (const input of patients) createPatient(admin, { patient: input });
    const text = await exportedText(admin, exportPatients(admin, { filter: {} }));
    const other = (await openClinic()).context('admin');
    expect(await importFile(other, text), `seed ${seed}`).toMatchObject({ rows: 1300, bad: 0, imported: 1300 });
    expect(everyPatient(other), `seed ${seed}`).toEqual(everyPatient(admin));
  });

  test('begins with a byte order mark, and no cell begins like a formula', async () => {
    const admin = (await openClinic()).context('admin');
    createPatient(admin, { patient: { ...patientInput, name: '=cmd|calc', phone: '+86 138' } });
    const text = await exportedText(admin, exportPatients(admin, { filter: {} }));
    expect([...text][0]).toBe('\uFEFF');
    const cells = [...readCsv([text.slice(1)], ',')].flatMap((record) => record.cells ?? []);
    expect(cells).toEqual(expect.arrayContaining(["'=cmd|calc", "'+86 138"]));
    expect(cells.filter((cell) => /^[=+\-@\t]/.test(cell))).toEqual([]);
  });

  test('holds those of the filter who are not in the trash, and the audit knows how many', async () => {
    const clinic = await openClinic();
    const admin = clinic.context('admin');
    for (const gender of ['male', 'female', 'female', 'female'] as const) createPatient(admin, { patient: { ...patientInput, gender } });
    const { id, rev } = createPatient(admin, { patient: { ...patientInput, gender: 'female' } });
    deletePatient(admin, { id, rev });
    const text = await exportedText(admin, exportPatients(admin, { filter: { gender: 'female' } }));
    expect(cellsOf(text)).toHaveLength(1 + 3);
    expect(auditTrail(clinic).at(-1)).toMatchObject({ action: 'export.created', actorName: 'Ada Admin', collection: 'patients', count: 3 });
  });

  test('of many comes in parts, and the last part frees it', async () => {
    const admin = (await openClinic()).context('admin');
    const notes = '长'.repeat(9000);
    for (let index = 0; index < 120; index += 1) createPatient(admin, { patient: { ...patientInput, name: `P${index}`, notes } });
    const job = await ended(admin, exportPatients(admin, { filter: {} }));
    const first = await readExport(admin, { jobId: job.id, part: 0 });
    expect(first.done).toBe(false);
    const second = await readExport(admin, { jobId: job.id, part: 1 });
    expect(second.done).toBe(true);
    expect(cellsOf(first.text + second.text).map((cells) => cells?.[1])).toEqual([expect.any(String), ...Array.from({ length: 120 }, (_, index) => `P${index}`)]);
    expect(await errorOf(() => readExport(admin, { jobId: job.id, part: 0 }))).toEqual({ code: 'job-not-found' });
  });

  test('is nobody else’s, and cancelled is nobody’s', async () => {
    const clinic = await openClinic();
    const [admin, doctor] = [clinic.context('admin'), clinic.context('doctor')];
    createPatient(admin, { patient: patientInput });
    const job = await ended(admin, exportPatients(admin, { filter: {} }));
    expect(await errorOf(() => readExport(doctor, { jobId: job.id, part: 0 }))).toEqual({ code: 'job-not-found' });
    const cancelled = await admin.jobs.cancel(exportPatients(admin, { filter: {} }).id);
    expect(cancelled.state).toBe('cancelled');
    expect(await errorOf(() => readExport(admin, { jobId: cancelled.id, part: 0 }))).toEqual({ code: 'job-not-found' });
    expect(auditTrail(clinic).filter(({ action }) => action === 'export.created')).toHaveLength(1);
  });
});

test('an export of records holds text, signature and amendments, of one patient or of all', async () => {
  const clinic = await openClinic();
  const doctor = clinic.context('doctor');
  clinic.workstation.preferences = { language: 'en', theme: 'auto' };
  const one = createPatient(doctor, { patient: patientInput });
  const other = createPatient(doctor, { patient: { ...patientInput, name: '李四' } });
  const record = createRecord(doctor, { patientId: one.id, record: { ...recordInput, treatment: 'line 1\nline "2"' } });
  const signed = signRecord(doctor, { id: record.id, rev: record.rev });
  amendRecord(doctor, { id: record.id, rev: signed.rev, record: { ...recordInput, treatment: '=later' }, reason: 'came late' });
  createRecord(doctor, { patientId: other.id, record: recordInput });
  const all = cellsOf(await exportedText(doctor, exportRecords(doctor, {})));
  expect(all[0]).toEqual([
    'Record no.', 'Name', 'Kind', 'Status', 'Department', 'Doctor', 'Admission date', 'Discharge date', 'Chief complaint', 'Diagnosis',
    'Treatment', 'Prescription', 'Signature', 'Amendments',
  ]);
  expect(all[1]).toEqual([
    '01-000001', '王小明', 'Outpatient', 'Amended', 'Medicine', 'Dora Doctor', '2026-03-02', '', 'Cough for three days', 'Acute bronchitis',
    '=later', '', expect.stringContaining('Dora Doctor'), expect.stringContaining('came late'),
  ]);
  expect(all.map((cells) => cells?.[1])).toEqual(['Name', '王小明', '李四']);
  const alone = cellsOf(await exportedText(doctor, exportRecords(doctor, { patientId: other.id })));
  expect(alone.map((cells) => cells?.[1])).toEqual(['Name', '李四']);
  expect(auditTrail(clinic).at(-1)).toMatchObject({ action: 'export.created', collection: 'medicalRecords', patientId: other.id, count: 1 });
});
