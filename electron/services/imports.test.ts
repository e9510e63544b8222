import { describe, expect, test } from 'vitest';
import { batchSize } from './import-rows.ts';
import { appendToImport, beginImport, closeImport, dryRunImport, importBatches, importProblems, importReport, inspectImport, runImport } from './imports.ts';
import { createPatient, getPatient } from './patients.ts';
import { auditTrail, errorOf, openClinic, patientInput } from './testing/clinic.ts';
import { ended, importFile, namesOf, suggestedPlan, upload } from './testing/files.ts';

/** 姓名,性别,出生日期,电话 / 王小明,男,1990-01-02,13800001234 in GBK. */
const gbk = Buffer.from(
  'd0d5c3fb2cd0d4b1f02cb3f6c9fac8d5c6da2cb5e7bbb00acdf5d0a1c3f72cc4d02c313939302d30312d30322c31333830303030313233340a',
  'hex',
);
const utf16 = (text: string, littleEndian: boolean) => {
  const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le');
  return littleEndian ? bytes : bytes.swap16();
};
const text = '姓名,性别,出生日期,电话\n王小明,男,1990-01-02,13800001234\n';
const markup = '<img src=x onerror="alert(1)">';
const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;

describe('encodings', () => {
  test.each([
    ['utf-8', Buffer.from(text)],
    ['utf-8', Buffer.from(`\uFEFF${text}`)],
    ['gb18030', gbk],
    ['utf-16le', utf16(text, true)],
    ['utf-16be', utf16(text, false)],
  ])('%s is found out (%#), and the patient comes in', async (encoding, bytes) => {
    const admin = (await openClinic()).context('admin');
    const importId = upload(admin, bytes);
    expect(inspectImport(admin, { importId })).toEqual({
      encoding,
      delimiter: ',',
      columns: ['姓名', '性别', '出生日期', '电话'],
      sampleRows: [['王小明', '男', '1990-01-02', '13800001234']],
      suggestedMapping: { name: 0, gender: 1, birthday: 2, phone: 3 },
    });
    await ended(admin, runImport(admin, suggestedPlan(admin, importId)));
    expect(importReport(admin, { importId })).toMatchObject({ rows: 1, good: 1, bad: 0, imported: 1 });
    expect(namesOf(admin)).toEqual(['王小明']);
  });

  test('a character cut in two by a chunk is still one', async () => {
    const admin = (await openClinic()).context('admin');
    const bytes = Buffer.from(text);
    const { importId } = beginImport(admin, { fileName: 'a.csv', size: bytes.length });
    for (const byte of bytes) appendToImport(admin, { importId, base64: Buffer.of(byte).toString('base64') });
    expect(inspectImport(admin, { importId })).toMatchObject({ encoding: 'utf-8', sampleRows: [['王小明', '男', '1990-01-02', '13800001234']] });
  });

  test('the wrong one, chosen by hand, brings nobody in garbled', async () => {
    const admin = (await openClinic()).context('admin');
    const importId = upload(admin, gbk);
    await ended(admin, runImport(admin, { importId, encoding: 'utf-8', mapping: { name: 0 } }));
    expect(importReport(admin, { importId })).toMatchObject({ rows: 1, bad: 1, imported: 0 });
    expect(importProblems(admin, { importId, offset: 0, limit: 10 }).rows).toEqual([{ row: 1, issues: [{ path: 'name', code: 'unreadable-characters' }] }]);
  });
});

