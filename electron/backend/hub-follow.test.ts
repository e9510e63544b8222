import { expect, onTestFinished, test } from 'vitest';
import { makeCertificate } from '../../sync-server/http/certificate.ts';
import { startServer } from '../../sync-server/http/index.ts';
import { patientInput } from '../services/testing/clinic.ts';
import { twoWorkstations, until } from './testing/two-workstations.ts';

test('a clinic that served itself follows central: all it has goes there, its settings say how far, and it can end it', { timeout: 90_000 }, async () => {
  const { admin, doctor } = await twoWorkstations();
  await doctor.ask('patients.create', { patient: patientInput });
  const certificate = makeCertificate({ hosts: ['127.0.0.1'], now: new Date() });
  const central = await startServer({ database: { kind: 'sqlite', path: ':memory:' }, host: '127.0.0.1', port: 0, tls: certificate });
  onTestFinished(() => central.close());
  const { organisationId } = await central.service.createOrganisation('Central');
  const { code } = await central.service.createCode({ organisationId });
  const request = { address: `https://127.0.0.1:${central.port}`, fingerprint: certificate.fingerprint, code };

  expect(await admin.result('hub.follow', { ...request, code: 'XXXXX-XXXXX-XXXXX-XXXXX' })).toMatchObject({ ok: false, error: { code: 'enrolment-code-wrong' } });
  expect((await admin.ask('hub.follow', request)).upstream).toMatchObject({ organisationName: 'Central', revoked: false });
  const { upstream } = await until(() => admin.ask('hub.state', {}), (state) => state.upstream?.lastSuccessAt !== undefined && state.upstream.unsent === 0);
  expect(upstream).toMatchObject({ unsent: 0, behind: 0, quarantined: 0, address: request.address });
  expect(await admin.result('hub.follow', request)).toMatchObject({ ok: false, error: { code: 'already-enrolled' } });
  // A number of central's range begins the next medical record: it is told at the next hello.
  const { medicalRecordNumber } = await until(() => doctor.ask('patients.create', { patient: { ...patientInput, name: '李四' } }), (patient) => !patient.medicalRecordNumber.startsWith('02-'));
  expect(Number(medicalRecordNumber.split('-')[0])).toBeGreaterThan(2);
  expect((await admin.ask('hub.unfollow', {})).upstream).toBeUndefined();
  expect(await admin.result('hub.unfollow', {})).toMatchObject({ ok: false, error: { code: 'not-enrolled' } });
});
