import 'fake-indexeddb/auto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RxStorage } from 'rxdb';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { expect, onTestFinished, test } from 'vitest';
import { startServer } from '../../sync-server/http/index.ts';
import { sendTo } from '../../sync-server/testing/http.ts';
import { openRxdbClient, shown, type RxdbClient } from '../../sync-server/testing/rxdb-client.ts';
import { TestWorkstation } from '../../sync-server/testing/workstation.ts';
import { patientInput, recordInput, TestClock } from '../services/testing/clinic.ts';
import { run, type Caller, type RunningBackend } from './testing/running.ts';
import { inStep, newFolder, syncState, until } from './testing/two-workstations.ts';

/** A server that can be down, two workstations and two clients of RxDB, all of one site and in step. */
async function openSite() {
  const database = { kind: 'sqlite' as const, path: join(mkdtempSync(join(tmpdir(), 'outpost-server-')), 'server.db') };
  let server = await startServer({ database, host: '127.0.0.1', port: 0 });
  const { port, address } = server;
  onTestFinished(() => server.close());
  const { organisationId } = await server.service.createOrganisation('Test Group');
  const joined = async (options: { profile?: string }, siteId?: string): Promise<Caller> => {
    const running: RunningBackend = await run({ ...options, clock: new TestClock(new Date().toISOString()) });
    const { code } = await server.service.createCode({ organisationId, ...(siteId !== undefined && { siteId }) });
    const joining = siteId === undefined ? await running.signedIn('admin') : running.session('nobody');
    await joining.ask('enrolment.join', { address, code, name: 'W' });
    await until(() => syncState(joining), ({ phase, waiting, needsCode }) => phase === 'idle' && waiting === 0 && needsCode !== true);
    return running.signedIn('doctor');
  };
  const first = await joined({});
  const { id: siteId } = await first.ask('sites.current', {});
  const second = await joined({ profile: newFolder() }, siteId);
  const station = async (name: string) => {
    const { code } = await server.service.createCode({ organisationId, siteId });
    const enrolled = await TestWorkstation.enrol(sendTo(() => address), code, { name });
    await enrolled.hello();
    return enrolled;
  };
  const tablet = async (name: string, storage: RxStorage<unknown, unknown>): Promise<RxdbClient> => {
    const client = await openRxdbClient(() => address, await station(name), storage);
    onTestFinished(() => client.close());
    return client;
  };
  return {
    workstations: [first, second] as const,
    tablets: [await tablet('Tablet 1', getRxStorageMemory()), await tablet('Tablet 2', getRxStorageDexie())] as const,
    /** Sees what the server has. */
    auditor: await station('Auditor'),
    goDown: () => server.close(),
    comeBack: async () => {
      server = await startServer({ database, host: '127.0.0.1', port });
    },
  };
}

