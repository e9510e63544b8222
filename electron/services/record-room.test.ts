import { expect, test } from 'vitest';
import type { SealedCopy } from '../../shared/record-room/sealed-copy.ts';
import { createAllergy } from './allergies.ts';
import { exportChartList } from './chart-list-export.ts';
import { lendChart, returnChart } from './chart-loans.ts';
import { contentHash } from './closed-charts.ts';
import type { Context } from './context.ts';
import { appendUpload, beginUpload, createDocument, deleteDocument } from './document-references.ts';
import { mergePatients } from './duplicates.ts';
import { checkIn, finish } from './encounters.ts';
import { createObservations, updateObservation } from './observations.ts';
import { createPatient, deletePatient } from './patients.ts';
import { getClosedChart, listClosedCharts, moveOriginal, sealAnew, sealChart } from './record-room.ts';
import { amendRecord, createRecord, deleteRecord, signRecord, updateRecord } from './records.ts';
import { exportSealedCopy, writeSealedCopy } from './sealed-copies.ts';
import { auditTrail, errorOf, openClinic, patientInput, recordInput, type TestClinic } from './testing/clinic.ts';
import { exportedText } from './testing/files.ts';
import { appendVerify, beginVerify, verifySealedCopy } from './verify-copy.ts';

const noKnownAllergy = { code: { text: 'No known allergy', coding: [{ system: 'http://snomed.info/sct', code: '716186003' }] }, clinicalStatus: 'active' as const, verificationStatus: 'confirmed' as const };
const pulse = { code: { text: 'Heart rate' }, category: 'vital-signs', status: 'final', effectiveDateTime: '2026-03-02T09:00:00.000Z', valueQuantity: { value: 72 } } as const;

/** A visit at the desk with a record that is not signed and a measurement; then it is over. */
function visit(clinic: TestClinic, name = '王小明') {
  const [doctor, desk] = [clinic.context('doctor'), clinic.context('front-desk')];
  const { id: patientId } = createPatient(desk, { patient: { ...patientInput, name } });
  const encounter = checkIn(desk, { patientId, kind: 'outpatient', urgency: { priority: 'routine' }, reason: 'Cough' });
  const record = createRecord(doctor, { patientId, record: recordInput });
  const [observation] = createObservations(doctor, { patientId, contents: [pulse] }) as [ReturnType<typeof createObservations>[0]];
  clinic.clock.pass(600_000);
  finish(desk, { id: encounter.id, rev: encounter.rev, status: 'finished' });
  clinic.clock.pass(60_000);
  return { doctor, nurse: clinic.context('nurse'), desk, patientId, id: encounter.id, record, observation };
}

/** The same, mended and sealed. */
async function sealedVisit() {
  const clinic = await openClinic();
  const made = visit(clinic);
  const { doctor, patientId, record, id } = made;
  const signed = signRecord(doctor, { id: record.id, rev: record.rev });
  createAllergy(doctor, { patientId, content: noKnownAllergy });
  return { clinic, ...made, signed, archived: sealChart(doctor, { id, location: 'Shelf 4' }) };
}

const window = { offset: 0, limit: 50 };
const verifyText = (context: Context, text: string) => {
  const bytes = Buffer.from(text);
  const { uploadId } = beginVerify(context, { size: bytes.length });
  appendVerify(context, { uploadId, base64: bytes.toString('base64') });
  return verifySealedCopy(context, { uploadId });
};

