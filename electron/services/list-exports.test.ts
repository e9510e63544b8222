import { expect, test } from 'vitest';
import { statement } from '../storage/statements.ts';
import { exportLists, type ExportList } from '../../shared/contract/exchange.ts';
import { appointmentHistory, chartHistory } from './histories.ts';
import { createCondition, updateCondition } from './conditions.ts';
import { bookAppointment } from './appointments.ts';
import { createBackup } from './backups.ts';
import { clean } from './cleaning.ts';
import { loadCodeTable } from './codes.ts';
import { createCareTask } from './care-tasks.ts';
import { sendCommunication } from './communications.ts';
import { exportList } from './list-exports.ts';
import { createPatient, deletePatient } from './patients.ts';
import { qualityState } from './quality.ts';
import { createTextTemplate } from './text-templates.ts';
import { auditTrail, errorOf, openClinic } from './testing/clinic.ts';
import { ended, exportedText, importFile } from './testing/files.ts';

const cough = { code: { text: 'Cough, dry', coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'R05' }] }, clinicalStatus: 'active', verificationStatus: 'confirmed', note: 'at night' } as const;
const condition = { ...cough, code: { ...cough.code, coding: [...cough.code.coding] } };
const ofServer: ReadonlySet<ExportList> = new Set(['workstations', 'held', 'alarms', 'proposals', 'queues', 'serverJobs']);
const rowsOf = (csv: string) => csv.replace('\uFEFF', '').trim().split('\r\n').slice(1);

async function clinicWithPatients() {
  const clinic = await openClinic();
  const [doctor, admin] = [clinic.context('doctor'), clinic.context('admin')];
  const register = (name: string) => createPatient(doctor, { patient: { name, gender: 'male' } });
  return { clinic, doctor, admin, one: register('王小明'), other: register('Li Lei') };
}

test('a list is written with whose each entry is, of one patient or of all, without what is in the trash', async () => {
  const { clinic, doctor, admin, one, other } = await clinicWithPatients();
  createCondition(doctor, { patientId: one.id, content: condition });
  createCondition(doctor, { patientId: other.id, content: condition });
  const [first, second] = rowsOf(await exportedText(admin, exportList(admin, { list: 'conditions' })));
  expect(first).toBe(`${one.medicalRecordNumber},王小明,"Cough, dry",http://hl7.org/fhir/sid/icd-10|R05,,active,confirmed,,,at night,Dora Doctor,2026-03-02T09:00:00.000Z`);
  expect(second).toContain('Li Lei');
  expect(rowsOf(await exportedText(admin, exportList(admin, { list: 'conditions', patientId: other.id })))).toEqual([second]);
  deletePatient(doctor, { id: other.id, rev: other.rev });
  expect(rowsOf(await exportedText(admin, exportList(admin, { list: 'conditions' })))).toEqual([first]);
  expect(auditTrail(clinic).filter(({ action }) => action === 'export.created')).toMatchObject([{ collection: 'conditions', count: 2 }, { count: 1, patientId: other.id }, { count: 1 }]);
});

test('every list can be had, with names for users, by whoever may see it', async () => {
  const { doctor, admin, one } = await clinicWithPatients();
  bookAppointment(doctor, { appointment: { patientId: one.id, practitionerId: doctor.user.id, start: '2026-03-03T01:00:00.000Z', end: '2026-03-03T01:30:00.000Z' } });
  const appointments = await exportedText(doctor, exportList(doctor, { list: 'appointments' }));
  expect(rowsOf(appointments)).toEqual([`${one.medicalRecordNumber},王小明,2026-03-03T01:00:00.000Z,2026-03-03T01:30:00.000Z,booked,Dora Doctor,,`]);
  for (const list of exportLists.filter((name) => !ofServer.has(name))) expect([list, (await exportedText(admin, exportList(admin, { list }))).length > 15]).toEqual([list, true]);
  const audit = await exportedText(admin, exportList(admin, { list: 'audit' }));
  expect(audit.indexOf('Patient registered')).toBeLessThan(audit.indexOf('Appointment booked'));
  expect(await errorOf(() => exportList(doctor, { list: 'audit' }))).toEqual({ code: 'forbidden', permission: 'audit.read' });
  // These are the server's to tell, and there is none.
  for (const list of ofServer) expect([list, await ended(admin, exportList(admin, { list }))]).toMatchObject([list, { state: 'failed', error: { code: 'not-enrolled' } }]);
});