test('two RxDB clients and two workstations edit one patient and one record without a server, and then all hold the same, with every clash in both inboxes', { timeout: 180_000 }, async () => {
  const { workstations, tablets, auditor, goDown, comeBack } = await openSite();
  const [first, second] = workstations;
  const { id } = await first.ask('patients.create', { patient: { ...patientInput, address: 'at first', insuranceNumber: 'A123456789' } });
  const { id: recordId } = await first.ask('records.create', { patientId: id, record: { ...recordInput, diagnosis: 'at first' } });
  await inStep(first);
  await until(() => second.result('records.get', { id: recordId }), ({ ok }) => ok);
  for (const tablet of tablets) await tablet.inStep();

  await goDown();
  const [one, two] = tablets;
  await (await one.patients.findOne(id).exec())?.incrementalPatch({ address: 'by tablet 1' });
  await (await two.patients.findOne(id).exec())?.incrementalPatch({ phone: '13800000002' });
  await (await two.medicalRecords.findOne(recordId).exec())?.incrementalPatch({ diagnosis: 'by tablet 2' });
  const record = await first.ask('records.get', { id: recordId });
  await first.ask('records.update', { id: recordId, rev: record.rev, record: { ...recordInput, diagnosis: 'by workstation 1' } });
  const { rev } = await second.ask('patients.get', { id });
  await second.ask('patients.update', { id, rev, patient: { ...patientInput, insuranceNumber: 'A123456789', address: 'by workstation 2' } });
  await comeBack();

  const truth = async () => {
    await auditor.hello();
    await auditor.pull();
    const [patient, visit] = [auditor.documents.get(`patients/${id}`), auditor.documents.get(`medicalRecords/${recordId}`)];
    return { patient: { rev: patient?.rev, address: patient?.content?.['address'], phone: patient?.content?.['phone'] }, diagnosis: visit?.content?.['diagnosis'] };
  };
  const atTablet = async (tablet: RxdbClient) => {
    await tablet.inStep();
    const [patient, visit] = [await shown(tablet.patients, id), await shown(tablet.medicalRecords, recordId)];
    return { patient: { rev: patient?.['rev'], address: patient?.['address'], phone: patient?.['phone'] }, diagnosis: visit?.['diagnosis'] };
  };
  const atWorkstation = async (caller: Caller) => {
    await inStep(caller);
    const { rev: shownRev, address, phone } = await caller.ask('patients.get', { id });
    return { patient: { rev: shownRev, address, phone }, diagnosis: (await caller.ask('records.get', { id: recordId })).diagnosis };
  };
  const inboxOf = async (caller: Caller) => {
    const { rows } = await caller.ask('conflicts.list', { offset: 0, limit: 10, status: 'open' });
    return rows.map(({ collection, clashes }) => ({ collection, values: clashes.flatMap(({ values }) => values.map(({ value }) => value)).sort() })).sort((a, b) => a.collection.localeCompare(b.collection));
  };
  const everywhere = async () => [...(await Promise.all(tablets.map(atTablet))), ...(await Promise.all(workstations.map(atWorkstation))), await truth()];
  const same = (states: unknown[]) => new Set(states.map((state) => JSON.stringify(state))).size === 1;
  // A client that has the content of a new version already leaves the rev of the one before beside it: it names what it was written over by what it was told.
  const agree = (states: Awaited<ReturnType<typeof everywhere>>) =>
    same(states.map(({ patient: { rev: _rev, ...patient }, diagnosis }) => ({ patient, diagnosis }))) && same(states.slice(tablets.length).map(({ patient }) => patient.rev));

  await until(
    async () => ({ states: await everywhere(), inboxes: await Promise.all(workstations.map(inboxOf)) }),
    ({ states, inboxes }) => agree(states) && same(inboxes) && inboxes[0]?.length === 2,
  );
  const [state] = await everywhere();
  expect(state).toMatchObject({ patient: { phone: '13800000002' } });
  for (const workstation of workstations) {
    expect(await inboxOf(workstation)).toEqual([
      { collection: 'medicalRecords', values: ['by tablet 2', 'by workstation 1'] },
      { collection: 'patients', values: ['by tablet 1', 'by workstation 2'] },
    ]);
    // The clients know nothing of it, and must not have taken it away.
    expect((await workstation.ask('patients.get', { id })).insuranceNumber).toBe('A123456789');
  }

  const { rows } = await second.ask('conflicts.list', { offset: 0, limit: 10, status: 'open' });
  const clash = rows.find(({ collection }) => collection === 'patients');
  const settled = await second.ask('conflicts.settle', {
    id: clash?.id ?? '', rev: clash?.rev ?? '', documentRev: (await second.ask('patients.get', { id })).rev, settlements: [{ path: 'address', choice: 'other' }],
  });
  expect(settled.status).toBe('settled');
  const other = state?.patient.address === 'by tablet 1' ? 'by workstation 2' : 'by tablet 1';
  await until(everywhere, (all) => agree(all) && all[0]?.patient.address === other);
  expect((await inboxOf(first)).map(({ collection }) => collection)).toEqual(['medicalRecords']);
});
