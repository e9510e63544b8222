import { expect, test } from 'vitest';
import type { ExportList } from '../../shared/contract/exchange.ts';
import { patientInput, password, TestClock } from '../services/testing/clinic.ts';
import { run, type Caller } from './testing/running.ts';
import { twoWorkstations, until } from './testing/two-workstations.ts';

const all = { offset: 0, limit: 100 };

/** A second workstation with a new patient and a change to a known one unsent, revoked before it could send them. */
async function handedOver() {
  const { admin, doctor, second } = await twoWorkstations();
  const { id } = await doctor.ask('patients.create', { patient: patientInput });
  await until(() => admin.result('patients.get', { id }), ({ ok }) => ok);
  await admin.ask('hub.stop', {});
  const { id: newId } = await doctor.ask('patients.create', { patient: { ...patientInput, name: '新来的' } });
  const { rev } = await doctor.ask('patients.get', { id });
  await doctor.ask('patients.update', { id, rev, patient: { ...patientInput, address: 'Lost Street 9' } });
  await second.backend.close();
  await admin.ask('hub.start', {});
  const { workstations } = await until(() => admin.result('fleet.list', {}), ({ ok }) => ok).then((answer) => (answer.ok ? answer.value : { workstations: [] }));
  const { deviceId } = workstations.find(({ name }) => name === 'Second')!;
  await admin.ask('fleet.revoke', { deviceId });
  const last = await run({ profile: second.profile, clock: new TestClock(new Date().toISOString()) });
  await last.session('d').ask('sessions.signIn', { username: 'doctor', password });
  await until(() => last.session('n').ask('app.status', {}), ({ database }) => database === 'revoked');
  return { admin, id, newId, deviceId };
}

async function csv(admin: Caller, list: ExportList): Promise<string> {
  const { id: jobId } = await admin.ask('exports.list', { list });
  await until(() => admin.ask('jobs.get', { jobId }), ({ state }) => state === 'done');
  return (await admin.ask('exports.read', { jobId, part: 0 })).text;
}

const heldPatients = async (admin: Caller) => {
  const { rows, total } = await admin.ask('fleet.quarantine', all);
  return { total, rows: rows.filter(({ documents }) => documents.length > 0) };
};

test('what a revoked workstation handed over is read in words, exported, and taken by the clinic when an admin releases it', async () => {
  const { admin, id, newId, deviceId } = await handedOver();
  const { rows } = await heldPatients(admin);
  expect(rows.map(({ action, savedByName, workstationName, siteName, refusal, documents }) => [action, savedByName, workstationName, siteName, refusal, documents.map(({ title }) => title)])).toEqual([
    ['patient.created', 'Dora Doctor', 'Second', 'Test Clinic', 'device-revoked', ['新来的']],
    ['patient.updated', 'Dora Doctor', 'Second', 'Test Clinic', 'device-revoked', [patientInput.name]],
  ]);
  const [created, changed] = rows.map((row) => ({ deviceId, changeSetId: row.changeSetId }));
  const { documents: [document] } = await admin.ask('fleet.quarantineRead', changed!);
  expect(document).toMatchObject({ collection: 'patients', id, title: patientInput.name, content: { address: 'Lost Street 9' }, here: { name: patientInput.name } });
  expect(document!.here).not.toMatchObject({ address: 'Lost Street 9' });
  expect((await admin.ask('fleet.quarantineExport', { entries: [created!, changed!] })).text).toContain('新来的');

  expect(await csv(admin, 'held')).toMatch(/Patient registered,Patient 新来的,Dora Doctor,Second \(Test Clinic\),/);
  expect(await csv(admin, 'alarms')).toBe('\uFEFFState,Alarms,Since,Until\r\n');

  expect(await admin.ask('fleet.quarantineRelease', { entries: [created!, changed!] })).toEqual([{ ...created, outcome: 'applied' }, { ...changed, outcome: 'applied' }]);
  await until(() => admin.result('patients.get', { id: newId }), ({ ok }) => ok);
  await until(() => admin.ask('patients.get', { id }), ({ address }) => address === 'Lost Street 9');
  expect((await heldPatients(admin)).rows).toEqual([]);
  expect(await admin.refusal('fleet.quarantineRead', changed!)).toEqual({ code: 'quarantine-not-found' });
  const audited = (await admin.ask('audit.list', all)).rows.map(({ action }) => action);
  expect(audited).toEqual(expect.arrayContaining(['quarantine.viewed', 'quarantine.exported', 'quarantine.released']));
});

test('the workstation that serves the others is not revoked: what they handed over would be locked with it', async () => {
  const { admin } = await twoWorkstations();
  const { workstations } = await admin.ask('fleet.list', {});
  expect(workstations.map(({ self, serves }) => [self, serves])).toEqual([[true, true], [false, false]]);
  expect(await admin.refusal('fleet.revoke', { deviceId: workstations[0]!.deviceId })).toEqual({ code: 'server-refused', reason: 'forbidden' });
});
