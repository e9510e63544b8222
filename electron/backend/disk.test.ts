import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { answerCall } from './router.ts';
import { handlers } from './handlers.ts';
import { auditTrail, openClinic, password, patientInput } from '../services/testing/clinic.ts';

/** The disk as SQLite meets it: no page more than there are, or nothing to be written at all. */
const disks = {
  full: { set: 'max_page_count = 1', free: 'max_page_count = 1000000', code: 'disk-full' },
  'read-only': { set: 'query_only = ON', free: 'query_only = OFF', code: 'storage-unavailable' },
} as const;

test.each(['full', 'read-only'] as const)('on a disk that is %s people sign in and read, saves say why not, and all is well once it is not', async (disk) => {
  const { set, free, code } = disks[disk];
  const clinic = await openClinic();
  const { workstation } = clinic;
  const ask = (sessionId: string, name: string, input: unknown) => answerCall(workstation, handlers, { sessionId, name, input });
  const { sessionId } = clinic.context('nurse');
  const created = await ask(sessionId, 'patients.create', { patient: patientInput });
  const { id } = (created as { value: { id: string } }).value;

  // Pages that the database has already and does not use would take a save in on a full disk.
  workstation.store.connection.exec('VACUUM');
  workstation.store.connection.pragma(set);
  const refused = { ok: false, error: { code } };
  const long = { ...patientInput, notes: 'n'.repeat(10_000) };
  expect(await ask(sessionId, 'patients.create', { patient: long })).toEqual(refused);
  expect(await ask(sessionId, 'drafts.save', { kind: 'patient', key: 'new', values: { notes: 'n'.repeat(100_000) } })).toEqual(refused);
  expect(await ask('other', 'sessions.signIn', { username: 'doctor', password })).toMatchObject({ ok: true });
  for (let view = 0; view < 30; view += 1) {
    expect(await ask('other', 'patients.get', { id, viewed: true })).toMatchObject({ ok: true, value: { name: '王小明' } });
  }
  expect(await ask('other', 'patients.search', { query: 'wxm' })).toMatchObject({ ok: true, value: [{ id }] });
  expect(await ask('other', 'sessions.lock', {})).toMatchObject({ ok: true });

  workstation.store.connection.pragma(free);
  expect(await ask(sessionId, 'patients.create', { patient: long })).toMatchObject({ ok: true, value: { medicalRecordNumber: '01-000002' } });
  await ask('other', 'sessions.signOut', {});
  const done = auditTrail(clinic).filter(({ actorName }) => actorName === 'Dora Doctor').map(({ action }) => action);
  expect([...new Set(done)]).toEqual(['session.signed-in', 'patient.viewed', 'session.locked', 'session.signed-out']);
  expect(existsSync(join(clinic.profile, 'pending-audit.json'))).toBe(false);
});