test('every version of a document of a chart and of the book is told, newest first, and none of a patient who may not be seen', async () => {
  const { clinic, doctor, one } = await clinicWithPatients();
  const { id, rev } = createCondition(doctor, { patientId: one.id, content: condition });
  clinic.clock.pass(60_000);
  updateCondition(doctor, { id, rev, content: { ...condition, clinicalStatus: 'resolved' } });
  expect(chartHistory(doctor, { collection: 'conditions', id })).toMatchObject([
    { savedByName: 'Dora Doctor', savedAt: '2026-03-02T09:01:00.000Z', content: { clinicalStatus: 'resolved' } }, { savedAt: '2026-03-02T09:00:00.000Z', content: { clinicalStatus: 'active' } },
  ]);
  const [booked] = bookAppointment(doctor, { appointment: { patientId: one.id, room: 'Room 1', start: '2026-03-03T01:00:00.000Z', end: '2026-03-03T01:30:00.000Z' } });
  expect(appointmentHistory(doctor, { id: String(booked?.id) })).toHaveLength(1);
  expect(await errorOf(() => chartHistory(doctor, { collection: 'observations', id }))).toEqual({ code: 'not-found', collection: 'observations' });
  deletePatient(doctor, { id: one.id, rev: one.rev });
  expect(await errorOf(() => chartHistory(clinic.context('nurse'), { collection: 'conditions', id }))).toEqual({ code: 'not-found', collection: 'patients' });
});

test('what was deleted, written twice or refused is listed as on its screen, past the first page, and hides what its reader may not see', async () => {
  const { clinic, doctor, admin, one, other } = await clinicWithPatients();
  deletePatient(doctor, { id: other.id, rev: other.rev });
  expect(rowsOf(await exportedText(doctor, exportList(doctor, { list: 'trash' })))).toEqual([`Patient,Li Lei,${other.medicalRecordNumber},Li Lei,2026-03-02T09:00:00.000Z,Dora Doctor`]);

  const side = (rev: string) => ({ rev, by: doctor.user.id, at: '2026-03-02T08:00:00.000Z', deviceId: one.id });
  const clash = (collection: string, documentId: string, path: string) => ({
    collection, documentId, sides: [side(one.rev), side(other.rev)] as [ReturnType<typeof side>, ReturnType<typeof side>],
    clashes: [{ path, base: {}, values: [{ value: 'A' }, { value: 'B' }] as [object, object], kept: 0 as const }], status: 'open' as const,
  });
  doctor.store.commit({ actor: doctor.actor, action: 'patient.updated' }, (transaction) => {
    transaction.create('conflicts', { ...clash('patients', one.id, 'address'), patientId: one.id });
    transaction.create('conflicts', clash('users', doctor.user.id, 'role'));
    for (let count = 0; count < 205; count += 1) transaction.create('conflicts', { ...clash('patients', one.id, 'phone'), patientId: one.id, status: 'settled', settledByName: 'Ada Admin', settledAt: '2026-03-02T08:30:00.000Z' });
  });
  const seen = rowsOf(await exportedText(doctor, exportList(doctor, { list: 'conflicts' })));
  expect([seen.length, seen[0], seen[1]]).toEqual([
    206, 'Open,王小明,Patient: 王小明,Address,Dora Doctor and Dora Doctor,2026-03-02T09:00:00.000Z,,', 'Settled,王小明,Patient: 王小明,Phone,Dora Doctor and Dora Doctor,2026-03-02T09:00:00.000Z,Ada Admin,2026-03-02T08:30:00.000Z',
  ]);
  expect(rowsOf(await exportedText(admin, exportList(admin, { list: 'conflicts' })))).toHaveLength(207);

  const { seq } = statement<{ seq: number }>(admin.store.connection, "SELECT seq FROM change_sets WHERE action = 'patient.deleted'").get() as { seq: number };
  statement(admin.store.connection, "INSERT INTO quarantine (change_seq, refusal, refused_at) VALUES (?, 'out-of-scope', '2026-03-02T10:00:00.000Z')").run(seq);
  expect(rowsOf(await exportedText(admin, exportList(admin, { list: 'quarantine' })))).toEqual([
    '2026-03-02T09:00:00.000Z,Patient moved to trash,Patient Li Lei,Dora Doctor,The patient does not belong to this site,2026-03-02T10:00:00.000Z',
  ]);
  for (const list of ['trash', 'quarantine'] as const) expect(await errorOf(() => exportList(clinic.context('front-desk'), { list }))).toMatchObject({ code: 'forbidden' });
  expect(auditTrail(clinic).filter(({ action }) => action === 'export.created')).toMatchObject([{ count: 1 }, { collection: 'conflicts', count: 206 }, { count: 207 }, { count: 1 }]);
});