test('a closed chart is listed with what is missing, is not sealed without it, and is once it is mended', async () => {
  const clinic = await openClinic();
  const { doctor, patientId, id, record } = visit(clinic);
  expect(listClosedCharts(doctor, { ...window, state: 'closed' })).toMatchObject({ total: 1, rows: [{ id, chart: 'encounters', patientName: '王小明', state: 'closed', period: { start: '2026-03-02', end: '2026-03-02' } }] });
  expect(getClosedChart(doctor, { id }).findings).toEqual([
    { rule: 'record-unsigned', severity: 'required', about: { collection: 'medicalRecords', id: record.id } }, { rule: 'allergies-unasked', severity: 'required' }, { rule: 'diagnosis-uncoded', severity: 'advised' },
  ]);
  expect(await errorOf(() => sealChart(doctor, { id }))).toEqual({ code: 'chart-incomplete', count: 2 });
  signRecord(doctor, { id: record.id, rev: record.rev });
  createAllergy(doctor, { patientId, content: noKnownAllergy });
  const archived = sealChart(doctor, { id, location: 'Shelf 4' });
  expect(archived.entry.map(({ collection }) => collection)).toEqual(['encounters', 'medicalRecords', 'observations']);
  expect(listClosedCharts(doctor, { ...window, state: 'closed' }).total).toBe(0);
  expect(listClosedCharts(doctor, { ...window, state: 'archived', text: '小明' }).rows).toMatchObject([{ id, location: 'Shelf 4', findings: [] }]);
  expect(listClosedCharts(doctor, { ...window, state: 'archived', text: 'nobody' }).total).toBe(0);
  expect(await errorOf(() => sealChart(doctor, { id }))).toEqual({ code: 'chart-sealed' });
  expect(auditTrail(clinic).map(({ action }) => action)).toContain('chart.archived');
});

test('a record that no visit stands for is a chart of its own once its day is over, an inpatient one after discharge', async () => {
  const clinic = await openClinic();
  const doctor = clinic.context('doctor');
  const { id: patientId } = createPatient(doctor, { patient: patientInput });
  const outpatient = createRecord(doctor, { patientId, record: recordInput });
  const stay = createRecord(doctor, { patientId, record: { ...recordInput, kind: 'inpatient' } });
  expect(listClosedCharts(doctor, { ...window, state: 'closed' }).total).toBe(0);
  clinic.clock.pass(86_400_000);
  expect(listClosedCharts(doctor, { ...window, state: 'closed' }).rows.map(({ id }) => id)).toEqual([outpatient.id]);
  updateRecord(doctor, { id: stay.id, rev: stay.rev, record: { ...recordInput, kind: 'inpatient', dischargeDate: '2026-03-03' } });
  expect(listClosedCharts(doctor, { ...window, state: 'closed', kind: 'inpatient' }).rows).toMatchObject([{ id: stay.id, chart: 'medicalRecords', period: { end: '2026-03-03' } }]);
  expect(getClosedChart(doctor, { id: stay.id })).toMatchObject({ retainedUntil: '2056-03-03' });
});

test('nothing in a sealed chart changes: the record is amended, a wrong measurement says so, and nothing is added to it', async () => {
  const { doctor, patientId, id, signed, observation, archived } = await sealedVisit();
  const { patientId: _patient, recorderId: _by, recorderName: _name, recordedDate: _at, id: observationId, rev, ...rest } = observation;
  const content = { code: rest.code, category: rest.category, status: rest.status, effectiveDateTime: rest.effectiveDateTime, valueQuantity: rest.valueQuantity };
  expect(await errorOf(() => updateObservation(doctor, { id: observationId, rev, content: { ...content, valueQuantity: { value: 27 } } }))).toEqual({ code: 'chart-sealed' });
  expect(await errorOf(() => createObservations(doctor, { patientId, contents: [pulse], medicalRecordId: signed.id }))).toEqual({ code: 'chart-sealed' });
  expect(await errorOf(() => sealAnew(doctor, { id, rev: observation.rev, reason: 'Wrong' }))).toMatchObject({ code: 'stale-revision' });
  for (const collection of ['archivedCharts', 'encounters', 'observations'] as const) {
    const sealed = { archivedCharts: archived, encounters: doctor.store.get('encounters', id)!, observations: observation }[collection];
    expect(await errorOf(() => doctor.store.commit({ actor: doctor.actor, action: 'record.deleted' }, (transaction) => transaction.remove(collection, sealed.id, { over: sealed.rev })))).toEqual({ code: 'chart-sealed' });
  }
  expect(getClosedChart(doctor, { id }).entries.map(({ standing }) => standing)).toEqual(['as-sealed', 'as-sealed', 'as-sealed']);
  updateObservation(doctor, { id: observationId, rev, content: { ...content, status: 'entered-in-error' } });
  amendRecord(doctor, { id: signed.id, rev: signed.rev, record: { ...recordInput, diagnosis: 'Pneumonia' }, reason: 'X-ray' });
  expect(getClosedChart(doctor, { id }).entries.map(({ standing }) => standing)).toEqual(['as-sealed', 'amended', 'amended']);
  const anew = sealAnew(doctor, { id, rev: archived.rev, reason: 'The record was amended' });
  expect(anew).toMatchObject({ location: 'Shelf 4', amendments: [{ reason: 'The record was amended', overRev: archived.rev }] });
  expect(getClosedChart(doctor, { id }).entries.every(({ standing }) => standing === 'as-sealed')).toBe(true);
});

