import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { password, patientInput, recordInput, TestClock } from '../services/testing/clinic.ts';
import { run, type Caller, type RunningBackend } from './testing/running.ts';
import { copyOf, inStep, joinAt, newFolder, syncState, twoWorkstations, until } from './testing/two-workstations.ts';

const nameAt = async (caller: Caller, id: string) => {
  const answer = await caller.result('patients.get', { id });
  return answer.ok ? answer.value.name : undefined;
};
const rename = async (caller: Caller, id: string, name: string) => {
  const { rev } = await caller.ask('patients.get', { id });
  return caller.ask('patients.update', { id, rev, patient: { ...patientInput, name } });
};
const shared = async (from: Caller, to: Caller) => {
  const { id } = await from.ask('patients.create', { patient: patientInput });
  await until(() => nameAt(to, id), (name) => name !== undefined);
  return id;
};

test('a second workstation joins the first, and its people sign in with the passwords they have', async () => {
  const { first, admin, doctor, second } = await twoWorkstations();
  await shared(admin, doctor);
  const { medicalRecordNumber } = await doctor.ask('patients.create', { patient: { ...patientInput, name: '李四' } });
  expect(medicalRecordNumber).toMatch(/^02-/);
  await until(() => admin.ask('patients.search', { query: '李四' }), (found) => found.length === 1);
  await inStep(doctor);
  const { workstations } = await until(() => admin.ask('fleet.list', {}), (fleet) => fleet.workstations.every(({ behind, unsent }) => behind === 0 && unsent === 0));
  expect(workstations.map(({ name, self, alarms }) => ({ name, self, alarms }))).toContainEqual({ name: 'Second', self: false, alarms: [] });
  expect(await second.session('x').result('sessions.signIn', { username: 'admin', password })).toMatchObject({ ok: true });
  expect(await second.session('y').result('sessions.recover', { recoveryKey: first.recoveryKey, username: 'nurse', newPassword: 'another long password' })).toMatchObject({ ok: true });
  // A password that was changed there opens this one too.
  await until(() => first.session('z').result('sessions.signIn', { username: 'nurse', password: 'another long password' }), ({ ok }) => ok);
  for (const file of ['hub.db', 'hub.db-wal']) if (existsSync(join(first.profile, file))) expect(readFileSync(join(first.profile, file)).includes('李四')).toBe(false);
});

test('two people change one address while the line is cut: both see the clash, one settles it, and both see it settled', async () => {
  const { admin, doctor } = await twoWorkstations();
  const id = await shared(admin, doctor);
  await admin.ask('hub.stop', {});
  const at = (address: string) => async (caller: Caller) =>
    caller.ask('patients.update', { id, rev: (await caller.ask('patients.get', { id })).rev, patient: { ...patientInput, address } });
  await at('North Street 1')(admin);
  await at('South Street 2')(doctor);
  await until(() => syncState(doctor), ({ phase }) => phase === 'offline');
  expect(await syncState(doctor)).toMatchObject({ failure: 'unreachable', server: { siteName: 'Test Clinic' } });
  await admin.ask('hub.start', {});
  // The names of the other workstation come with the next report, a moment after what it wrote.
  const open = (caller: Caller) =>
    until(async () => (await caller.ask('conflicts.list', { offset: 0, limit: 10, status: 'open' })).rows, ([row, ...more]) => more.length === 0 && row?.sides.every(({ workstationName }) => workstationName !== undefined) === true);
  const [[conflict], [there]] = [(await inStep(doctor), await open(doctor)), await open(admin)];
  expect(conflict).toMatchObject({ collection: 'patients', documentId: id, title: patientInput.name, status: 'open' });
  expect(conflict!.clashes.flatMap(({ values }) => values.map(({ value }) => value)).sort()).toEqual(['North Street 1', 'South Street 2']);
  expect(conflict!.sides.map(({ savedByName }) => savedByName).sort()).toEqual(['Ada Admin', 'Dora Doctor']);
  // Who, when and where, on both, though nobody has opened the fleet.
  for (const { sides } of [conflict!, there!]) {
    expect(sides).toContainEqual(expect.objectContaining({ savedByName: 'Dora Doctor', workstationName: 'Second', siteName: 'Test Clinic' }));
    expect(sides).toContainEqual(expect.objectContaining({ savedByName: 'Ada Admin', workstationName: hostname(), siteName: 'Test Clinic' }));
  }
  const shown = await until(() => doctor.ask('patients.get', { id }), ({ rev }) => rev === there!.documentRev);
  expect(['North Street 1', 'South Street 2']).toContain(shown.address);
  const settled = await doctor.ask('conflicts.settle', {
    id: conflict!.id, rev: conflict!.rev, documentRev: shown.rev, settlements: [{ path: 'address', choice: 'other' }],
  });
  expect(settled).toMatchObject({ status: 'settled', choice: 'other', settledByName: 'Dora Doctor', canUndo: true });
  const settledAt = (caller: Caller) => until(async () => (await caller.ask('conflicts.list', { offset: 0, limit: 10, status: 'settled' })).rows, (rows) => rows.length === 1);
  expect((await settledAt(admin))[0]).toMatchObject({ status: 'settled', canUndo: false });
  expect((await until(() => admin.ask('patients.get', { id }), ({ address }) => address !== shown.address)).address).not.toBe(shown.address);
  const undone = await doctor.ask('conflicts.undo', { id: conflict!.id, rev: (await doctor.ask('conflicts.get', { id: conflict!.id })).rev });
  expect(undone.status).toBe('open');
  expect((await until(() => admin.ask('patients.get', { id }), ({ address }) => address === shown.address)).address).toBe(shown.address);
});

