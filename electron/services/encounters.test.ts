import { expect, test } from 'vitest';
import { bookAppointment, listAppointments } from './appointments.ts';
import { board, callPatient, checkIn, finish, queue, triage } from './encounters.ts';
import { findByNumber } from './patient-search.ts';
import { createPatient } from './patients.ts';
import { createRecord, updateRecord } from './records.ts';
import { getSettings, updateSettings } from './settings.ts';
import { auditTrail, errorOf, openClinic, patientInput, recordInput } from './testing/clinic.ts';

const routine = { priority: 'routine' } as const;

async function withPatients(...names: string[]) {
  const clinic = await openClinic();
  const context = clinic.context('front-desk');
  const ids = names.map((name) => createPatient(context, { patient: { ...patientInput, name } }).id);
  return { clinic, context, ids };
}

test('an appointment is checked in, called and seen, and the record written meanwhile belongs to the visit', async () => {
  const { clinic, context, ids: [patientId = ''] } = await withPatients('王小明');
  const slot = { start: '2026-03-02T09:15:00.000Z', end: '2026-03-02T09:30:00.000Z' };
  const [booked] = bookAppointment(context, { appointment: { patientId, room: 'Room 1', ...slot, reason: 'Cough' } });
  const visit = checkIn(context, { patientId, appointmentId: booked?.id, kind: 'outpatient', urgency: routine });
  expect(visit).toMatchObject({ status: 'arrived', appointmentId: booked?.id, room: 'Room 1', reason: 'Cough', arrivedAt: '2026-03-02T09:00:00.000Z' });
  expect(await errorOf(() => checkIn(context, { patientId, kind: 'outpatient', urgency: routine }))).toEqual({ code: 'already-checked-in' });
  const called = callPatient(context, { id: visit.id, rev: visit.rev, room: 'Room 2' });
  const doctor = clinic.context('doctor');
  const record = createRecord(doctor, { patientId, record: recordInput });
  expect(record.encounterId).toBe(visit.id);
  const ended = finish(context, { id: visit.id, rev: called.rev, status: 'finished' });
  expect(queue(context)).toEqual([]);
  expect(listAppointments(context, { from: slot.start, to: slot.end })).toMatchObject([{ status: 'fulfilled' }]);
  expect(updateRecord(doctor, { id: record.id, rev: record.rev, record: recordInput }).encounterId).toBe(visit.id);
  expect(createRecord(doctor, { patientId, record: recordInput })).not.toHaveProperty('encounterId');
  expect(await errorOf(() => callPatient(context, { id: visit.id, rev: ended.rev, room: 'Room 1' }))).toEqual({ code: 'encounter-ended' });
  expect(auditTrail(clinic).map(({ action }) => action)).toEqual(expect.arrayContaining(['encounter.arrived', 'encounter.called', 'encounter.finished']));
});

test('the graver is called before the longer, with a reason, and the called stand on top', async () => {
  const { clinic, context, ids } = await withPatients('甲', '乙', '丙');
  const visits = ids.map((patientId) => {
    clinic.clock.pass(60_000);
    return checkIn(context, { patientId, kind: 'outpatient', urgency: routine });
  });
  const [first, second, third] = visits as [typeof visits[0], typeof visits[0], typeof visits[0]];
  triage(context, { id: third.id, rev: third.rev, urgency: { priority: 'emergency', priorityReason: 'Chest pain' } });
  expect(queue(context).map(({ patientName, status }) => [patientName, status])).toEqual([['丙', 'triaged'], ['甲', 'arrived'], ['乙', 'arrived']]);
  callPatient(context, { id: second.id, rev: second.rev, room: 'Room 1' });
  expect(queue(context).map(({ patientName }) => patientName)).toEqual(['乙', '丙', '甲']);
  expect(finish(context, { id: first.id, rev: first.rev, status: 'cancelled' })).toMatchObject({ status: 'cancelled', endedAt: '2026-03-02T09:03:00.000Z' });
});

test('the screen in the waiting room is never given a full name, and the settings can take the name away', async () => {
  const { clinic, context, ids } = await withPatients('王小明', 'Anna Lee');
  const visits = ids.map((patientId) => checkIn(context, { patientId, kind: 'outpatient', urgency: routine }));
  callPatient(context, { id: visits[0]?.id as string, rev: visits[0]?.rev as string, room: 'Room 1' });
  expect(board(context)).toMatchObject({ called: [{ label: '王*明', room: 'Room 1' }], waiting: [{ label: 'A*** L***' }] });
  expect(JSON.stringify(board(context))).not.toMatch(/王小明|Anna|Lee/);
  const { lockAfterMinutes, backupEveryHours, backupsKept } = getSettings(context);
  updateSettings(clinic.context('admin'), { lockAfterMinutes, backupEveryHours, backupsKept, roomBoardNames: 'number' });
  expect(board(context).called[0]?.label).toBe('0001');
});

test('a number that a scanner reads finds its patient and nobody else', async () => {
  const { context, ids } = await withPatients('王小明', '李小红');
  const { medicalRecordNumber } = context.store.get('patients', ids[1] as string) as { medicalRecordNumber: string };
  expect(findByNumber(context, { medicalRecordNumber })).toEqual({ id: ids[1] });
  expect(findByNumber(context, { medicalRecordNumber: medicalRecordNumber.slice(0, -1) })).toBeNull();
});