test('a paper original is lent once, is overdue after its day, and comes back', async () => {
  const { clinic, nurse, id, archived } = await sealedVisit();
  const loan = { borrowerName: 'Dr Li', purpose: 'Case review', dueDate: '2026-03-09' };
  expect(await errorOf(() => lendChart(nurse, { id, loan: { ...loan, dueDate: '2026-03-01' } }))).toMatchObject({ code: 'invalid-input', issues: [{ path: 'loan.dueDate' }] });
  const lent = lendChart(nurse, { id, loan });
  expect(await errorOf(() => lendChart(nurse, { id, loan }))).toEqual({ code: 'chart-lent' });
  expect(listClosedCharts(nurse, { ...window, state: 'lent' }).rows).toMatchObject([{ id, state: 'lent', borrowerName: 'Dr Li', dueDate: '2026-03-09' }]);
  expect(listClosedCharts(nurse, { ...window, state: 'overdue' }).total).toBe(0);
  clinic.clock.set('2026-03-10T09:00:00.000Z');
  expect(listClosedCharts(nurse, { ...window, state: 'overdue' }).rows).toMatchObject([{ id, state: 'overdue' }]);
  const back = returnChart(nurse, { id: lent.id, rev: lent.rev });
  expect(back).toMatchObject({ returnedAt: '2026-03-10T09:00:00.000Z', returned: { name: 'Nora Nurse' } });
  expect(returnChart(nurse, { id: lent.id, rev: back.rev })).toEqual(back);
  expect(listClosedCharts(nurse, { ...window, state: 'lent' }).total).toBe(0);
  expect(moveOriginal(nurse, { id, rev: archived.rev, location: 'Box 7' }).location).toBe('Box 7');
  expect(getClosedChart(nurse, { id }).loans).toHaveLength(1);
});

test('what must be kept is not deleted: a signed record and its patient, for 15 years; a draft may go', async () => {
  const clinic = await openClinic();
  const { doctor, patientId, record } = visit(clinic);
  const stays = { code: 'retention-period', until: '2041-03-02' };
  const draft = createRecord(doctor, { patientId, record: recordInput });
  deleteRecord(doctor, { id: draft.id, rev: draft.rev });
  const signed = signRecord(doctor, { id: record.id, rev: record.rev });
  expect(await errorOf(() => deleteRecord(doctor, { id: signed.id, rev: signed.rev }))).toEqual(stays);
  const bytes = Buffer.from('Letter');
  const { uploadId } = beginUpload(doctor, { size: bytes.length });
  appendUpload(doctor, { uploadId, base64: bytes.toString('base64') });
  const letter = createDocument(doctor, { uploadId, patientId, content: { title: 'Letter', type: 'other', date: '2026-03-02', medicalRecordId: signed.id } });
  expect(await errorOf(() => deleteDocument(doctor, { id: letter.id, rev: letter.rev }))).toEqual(stays);
  const patient = doctor.store.get('patients', patientId)!;
  expect(await errorOf(() => deletePatient(doctor, { id: patientId, rev: patient.rev }))).toEqual(stays);
  clinic.clock.set('2041-03-02T09:00:00.000Z');
  expect(await errorOf(() => deletePatient(doctor, { id: patientId, rev: patient.rev }))).toEqual(stays);
  clinic.clock.set('2041-03-04T09:00:00.000Z');
  deleteRecord(doctor, { id: signed.id, rev: signed.rev });
  deletePatient(doctor, { id: patientId, rev: patient.rev });
});

