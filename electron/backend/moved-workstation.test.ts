import { expect, test } from 'vitest';
import { password, TestClock } from '../services/testing/clinic.ts';
import { run } from './testing/running.ts';
import { inStep, newFolder, syncState, twoWorkstations, until } from './testing/two-workstations.ts';

test('whoever sits at a workstation that was moved is told for two weeks which site it was moved from', async () => {
  const { first, admin, second, doctor, port } = await twoWorkstations();
  const { code } = await admin.ask('fleet.createCode', {});
  const third = (await run({ profile: newFolder(), clock: new TestClock(first.clock.now().toISOString()) })).session('third');
  await third.ask('setup.createClinic', { site: { organisationName: 'Hill Country Health', name: 'Hill Post', departments: [] }, admin: { username: 'admin', displayName: 'Admin', password } });
  await third.ask('sessions.signIn', { username: 'admin', password });
  const address = `https://127.0.0.1:${port}`;
  const { fingerprint } = await third.ask('enrolment.find', { address });
  await third.ask('enrolment.join', { address, code, name: 'Hill post', ...(fingerprint !== undefined && { fingerprint }) });
  await inStep(third);
  const { id: siteId } = await third.ask('sites.current', {});
  expect(await syncState(doctor)).not.toHaveProperty('movedFrom');

  const { workstations } = await admin.ask('fleet.list', {});
  const { deviceId } = workstations.find((one) => one.siteId !== siteId && !one.self)!;
  const former = await doctor.ask('sites.current', {});
  second.events.length = 0;
  await admin.ask('fleet.move', { deviceId, siteId });
  await until(() => doctor.ask('sync.syncNow', {}), ({ movedFrom }) => movedFrom !== undefined);
  const { movedFrom } = await inStep(doctor);
  expect(movedFrom).toEqual({ siteName: former.name, at: expect.any(String) as string });
  // The name above every screen is read anew, though no site was written.
  expect(second.events.flatMap((event) => (event.type === 'changed' ? event.collections : []))).toContain('sites');

  second.clock.pass(13 * 86_400_000);
  expect(await syncState(doctor)).toHaveProperty('movedFrom');
  second.clock.pass(2 * 86_400_000);
  expect(await syncState(doctor)).not.toHaveProperty('movedFrom');
});
