import { existsSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { onTestFinished, expect, test, vi } from 'vitest';
import { ServerLink } from '../../sync-server/client/server-link.ts';
import { startServer } from '../../sync-server/http/index.ts';
import { password, patientInput } from '../services/testing/clinic.ts';
import { openConnection } from '../storage/connection.ts';
import { worthDeferring } from '../storage/deferred-work.ts';
import { worthAnotherThread } from '../storage/visits-beside.ts';
import { StoreReplica } from '../storage/replica/replica.ts';
import { run } from './testing/running.ts';
import { inStep, newFolder, syncState, until } from './testing/two-workstations.ts';

/** A line to a server that lets through only what `passes` says, cuts everything else, and loses the answers that `loses` says. */
async function line(port: number, passes: (path: string) => boolean, loses: (path: string) => boolean = () => false): Promise<string> {
  const gate = createServer((incoming, outgoing) => {
    if (!passes(incoming.url ?? '')) return void incoming.destroy();
    const onward = request({ port, path: incoming.url, method: incoming.method, headers: incoming.headers }, (answer) => {
      if (loses(incoming.url ?? '')) return void answer.resume().on('end', () => outgoing.destroy());
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => gate.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    gate.closeAllConnections();
    gate.close();
  });
  return `http://127.0.0.1:${(gate.address() as AddressInfo).port}`;
}

/** A server with the clinic of a first workstation on it. */
async function clinicOnServer(limits?: { pageBytes: number }) {
  const server = await startServer({ database: { kind: 'sqlite', path: ':memory:' }, host: '127.0.0.1', port: 0, ...(limits && { limits }) });
  onTestFinished(() => server.close());
  const { organisationId } = await server.service.createOrganisation('Test Group');
  const first = await run();
  const admin = await first.signedIn('admin');
  const { id: siteId } = await admin.ask('sites.current', {});
  const codeFor = async (site?: string) => (await server.service.createCode({ organisationId, siteId: site })).code;
  await admin.ask('patients.create', { patient: patientInput });
  await admin.ask('enrolment.join', { address: server.address, code: await codeFor(), name: 'First' });
  await inStep(admin);
  return { server, admin, siteId, codeFor };
}

test('a joining that was cut before anybody’s password had arrived is resumed with its code, and with no other', async () => {
  const { server, siteId, codeFor } = await clinicOnServer();
  let isOpen = false;
  const address = await line(server.port, (path) => isOpen || /about|enrol/.test(path));
  const profile = newFolder();
  const code = await codeFor(siteId);
  const cut = await run({ profile });
  await cut.session('n').ask('enrolment.join', { address, code, name: 'Second' });
  await until(() => syncState(cut.session('n')), ({ phase, needsCode }) => phase === 'offline' && needsCode === true);
  expect(await cut.session('n').refusal('sessions.signIn', { username: 'nurse', password })).toEqual({ code: 'account-not-here-yet' });
  await cut.backend.close();

  isOpen = true;
  const resumed = (await run({ profile })).session('n');
  expect(await syncState(resumed)).toMatchObject({ phase: 'closed', needsCode: true });
  expect(await resumed.refusal('sessions.signIn', { username: 'nurse', password })).toEqual({ code: 'wrong-credentials' });
  expect(await resumed.refusal('enrolment.resume', { code: 'ABCDE-ABCDE-ABCDE-ABCDE' })).toEqual({ code: 'enrolment-code-wrong' });
  await resumed.ask('enrolment.resume', { code: code.toLowerCase().replaceAll('-', ' ') });
  await until(() => syncState(resumed), ({ phase, needsCode }) => phase === 'idle' && needsCode !== true);
  await resumed.ask('sessions.signIn', { username: 'nurse', password });
  expect(await resumed.ask('patients.search', { query: patientInput.name })).toHaveLength(1);
});

test('a first copy that was cut is told at the sign-in, goes on after it, and is told no more once it is whole', async () => {
  const { server, admin, siteId, codeFor } = await clinicOnServer({ pageBytes: 500 });
  for (let count = 0; count < 30; count += 1) await admin.ask('patients.create', { patient: patientInput });
  await inStep(admin);
  let pages = 0;
  let isOpen = false;
  const address = await line(server.port, (path) => isOpen || !path.includes('snapshot') || (pages += 1) <= 3);
  const profile = newFolder();
  const cut = await run({ profile });
  const code = await codeFor(siteId);
  await cut.session('n').ask('enrolment.join', { address, code, name: 'Second' });
  const { snapshot } = await until(() => syncState(cut.session('n')), (state) => state.phase === 'offline' && (state.snapshot?.received ?? 0) > 0);
  await cut.backend.close();

  const reopened = (await run({ profile })).session('n');
  const { received, total } = snapshot!;
  expect(received).toBeLessThan(total);
  expect(await syncState(reopened)).toMatchObject({ phase: 'closed', snapshot: { received, total } });

  isOpen = true;
  const answer = await reopened.result('sessions.signIn', { username: 'nurse', password });
  if (!answer.ok) await reopened.ask('enrolment.resume', { code });
  await until(() => syncState(reopened), ({ phase }) => phase === 'idle');
  if (answer.ok) await reopened.ask('sessions.signOut', {});
  expect(existsSync(join(profile, 'first-copy.json'))).toBe(false);
  expect(await syncState(reopened)).not.toHaveProperty('snapshot');
});

/** A clinic of 21 patients, whose server says that there is more than there is: so much would take minutes. */
async function clinicOf21(total: number) {
  const { server, admin, siteId, codeFor } = await clinicOnServer({ pageBytes: 500 });
  for (let count = 0; count < 20; count += 1) await admin.ask('patients.create', { patient: patientInput });
  await inStep(admin);
  const { post } = ServerLink.prototype;
  vi.spyOn(ServerLink.prototype, 'post').mockImplementation(async function (this: ServerLink, ...message) {
    const answer = await post.apply(this, message);
    if (message[0] === 'snapshot') (answer.value as { total: number }).total = total;
    return answer;
  });
  return { join: async ({ ask }: Pick<typeof admin, 'ask'>) => ask('enrolment.join', { address: server.address, code: await codeFor(siteId), name: 'Second' }) };
}

test.each([worthDeferring, worthAnotherThread])('a first copy of %i documents with nobody signed in puts off what can be made at the end, and ends as any other', async (total) => {
  const clinic = await clinicOf21(total);
  const asUsual = vi.spyOn(StoreReplica.prototype, 'checkpointAsUsual');
  const [putOff, madeUp] = [vi.spyOn(StoreReplica.prototype, 'deferWorkFor'), vi.spyOn(StoreReplica.prototype, 'doDeferredWork')];
  onTestFinished(() => void vi.restoreAllMocks());
  const nobody = (await run({ profile: newFolder() })).session('n');
  await clinic.join(nobody);
  await until(() => syncState(nobody), ({ phase, needsCode }) => phase === 'idle' && needsCode !== true);
  expect(putOff.mock.calls.length).toBeGreaterThan(5);
  await until(async () => asUsual.mock.calls.length, (times) => times === 1);
  expect(madeUp.mock.results.map(({ value }) => value as boolean).filter((more) => !more)).toHaveLength(1);
  await nobody.ask('sessions.signIn', { username: 'admin', password });
  expect(await nobody.ask('patients.search', { query: patientInput.name })).toHaveLength(21);
  await inStep(nobody);
});

test('a program that is closed while it makes up for what was put off ends well, and goes on at the next start', async () => {
  const clinic = await clinicOf21(worthDeferring);
  const profile = newFolder();
  const joined = await run({ profile });
  let closed: Promise<void> | undefined;
  const { doDeferredWork } = StoreReplica.prototype;
  vi.spyOn(StoreReplica.prototype, 'doDeferredWork').mockImplementation(function (this: StoreReplica) {
    closed ??= joined.backend.close();
    return doDeferredWork.call(this);
  });
  onTestFinished(() => void vi.restoreAllMocks());
  await clinic.join(joined.session('n'));
  await until(() => closed !== undefined, (is) => is);
  await closed;
  const reopened = (await run({ profile })).session('n');
  await reopened.ask('sessions.signIn', { username: 'admin', password });
  await inStep(reopened);
  expect(await reopened.ask('patients.search', { query: patientInput.name })).toHaveLength(21);
});

test('an enrolment whose answer was lost is asked for again with the same code', async () => {
  const { server, siteId, codeFor } = await clinicOnServer();
  let lost = 0;
  const address = await line(server.port, () => true, (path) => path.includes('enrol') && (lost += 1) <= 2);
  const joining = (await run({ profile: newFolder() })).session('n');
  await joining.ask('enrolment.join', { address, code: await codeFor(siteId), name: 'Second' });
  expect(lost).toBe(3);
  await until(() => syncState(joining), ({ phase }) => phase === 'idle');
});

test('a server that is not reached leaves an empty profile', async () => {
  const { server, siteId, codeFor } = await clinicOnServer();
  const address = await line(server.port, (path) => path.includes('about'));
  const joining = (await run({ profile: newFolder() })).session('n');
  expect(await joining.refusal('enrolment.join', { address, code: await codeFor(siteId), name: 'Second' })).toEqual({ code: 'server-unreachable' });
  expect((await joining.ask('app.status', {})).database).toBe('absent');
});

test('while the server is asked whether it takes the code, and when it has refused it, no other screen takes the place of the form', async () => {
  const { server } = await clinicOnServer();
  const joining = await run({ profile: newFolder() });
  const nobody = joining.session('n');
  let meanwhile: Promise<unknown> | undefined;
  const address = await line(server.port, (path) => {
    if (path.includes('enrol')) meanwhile = Promise.all([nobody.ask('app.status', {}), syncState(nobody)]);
    return true;
  });
  const refused = await nobody.refusal('enrolment.join', { address, code: 'ABCDE-ABCDE-ABCDE-ABCDE', name: 'Second' });
  expect(refused).toEqual({ code: 'enrolment-code-wrong' });
  expect(await meanwhile).toEqual([expect.objectContaining({ database: 'absent' }), expect.not.objectContaining({ needsCode: true })]);
  expect(joining.events).toEqual([]);
});

test('a code works once, and a wrong one leaves an empty profile', async () => {
  const { server, siteId, codeFor } = await clinicOnServer();
  const code = await codeFor(siteId);
  const [one, two] = [(await run({ profile: newFolder() })).session('n'), (await run({ profile: newFolder() })).session('n')];
  await one.ask('enrolment.join', { address: server.address, code, name: 'One' });
  expect(await two.refusal('enrolment.join', { address: server.address, code, name: 'Two' })).toEqual({ code: 'enrolment-code-wrong' });
  expect((await two.ask('app.status', {})).database).toBe('absent');
});

test('a clinic does not join with a code for another site: its patients would leave it', async () => {
  const { server, siteId, codeFor } = await clinicOnServer();
  const clinic = await run();
  const admin = await clinic.signedIn('admin');
  const { id } = await admin.ask('patients.create', { patient: patientInput });
  // Every test clinic is a copy of one: this one gets a site of its own.
  const connection = openConnection(join(clinic.profile, 'outpost.db'), clinic.databaseKey);
  connection.prepare("UPDATE meta SET value = '01890000-0000-7000-8000-0000000000ff' WHERE key = 'siteId'").run();
  connection.close();
  expect(await admin.refusal('enrolment.join', { address: server.address, code: await codeFor(siteId), name: 'Other' })).toEqual({ code: 'enrolment-code-wrong' });
  expect(await syncState(admin)).toMatchObject({ phase: 'off' });
  expect(await admin.ask('patients.get', { id })).toMatchObject(patientInput);
});

test('who may not manage sync joins no server, and what was not sent is told before leaving', async () => {
  const { server, admin, codeFor } = await clinicOnServer();
  const clinic = await run();
  const nurse = await clinic.signedIn('nurse');
  const joining = { address: server.address, code: await codeFor(), name: 'Other' };
  expect(await nurse.refusal('enrolment.join', joining)).toEqual({ code: 'forbidden', permission: 'sync.manage' });
  expect(await clinic.session('x').refusal('enrolment.join', joining)).toEqual({ code: 'unauthenticated' });
  expect(await admin.refusal('enrolment.join', joining)).toEqual({ code: 'already-enrolled' });
  await server.close();
  await admin.ask('patients.create', { patient: patientInput });
  expect(await admin.refusal('enrolment.leave', { evenIfUnsent: false })).toMatchObject({ code: 'unsent-work' });
  expect(await admin.ask('enrolment.leave', { evenIfUnsent: true })).toMatchObject({ phase: 'off' });
  expect(await admin.ask('patients.search', { query: patientInput.name })).toHaveLength(2);
});
