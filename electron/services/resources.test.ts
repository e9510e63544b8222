import { expect, test } from 'vitest';
import type { HostContent } from '../../shared/schema/host.ts';
import { errorOf } from '../../shared/testing/error-of.ts';
import { createPatient, deletePatient } from './patients.ts';
import { deleteResource, listResources, restoreResource, saveResource } from './resources.ts';
import { openClinic, patientInput } from './testing/clinic.ts';
import { listTrash } from './trash.ts';

const host: HostContent = { name: 'rack1-a', state: 'available', capacity: { cpu: 16, memory: 65_536, disk: 100, bandwidth: 0 }, overcommit: { cpu: 2, memory: 1 } };
const window = { offset: 0, limit: 10 };

test('a deleted resource lies in the trash of those who may bring it back, and comes back as it was', async () => {
  const { context } = await openClinic();
  const [admin, doctor] = [context('admin'), context('doctor')];
  const patient = createPatient(doctor, { patient: patientInput });
  deletePatient(doctor, { id: patient.id, rev: patient.rev });
  const { id, rev } = saveResource(admin, { collection: 'hosts', content: host });
  deleteResource(admin, { collection: 'hosts', id, rev });
  expect(listTrash(admin, window)).toMatchObject({ total: 2, rows: [{ collection: 'hosts', id, title: 'rack1-a', patientName: null }, { collection: 'patients', patientName: patient.name }] });
  expect(listTrash(doctor, window)).toMatchObject({ total: 1, rows: [{ collection: 'patients' }] });
  const [trashed] = listTrash(admin, window).rows;
  expect(await errorOf(() => restoreResource(admin, { collection: 'hosts', id, rev }))).toMatchObject({ code: 'stale-revision' });
  expect(restoreResource(admin, { collection: 'hosts', id, rev: trashed?.rev ?? '' })).toMatchObject({ ...host, deleted: false });
  expect([listTrash(admin, window).total, listResources(admin, { collection: 'hosts', ...window }).total]).toEqual([1, 1]);
});