test('everybody sees at which sites a change has arrived, and without a line what was last known of it', async () => {
  const { admin, doctor } = await twoWorkstations();
  const id = await shared(doctor, admin);
  const reach = (caller: Caller) => async () => {
    const { rows } = await caller.ask('sync.changeSets', { offset: 0, limit: 50, state: 'on-server' });
    return rows.find(({ documents }) => documents.some((document) => document.id === id))?.sites;
  };
  const arrived = [{ name: 'Test Clinic', has: true }];
  const isThere = (sites: unknown) => JSON.stringify(sites) === JSON.stringify(arrived);
  await until(reach(doctor), isThere);
  await admin.ask('hub.stop', {});
  await doctor.ask('sync.syncNow', {});
  await until(() => syncState(doctor), ({ phase }) => phase === 'offline');
  expect(await reach(doctor)()).toEqual(arrived);
  await rename(doctor, id, '线断了');
  expect((await doctor.ask('sync.changeSets', { offset: 0, limit: 50, state: 'waiting' })).rows[0]).not.toHaveProperty('sites');
});

test('a signed record stands whole against an edit, and the other text is kept beside it', async () => {
  const { admin, doctor, first } = await twoWorkstations();
  const id = await shared(admin, doctor);
  const record = await doctor.ask('records.create', { patientId: id, record: recordInput });
  const colleague = await first.signedIn('doctor');
  await until(() => colleague.result('records.get', { id: record.id }), ({ ok }) => ok);
  await admin.ask('hub.stop', {});
  await doctor.ask('records.sign', { id: record.id, rev: record.rev });
  await colleague.ask('records.update', { id: record.id, rev: record.rev, record: { ...recordInput, diagnosis: 'Pneumonia' } });
  await admin.ask('hub.start', {});
  await inStep(doctor);
  const [conflict] = await until(async () => (await colleague.ask('conflicts.list', { offset: 0, limit: 10, status: 'open', patientId: id })).rows, (rows) => rows.length === 1);
  expect(conflict).toMatchObject({ sealed: 'signed', clashes: [{ path: '' }] });
  await until(() => colleague.ask('records.get', { id: record.id }), ({ status, diagnosis }) => status === 'signed' && diagnosis === recordInput.diagnosis);
  const { rev } = conflict!;
  expect(await colleague.refusal('conflicts.settle', { id: conflict!.id, rev, settlements: [{ path: '', choice: 'other' }] })).toEqual({ code: 'record-signed' });
  expect(await colleague.ask('conflicts.settle', { id: conflict!.id, rev, settlements: [{ path: '', choice: 'kept' }] })).toMatchObject({ status: 'settled' });
});

async function backUpInto(running: RunningBackend, backupFolder: string | undefined) {
  const admin = await running.signedIn('admin');
  const { lockAfterMinutes, backupEveryHours, backupsKept } = await admin.ask('settings.get', {});
  await admin.ask('settings.update', { lockAfterMinutes, backupEveryHours, backupsKept, ...(backupFolder !== undefined && { backupFolder }) });
  expect(await running.finished(await admin.ask('backups.create', {}))).toMatchObject({ state: 'done' });
}

