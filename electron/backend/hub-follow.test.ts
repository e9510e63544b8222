import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeCertificate } from '../../sync-server/http/certificate.ts';
import { startServer } from '../../sync-server/http/index.ts';
import { patientInput } from '../services/testing/clinic.ts';
import type { RunningBackend } from './testing/running.ts';
import { twoWorkstations, until } from './testing/two-workstations.ts';

test('a clinic that served itself follows central: all it has goes there, its settings say how far, and it can end it', { timeout: 90_000 }, async () => {
  const { admin, doctor, second } = await twoWorkstations();
  await doctor.ask('patients.create', { patient: patientInput });
  const certificate = makeCertificate({ hosts: ['127.0.0.1'], now: new Date() });
  const database = { kind: 'sqlite' as const, path: join(mkdtempSync(join(tmpdir(), 'central-')), 'server.db') };
  let central = await startServer({ database, host: '127.0.0.1', port: 0, tls: certificate });
  onTestFinished(() => central.close());
  const startAgain = async () => (central = await startServer({ database, host: '127.0.0.1', port: central.port, tls: certificate }));
  const { organisationId } = await central.service.createOrganisation('Central');
  const { code } = await central.service.createCode({ organisationId });
  const request = { address: `https://127.0.0.1:${central.port}`, fingerprint: certificate.fingerprint, code };

  expect(await admin.result('hub.follow', { ...request, code: 'XXXXX-XXXXX-XXXXX-XXXXX' })).toMatchObject({ ok: false, error: { code: 'enrolment-code-wrong' } });
  expect((await admin.ask('hub.follow', request)).upstream).toMatchObject({ organisationName: 'Central', revoked: false });
  const { upstream } = await until(() => admin.ask('hub.state', {}), (state) => state.upstream?.lastSuccessAt !== undefined && state.upstream.unsent === 0);
  expect(upstream).toMatchObject({ unsent: 0, behind: 0, quarantined: 0, address: request.address });
  expect(await admin.result('hub.follow', request)).toMatchObject({ ok: false, error: { code: 'already-enrolled' } });
  // With new numbers come new sessions: until the next hello the server answers nobody.
  expect((await admin.ask('fleet.list', {})).upstream).toMatchObject({ organisationName: 'Central', fingerprint: certificate.fingerprint, alarms: [], clockSkewSeconds: 0 });
  await doctor.ask('sync.syncNow', {});
  await until(() => doctor.ask('sync.state', {}), ({ central: reached }) => reached?.waiting === 0 && reached.organisationName === 'Central');
  const [row] = (await doctor.ask('sync.changeSets', { state: 'on-server', offset: 0, limit: 10 })).rows;
  expect(row).toMatchObject({ central: 'there' });
  await central.close();
  await doctor.ask('patients.create', { patient: { ...patientInput, name: '王五' } });
  // On the hub, and said to be no further: central is away.
  await until(() => doctor.ask('sync.state', {}), ({ waiting, central: reached }) => waiting === 0 && reached?.waiting === 1);
  await until(() => admin.ask('hub.state', {}), (state) => state.upstream?.unsent === 1);
  await startAgain();
  await admin.ask('sync.syncNow', {});
  await until(() => admin.ask('hub.state', {}), (state) => state.upstream?.unsent === 0);
  await doctor.ask('sync.syncNow', {});
  await untilTold(second, () => doctor.ask('sync.state', {}), ({ central: reached }) => reached?.waiting === 0);
  // A number of central's range begins the next medical record: it is told at the next hello.
  const { medicalRecordNumber } = await until(() => doctor.ask('patients.create', { patient: { ...patientInput, name: '李四' } }), (patient) => !patient.medicalRecordNumber.startsWith('02-'));
  expect(Number(medicalRecordNumber.split('-')[0])).toBeGreaterThan(2);
  expect((await admin.ask('hub.unfollow', {})).upstream).toBeUndefined();
  expect(await admin.result('hub.unfollow', {})).toMatchObject({ ok: false, error: { code: 'not-enrolled' } });
});

/** As a screen does: reads again only when the backend says that something of sync is new. */
async function untilTold<Value>({ events }: RunningBackend, read: () => Promise<Value>, is: (value: Value) => boolean): Promise<void> {
  const told = () => events.filter(({ type }) => type === 'sync').length;
  for (let seen = told(); !is(await read()); seen = told()) {
    await until(told, (count) => count > seen);
  }
}