test('a sealed copy verifies, and says what was altered, taken out, put in or signed by somebody else', async () => {
  const { doctor, nurse, id, record, clinic } = await sealedVisit();
  const text = await exportedText(doctor, exportSealedCopy(doctor, { id }));
  expect(verifyText(nurse, text)).toMatchObject({ genuine: true, problems: [], patientName: '王小明', siteName: 'Test Clinic', exportedByName: 'Dora Doctor', documents: 5 });
  const altered = (change: (copy: SealedCopy) => void): string => {
    const copy = JSON.parse(text) as SealedCopy;
    change(copy);
    return JSON.stringify(copy);
  };
  const recordIn = (copy: SealedCopy) => copy.documents.find((document) => document.id === record.id)!;
  const found = (copy: string) => verifyText(nurse, copy).problems;
  expect(found(altered((copy) => void (recordIn(copy).content['diagnosis'] = 'Nothing')))).toEqual([{ problem: 'altered', collection: 'medicalRecords', id: record.id, title: recordInput.chiefComplaint }]);
  expect(found(altered((copy) => void copy.documents.splice(1, 1)))).toMatchObject([{ problem: 'missing', collection: 'encounters', id }]);
  expect(found(altered((copy) => void copy.documents.push({ ...recordIn(copy), id })))).toMatchObject([{ problem: 'added', collection: 'medicalRecords' }]);
  expect(found(altered((copy) => {
    recordIn(copy).content['diagnosis'] = 'Nothing';
    copy.statement.documents.find((document) => document.id === record.id)!.hash = contentHash(recordIn(copy).content);
  }))).toEqual([{ problem: 'statement-altered' }]);
  // Another clinic of the same name signs what it likes with a key of its own.
  const stranger = (await openClinic()).context('doctor');
  expect(verifyText(stranger, text).problems).toEqual([{ problem: 'unknown-key' }]);
  for (const bad of ['', 'not JSON', '{}', altered((copy) => void Object.assign(copy, { format: 'other' }))]) {
    expect(await errorOf(() => verifyText(nurse, bad === '' ? ' ' : bad))).toEqual({ code: 'file-not-sealed-copy' });
  }
  expect(writeSealedCopy(doctor, id).statement.publicKey).toBe((JSON.parse(text) as SealedCopy).statement.publicKey);
  expect(doctor.store.get('sites', doctor.store.siteId!)?.sealKeys).toHaveLength(1);
  expect(auditTrail(clinic).map(({ action }) => action)).toEqual(expect.arrayContaining(['chart.exported', 'chart.verified']));
});

test('the list is written as CSV, what is missing in words', async () => {
  const clinic = await openClinic();
  const { doctor } = visit(clinic);
  clinic.workstation.preferences = { language: 'en', theme: 'auto' };
  const text = await exportedText(doctor, exportChartList(doctor, { state: 'closed' }));
  expect(text.split('\r\n')[0]).toContain('Record no.,Name,Kind,From,To,State,Missing,Paper original,Lent to,Due back');
  expect(text).toContain('王小明,Outpatient,2026-03-02,2026-03-02,To be sealed,"A record is not signed (required)');
});

test('charts are found by all that a patient is found by, under whichever entry they were written', async () => {
  const clinic = await openClinic();
  const { doctor, desk, patientId, id } = visit(clinic);
  const [one, other] = ['王晓铭', '李雷'].map((name) => createPatient(desk, { patient: { ...patientInput, name, phone: '13900000000' } }));
  const found = (text: string) => listClosedCharts(doctor, { ...window, state: 'closed', text }).rows.map((row) => row.id);
  expect([found('wangxiaoming'), found('wxm'), found('晓铭'), found('lilei'), found('-')]).toEqual([[id], [id], [], [], []]);
  const [before, after] = [doctor.store.get('patients', patientId), doctor.store.get('patients', one?.id ?? '')];
  mergePatients(doctor, { survivor: { id: String(after?.id), rev: String(after?.rev) }, replaced: { id: patientId, rev: String(before?.rev) } });
  expect([found('晓铭'), found('小明'), found(String(other?.medicalRecordNumber))]).toEqual([[id], [id], []]);
});