test('a revoked workstation hands over what it has not sent, and then nothing opens its data', async () => {
  const { admin, doctor, second, port } = await twoWorkstations();
  await shared(admin, doctor);
  const elsewhere = newFolder();
  await backUpInto(second, undefined);
  await backUpInto(second, elsewhere);
  const replaced = join(second.profile, 'replaced-20260101T000000Z-1');
  mkdirSync(replaced);
  cpSync(join(second.profile, 'keyring.json'), join(replaced, 'keyring.json'));
  await admin.ask('hub.stop', {});
  await doctor.ask('patients.create', { patient: { ...patientInput, name: '未发送' } });
  await admin.ask('hub.start', {});
  const { workstations } = await until(() => admin.result('fleet.list', {}), ({ ok }) => ok).then((answer) => (answer.ok ? answer.value : { workstations: [] }));
  const { deviceId } = workstations.find(({ name }) => name === 'Second')!;
  await admin.ask('fleet.revoke', { deviceId });
  await doctor.result('sync.syncNow', {});
  await until(() => second.session('n').ask('app.status', {}), ({ database }) => database === 'revoked');
  expect(await syncState(second.session('n'))).toMatchObject({ phase: 'revoked' });
  const opening = /keyring|keychain|outpost-backup/;
  expect(readdirSync(second.profile, { recursive: true, encoding: 'utf8' }).filter((name) => opening.test(name))).toEqual([]);
  // What lies in other places is told to whoever sits there.
  expect(await second.session('n').ask('backups.list', {})).toMatchObject({ folder: elsewhere, backups: [{ verified: true }] });
  expect(await second.session('n').refusal('sessions.signIn', { username: 'doctor', password })).toEqual({ code: 'workstation-revoked' });
  const revoked = (await admin.ask('fleet.list', {})).workstations.find((one) => one.deviceId === deviceId)!;
  // Accepted before the revocation arrived, or held on the server: either way the server has it.
  const arrived = await admin.ask('patients.search', { query: '未发送' });
  expect(revoked.quarantined > 0 || arrived.length === 1).toBe(true);
  const { code } = await admin.ask('fleet.createCode', { siteId: revoked.siteId });
  const again = second.session('n');
  const address = `https://127.0.0.1:${port}`;
  const { fingerprint } = await again.ask('enrolment.find', { address });
  const told = second.events.length;
  expect(await again.refusal('enrolment.join', { address, code: 'ABCDE-ABCDE-ABCDE-ABCDE', name: 'Again', fingerprint: fingerprint! })).toEqual({ code: 'enrolment-code-wrong' });
  expect(second.events.slice(told)).toEqual([]);
  expect(await again.ask('app.status', {})).toMatchObject({ database: 'revoked' });
  expect(readdirSync(second.profile).filter((name) => /^(outpost\.db|revoked.*|keyring.*)$/.test(name)).sort()).toEqual(['outpost.db', 'revoked']);
  await again.ask('enrolment.join', { address, code, name: 'Again', fingerprint: fingerprint! });
  await until(() => syncState(again), ({ phase, needsCode }) => phase === 'idle' && needsCode !== true);
});

test('a copied workstation gets an identity of its own, and what both write arrives', async () => {
  const { admin, doctor, second } = await twoWorkstations();
  const id = await shared(admin, doctor);
  await inStep(doctor);
  await second.backend.close();
  const copy = await run({ profile: copyOf(second.profile), clock: new TestClock(new Date().toISOString()) });
  const original = await run({ profile: second.profile, clock: new TestClock(new Date().toISOString()) });
  const [one, two] = [await original.signedIn('doctor'), await copy.signedIn('doctor')];
  const created = await Promise.all([one, two].map((caller, index) => caller.ask('patients.create', { patient: { ...patientInput, name: `复制${index}` } })));
  await inStep(one);
  await inStep(two);
  for (const { id: each } of created) await until(() => nameAt(admin, each), (name) => name !== undefined);
  const { workstations } = await admin.ask('fleet.list', {});
  expect(workstations).toHaveLength(3);
  expect(workstations.some(({ alarms }) => alarms.includes('cloned'))).toBe(true);
  await rename(two, id, '改名');
  await until(() => nameAt(admin, id), (name) => name === '改名');
});