test('referrals, messages, tasks, ready texts and what is to be mended are written as on their screens', async () => {
  const { doctor, admin, one } = await clinicWithPatients();
  sendCommunication(doctor, { patientId: one.id, payload: 'Fever, please call' });
  createCareTask(doctor, { patientId: one.id, description: 'Weigh her', priority: 'urgent', due: '2026-03-09' });
  createTextTemplate(doctor, { template: { kind: 'snippet', title: 'Cold', shortcut: 'cold', text: 'Rest, fluids' } });
  const lake = doctor.store.newId();
  doctor.store.commit({ actor: doctor.actor, action: 'referral.sent' }, (transaction) =>
    transaction.create('referrals', {
      kind: 'referral', status: 'rejected', statusReason: 'No bed', priority: 'urgent', subjectId: one.id, patientName: one.name, gender: 'male', reason: 'Chest pain', authoredOn: '2026-03-02T09:00:00.000Z',
      requesterId: doctor.user.id, requesterName: 'Dora Doctor', senderSiteId: doctor.store.siteId ?? '', recipientSiteId: lake, siteIds: [doctor.store.siteId ?? '', lake],
      received: '2026-03-02T09:10:00.000Z', read: { at: '2026-03-02T09:20:00.000Z', userId: lake, name: 'Lin' },
    }));
  while (qualityState(doctor).unchecked > 0);
  const rows = async (list: ExportList) => rowsOf(await exportedText(admin, exportList(admin, { list })));
  expect(await rows('referrals')).toMatchObject([expect.stringMatching(/,Referral · Urgent,"Dora Doctor, [^"]+",.*2026-03-02T09:00:00.000Z,Chest pain,Declined: No bed,2026-03-02T09:10:00.000Z,2026-03-02T09:20:00.000Z,Lin$/)]);
  expect(await rows('communications')).toMatchObject([expect.stringMatching(`^${one.medicalRecordNumber},王小明,.*2026-03-02T09:00:00.000Z,"Fever, please call",`)]);
  expect(await rows('careTasks')).toMatchObject([expect.stringMatching(`^${one.medicalRecordNumber},王小明,.*,Weigh her,2026-03-09,Open,`)]);
  expect(await rows('textTemplates')).toEqual(['Cold,cold,Text,Everybody,"Rest, fluids",,,,']);
  expect(await rows('quality')).toContain(`Could be better,No phone,Patients,${one.medicalRecordNumber},王小明,phone,`);
});

test('imports, batches, backups, codes, changes and what needs another time are written as on their screens', async () => {
  const { doctor, admin, one, other } = await clinicWithPatients();
  const rows = async (list: ExportList) => rowsOf(await exportedText(admin, exportList(admin, { list })));
  await importFile(admin, 'name,gender,phone\nAnn,female,138 0000 1234\n');
  while (qualityState(doctor).unchecked > 0);
  await ended(doctor, clean(doctor, { what: 'phone' }));
  await ended(admin, createBackup(admin));
  const codes = 'code,name\r\nI10,"Hypertension, essential"\r\n';
  loadCodeTable(admin, { system: 'http://hl7.org/fhir/sid/icd-10', name: 'Ours', text: codes });
  const slot = { practitionerId: doctor.user.id, start: '2026-03-03T01:00:00.000Z', end: '2026-03-03T01:30:00.000Z' };
  const [kept] = bookAppointment(doctor, { appointment: { patientId: one.id, ...slot } });
  doctor.store.commit({ actor: doctor.actor, action: 'appointment.booked' }, (transaction) =>
    transaction.create('appointments', { patientId: other.id, ...slot, status: 'proposed', displacedBy: kept!.id }));
  expect(await rows('importBatches')).toEqual(['2026-03-02T09:00:00.000Z,patients.csv,Ada Admin,1 patient,']);
  expect(await rows('cleanings')).toEqual(['2026-03-02T09:00:00.000Z,Phones,Dora Doctor,1,']);
  expect(await rows('backups')).toEqual([expect.stringMatching(/^2026-03-02T09:00:00.000Z,[^,]+\.outpost-backup,3,0,\d{5,},verified$/)]);
  const written = await exportedText(admin, exportList(admin, { list: 'codeTables' }));
  expect(rowsOf(written)).toEqual(['I10,"Hypertension, essential",Ours']);
  expect(loadCodeTable(admin, { system: 'http://hl7.org/fhir/sid/icd-10', name: 'Ours', text: written })).toMatchObject({ entries: 1 });
  expect(await rows('displaced')).toEqual([`${other.medicalRecordNumber},Li Lei,2026-03-03T01:00:00.000Z,2026-03-03T01:30:00.000Z,Dora Doctor,,,王小明 (${one.medicalRecordNumber})`]);
  expect((await rows('waitingChanges')).filter((row) => row.includes('Appointment'))).toContainEqual(expect.stringMatching(/^2026-03-02T09:00:00.000Z,Appointment booked,Appointment .*,Dora Doctor,saved here,\d+$/));
  expect(await errorOf(() => exportList(doctor, { list: 'backups' }))).toEqual({ code: 'forbidden', permission: 'backup.manage' });
});
