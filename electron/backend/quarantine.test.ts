import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startServer } from '../../sync-server/http/index.ts';
import { patientInput } from '../services/testing/clinic.ts';
import { openConnection } from '../storage/connection.ts';
import { run } from './testing/running.ts';
import { inStep } from './testing/two-workstations.ts';

test('what the server refuses holds nothing up, and can be read, sent again, mended and given up', async () => {
  const database = { kind: 'sqlite' as const, path: join(mkdtempSync(join(tmpdir(), 'outpost-server-')), 'server.db') };
  let server = await startServer({ database, host: '127.0.0.1', port: 0 });
  onTestFinished(() => server.close());
  const { port, address } = server;
  const { organisationId } = await server.service.createOrganisation('Test Group');
  const clinic = await run();
  const admin = await clinic.signedIn('admin');
  await admin.ask('enrolment.join', { address, code: (await server.service.createCode({ organisationId })).code, name: 'First' });
  await inStep(admin);
  await server.close();

  // A bit that flipped on this disk, or a bug of another version: a document that no server may take.
  const broken = await admin.ask('patients.create', { patient: { ...patientInput, name: '坏数据' } });
  const connection = openConnection(join(clinic.profile, 'outpost.db'), clinic.databaseKey);
  connection.prepare("UPDATE patients SET content = json_set(content, '$.gender', 'nonsense') WHERE id = ?").run(broken.id);
  connection.close();
  const sound = await admin.ask('patients.create', { patient: { ...patientInput, name: '好数据' } });
  server = await startServer({ database, host: '127.0.0.1', port });

  expect(await inStep(admin)).toMatchObject({ quarantined: 1, waiting: 0 });
  const list = async () => (await admin.ask('quarantine.list', { offset: 0, limit: 10 })).rows;
  const [refused] = await list();
  expect(refused).toMatchObject({
    action: 'patient.created', state: 'quarantined', refusal: 'invalid-document', documentCount: 1,
    documents: [{ collection: 'patients', id: broken.id, title: '坏数据' }],
  });
  const onServer = async () => (await admin.ask('sync.changeSets', { offset: 0, limit: 50, state: 'on-server' })).rows.flatMap(({ documents }) => documents.map(({ id }) => id));
  expect([(await onServer()).includes(sound.id), (await onServer()).includes(broken.id)]).toEqual([true, false]);
  const { text } = await admin.ask('quarantine.export', { id: refused!.id });
  expect(JSON.parse(text)).toMatchObject({ id: refused!.id, documents: expect.arrayContaining([expect.objectContaining({ id: broken.id, content: expect.objectContaining({ name: '坏数据' }) as object })]) as unknown[] });

  await admin.ask('quarantine.retry', { id: refused!.id });
  await inStep(admin);
  expect((await list()).map(({ id }) => id)).toEqual([refused!.id]);

  // It is still on screen; mended there, it is sent as a new change.
  const { rev } = await admin.ask('patients.get', { id: broken.id });
  await admin.ask('patients.update', { id: broken.id, rev, patient: { ...patientInput, name: '修好了' } });
  await inStep(admin);
  expect(await onServer()).toContain(broken.id);
  await admin.ask('quarantine.discard', { id: refused!.id });
  expect(await list()).toEqual([]);
  expect(await admin.refusal('quarantine.discard', { id: refused!.id })).toEqual({ code: 'quarantine-not-found' });
  expect(await inStep(admin)).toMatchObject({ quarantined: 0 });
});