test('a workstation that is put back to an old backup has everything again that it had sent', async () => {
  const { admin, doctor, second } = await twoWorkstations();
  const id = await shared(admin, doctor);
  await inStep(doctor);
  await second.backend.close();
  const old = copyOf(second.profile);
  const today = await run({ profile: second.profile, clock: new TestClock(new Date().toISOString()) });
  const before = await today.signedIn('doctor');
  await rename(before, id, '新名');
  const { id: later } = await before.ask('patients.create', { patient: { ...patientInput, name: '后来' } });
  await inStep(before);
  await today.backend.close();
  const restored = await run({ profile: old, clock: new TestClock(new Date().toISOString()) });
  const after = await restored.signedIn('doctor');
  await until(() => nameAt(after, later), (name) => name === '后来');
  expect(await nameAt(after, id)).toBe('新名');
  expect((await inStep(after)).openConflicts).toBe(0);
  await inStep(admin);
});

test('a server that is put back to an old backup gets from the workstations what it lost', async () => {
  const { first, admin, doctor } = await twoWorkstations();
  const id = await shared(admin, doctor);
  await inStep(doctor);
  await admin.ask('hub.stop', {});
  const kept = newFolder();
  for (const file of ['hub.db', 'hub.db-wal', 'hub.db-shm']) if (existsSync(join(first.profile, file))) cpSync(join(first.profile, file), join(kept, file));
  await admin.ask('hub.start', {});
  await rename(doctor, id, '服务器忘了');
  const { id: lost } = await doctor.ask('patients.create', { patient: { ...patientInput, name: '丢失' } });
  await inStep(doctor);
  await until(() => nameAt(admin, lost), (name) => name !== undefined);
  await admin.ask('hub.stop', {});
  for (const file of ['hub.db', 'hub.db-wal', 'hub.db-shm']) {
    rmSync(join(first.profile, file), { force: true });
    if (existsSync(join(kept, file))) cpSync(join(kept, file), join(first.profile, file));
  }
  await admin.ask('hub.start', {});
  await inStep(doctor);
  await inStep(admin);
  // A third workstation sees only what the server has.

  const third = await joinAt(admin, (await admin.ask('hub.state', {})).port ?? 0, newFolder());
  const nurse = await third.signedIn('nurse');
  expect([await nameAt(nurse, id), await nameAt(nurse, lost)]).toEqual(['服务器忘了', '丢失']);
  expect((await syncState(nurse)).openConflicts).toBe(0);
});

test('a hub whose file is gone begins anew from what its workstation has, and the others join once more without losing anything', async () => {
  const { first, admin, doctor, second } = await twoWorkstations();
  const id = await shared(admin, doctor);
  await inStep(doctor);
  await first.backend.close();
  for (const file of ['hub.db', 'hub.db-wal', 'hub.db-shm']) rmSync(join(first.profile, file), { force: true });
  const { id: unsent } = await doctor.ask('patients.create', { patient: { ...patientInput, name: '未发送' } });
  const again = await (await run({ profile: first.profile, clock: new TestClock(new Date().toISOString()) })).signedIn('admin');
  await until(() => syncState(again), ({ phase, waiting }) => phase === 'idle' && waiting === 0);
  const other = await second.signedIn('admin');
  await other.ask('sync.syncNow', {});
  expect(await until(() => syncState(other), ({ phase }) => phase === 'refused')).toMatchObject({ failure: 'unknown-device' });
  const { addresses: _addresses, port, fingerprint } = await again.ask('hub.state', {});
  const { code } = await again.ask('fleet.createCode', { siteId: (await again.ask('sites.current', {})).id });
  await other.ask('enrolment.leave', { evenIfUnsent: true });
  await other.ask('enrolment.join', { address: `https://127.0.0.1:${port}`, code, name: 'Second', fingerprint: fingerprint! });
  await inStep(other);
  await until(() => nameAt(again, unsent), (name) => name === '未发送');
  expect([await nameAt(again, id), await nameAt(other, id)]).toEqual([patientInput.name, patientInput.name]);
  expect((await syncState(again)).openConflicts).toBe(0);
});
