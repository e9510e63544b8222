import { expect, onTestFinished, test, vi } from 'vitest';
import { createAllergy } from './allergies.ts';
import { callPatient, checkIn, finish } from './encounters.ts';
import { createPatient } from './patients.ts';
import { listClosedCharts } from './record-room.ts';
import { createRecord } from './records.ts';
import { lastDays } from '../storage/record-room.ts';
import { countParts } from './shared-charts.ts';
import { openClinic, patientInput, recordInput } from './testing/clinic.ts';

/** A clinic eight hours ahead of the instants that are stored: its early morning is the evening before in them. */
async function inShanghai(at: string) {
  vi.stubEnv('TZ', 'Asia/Shanghai');
  onTestFinished(() => void vi.unstubAllEnvs());
  const clinic = await openClinic();
  clinic.clock.set(at);
  const doctor = clinic.context('doctor');
  return { clinic, doctor, patient: createPatient(doctor, { patient: patientInput }) };
}

test('what was written early in the morning of a day goes along with a referral of what was written since that day', async () => {
  const { doctor, patient } = await inShanghai('2026-03-04T18:00:00.000Z');
  createAllergy(doctor, { patientId: patient.id, content: { code: { text: 'Penicillin G' }, criticality: 'high', clinicalStatus: 'active', verificationStatus: 'confirmed' } });
  expect(countParts(doctor, { patientId: patient.id, since: '2026-03-05' }).allergyIntolerances).toBe(1);
  expect(countParts(doctor, { patientId: patient.id, since: '2026-03-06' }).allergyIntolerances).toBe(0);
});

test('a visit that ended early in the morning is kept from that day on, and not from the day before', async () => {
  const { doctor, patient } = await inShanghai('2026-03-04T18:00:00.000Z');
  const { id, rev } = checkIn(doctor, { patientId: patient.id, kind: 'emergency', urgency: { priority: 'routine' } });
  finish(doctor, { id, rev: callPatient(doctor, { id, rev, room: '1' }).rev, status: 'finished' });
  expect(lastDays(doctor.store.connection, patient.id).visit).toBe('2026-03-05');
});

test('a visit that ended early in the morning lies in the record room among those of that day', async () => {
  const { clinic, doctor, patient } = await inShanghai('2026-03-04T18:00:00.000Z');
  const { id, rev } = checkIn(doctor, { patientId: patient.id, kind: 'emergency', urgency: { priority: 'routine' } });
  finish(doctor, { id, rev: callPatient(doctor, { id, rev, room: '1' }).rev, status: 'finished' });
  const before = createRecord(doctor, { patientId: createPatient(doctor, { patient: { ...patientInput, name: '李四' } }).id, record: { ...recordInput, kind: 'outpatient', admissionDate: '2026-03-04' } });
  clinic.clock.set('2026-03-06T04:00:00.000Z');
  const { rows } = listClosedCharts(doctor, { state: 'closed', offset: 0, limit: 10 });
  expect(rows.map((row) => [row.id, row.period.end])).toEqual([[id, '2026-03-05'], [before.id, '2026-03-04']]);
});