describe('what a file can have wrong', () => {
  const header = 'name,gender,birthday,phone,notes';
  const bad: [row: string, path: string, code: string][] = [
    ['Ann,f,2023-02-30,,', 'birthday', 'invalid-date'],
    ['Ben,m,2026-03-03,,', 'birthday', 'date-in-future'],
    ['"Cid,m,1990-01-01,,', '', 'broken-quote'],
    [`${'王'.repeat(1_000_000)},m,,,`, 'name', 'too-long'],
    ['Dan,m,,call me,', 'phone', 'invalid-phone'],
    ['Eve,f', '', 'cell-count'],
    ['F\0l,m,,,', 'name', 'unreadable-characters'],
    [',m,1990-01-01,,', 'name', 'required'],
    ['Gus,?,,,', 'gender', 'unknown-gender'],
  ];

  test('is listed row by row, while the good rows between come in', async () => {
    const admin = (await openClinic()).context('admin');
    const rows = bad.flatMap(([row], index) => [row, `Good ${index},x,1980-05-06,+86 138,"two\nlines"`]);
    const result = await importFile(admin, [header, ...rows, ''].join('\n'));
    expect(result).toMatchObject({ rows: 2 * bad.length, good: bad.length, bad: bad.length, imported: bad.length });
    const { rows: found, total } = importProblems(admin, { importId: result.importId, offset: 0, limit: 100 });
    expect(total).toBe(bad.length);
    expect(found.map(({ row, issues }) => [row, issues[0]?.path, issues[0]?.code])).toEqual(bad.map(([, path, code], index) => [2 * index + 1, path, code]));
    expect(namesOf(admin)).toEqual(bad.map((_, index) => `Good ${index}`));
    expect(JSON.stringify(found).length).toBeLessThan(2000);
  });

  test('markup in every field is stored as the text it is', async () => {
    const admin = (await openClinic()).context('admin');
    const columns = ['name', 'address', 'insuranceNumber', 'emergencyContactName', 'emergencyContactRelationship', 'notes'];
    await importFile(admin, `${columns.join(',')}\n${columns.map(() => quoted(markup)).join(',')}\n`);
    const [id] = admin.store.connection.prepare('SELECT id FROM patients').pluck().all() as [string];
    expect(getPatient(admin, { id })).toMatchObject({
      name: markup, address: markup, insuranceNumber: markup, notes: markup, emergencyContact: { name: markup, relationship: markup },
    });
  });

  test.each([
    ['file-empty', ''], ['file-empty', 'name,phone\n'], ['file-empty', 'name,phone\n\n ,\n'], ['file-not-csv', 'PK\u0003\u0004 a workbook'],
    ['file-not-csv', '"name,phone\nx,y'], ['file-not-csv', Buffer.alloc(1000)],
  ])('%s (%#)', async (code, file) => {
    const admin = (await openClinic()).context('admin');
    expect(await errorOf(() => inspectImport(admin, { importId: upload(admin, file) }))).toMatchObject({ code });
  });

  test('too large a file is refused before a byte of it is sent', async () => {
    const admin = (await openClinic()).context('admin');
    expect(await errorOf(() => beginImport(admin, { fileName: 'x', size: 420_000_000 }))).toEqual({ code: 'file-too-large', limitMegabytes: 400 });
  });

  test('bytes that are missing or come twice are noticed', async () => {
    const admin = (await openClinic()).context('admin');
    const { importId } = beginImport(admin, { fileName: 'x', size: 20 });
    appendToImport(admin, { importId, base64: Buffer.from('name,phone\n').toString('base64') });
    expect(await errorOf(() => inspectImport(admin, { importId }))).toMatchObject({ code: 'invalid-input' });
    expect(await errorOf(() => appendToImport(admin, { importId, base64: Buffer.from('name,phone\n').toString('base64') }))).toMatchObject({ code: 'invalid-input' });
  });

  test('a mapping without a name, or beside the columns, is refused', async () => {
    const admin = (await openClinic()).context('admin');
    const importId = upload(admin, text);
    const codes = async (mapping: object) => errorOf(() => runImport(admin, { importId, encoding: 'utf-8', mapping }));
    expect(await codes({ gender: 1 })).toEqual({ code: 'invalid-input', issues: [{ path: 'mapping.name', code: 'required' }] });
    expect(await codes({ name: 0, phone: 4 })).toEqual({ code: 'invalid-input', issues: [{ path: 'mapping.phone', code: 'out-of-range' }] });
  });
});

describe('a dry run', () => {
  test('says what an import would do, and does nothing', async () => {
    const clinic = await openClinic();
    const admin = clinic.context('admin');
    const importId = upload(admin, `${text}李四,男,1980-02-30,\n`);
    const before = auditTrail(clinic).length;
    expect(await ended(admin, dryRunImport(admin, suggestedPlan(admin, importId)))).toMatchObject({ state: 'done', kind: 'import.dry-run' });
    expect(importReport(admin, { importId })).toEqual({ rows: 2, good: 1, bad: 1, possibleDuplicates: 0, imported: 0 });
    expect([namesOf(admin), auditTrail(clinic).length, importBatches(admin)]).toEqual([[], before, []]);
  });

  test('counts who may be in the file twice or in the store already', async () => {
    const admin = (await openClinic()).context('admin');
    createPatient(admin, { patient: patientInput });
    createPatient(admin, { patient: { name: '赵六', gender: 'female', birthday: '1949-12-31', nationalId: '11010519491231002X' } });
    const importId = upload(admin, [
      'name,phone,birthday,nationalId',
      `${patientInput.name},${patientInput.phone},,`, // stored: phone and name
      `${patientInput.name},,${patientInput.birthday},`, // stored: name and birthday
      '赵 六,,,11010519491231002X', // stored: national id
      `${patientInput.name},,1991-01-01,`, // nobody: the name alone
      '钱七,13900000000,,', '钱七,139 0000 0000,,', // in the file: phone and name
      '',
    ].join('\n'));
    await ended(admin, dryRunImport(admin, suggestedPlan(admin, importId)));
    expect(importReport(admin, { importId })).toMatchObject({ rows: 6, good: 6, possibleDuplicates: 4 });
  });
});

describe('a run', () => {
  test('leaves numbers, audit entries and one batch behind, and cannot be run twice', async () => {
    const clinic = await openClinic();
    const admin = clinic.context('admin');
    const rows = Array.from({ length: 2200 }, (_, index) => `Patient ${index},m`);
    const { importId, batchId } = await importFile(admin, ['name,gender', ...rows].join('\n'));
    expect(auditTrail(clinic).filter(({ action }) => action === 'import.batch')).toMatchObject([{ count: 1000 }, { count: 1000 }, { count: 200 }]);
    expect(importBatches(admin)).toEqual([
      { id: batchId, kind: 'patients', fileName: 'patients.csv', importedAt: '2026-03-02T09:00:00.000Z', importedByName: 'Ada Admin', count: 2200, undone: false },
    ]);
    const numbers = admin.store.connection.prepare('SELECT medical_record_number FROM patients ORDER BY position').pluck().all() as string[];
    expect([numbers[0], numbers.at(-1), new Set(numbers).size]).toEqual(['01-000001', '01-002200', 2200]);
    expect(await errorOf(() => runImport(admin, { importId, encoding: 'utf-8', mapping: { name: 0 } }))).toEqual({ code: 'import-not-found' });
  });

  test('another session does not see the file', async () => {
    const clinic = await openClinic();
    const importId = upload(clinic.context('admin'), text);
    expect(await errorOf(() => inspectImport(clinic.context('doctor'), { importId }))).toEqual({ code: 'import-not-found' });
  });

  test('closing forgets the file', async () => {
    const admin = (await openClinic()).context('admin');
    const importId = upload(admin, text);
    await closeImport(admin, { importId });
    expect(await errorOf(() => inspectImport(admin, { importId }))).toEqual({ code: 'import-not-found' });
  });
});

describe('20,000 rows', () => {
  const rows = Array.from({ length: 20_000 }, (_, index) => `王小明${index},男,1990-01-02,138${String(index).padStart(8, '0')}`);
  const file = ['姓名,性别,出生日期,电话', ...rows].join('\n');

  test('cancelled in the middle leave whole change sets, and calls were answered meanwhile', async () => {
    const admin = (await openClinic()).context('admin');
    const importId = upload(admin, file);
    const job = runImport(admin, suggestedPlan(admin, importId));
    let answered = 0;
    while (importReport(admin, { importId }).imported < 3000) {
      await new Promise((resolve) => setImmediate(resolve));
      answered += 1;
    }
    expect(answered).toBeGreaterThanOrEqual(3);
    expect(await errorOf(() => beginImport(admin, { fileName: 'x', size: 1 }))).toEqual({ code: 'job-running' });
    expect(await admin.jobs.cancel(job.id)).toMatchObject({ state: 'cancelled' });
    const { imported, batchId } = importReport(admin, { importId });
    expect(imported).toBeLessThan(20_000);
    expect(imported % batchSize).toBe(0);
    expect(namesOf(admin)).toHaveLength(imported);
    expect(importBatches(admin)).toMatchObject([{ id: batchId, count: imported }]);
  });

  test('come in whole, in order, and are found', async () => {
    const admin = (await openClinic()).context('admin');
    expect(await importFile(admin, file)).toMatchObject({ rows: 20_000, imported: 20_000, bad: 0, possibleDuplicates: 0 });
    expect(namesOf(admin)).toEqual(rows.map((row) => row.split(',')[0]));
  });
});
