import { expect, test } from 'vitest';
import { deferWork, isWorkDeferred } from '../storage/deferred-work.ts';
import { signIn } from './sessions.ts';
import { openClinic, password } from './testing/clinic.ts';

test('who signs in during a first copy finds a store from which nothing is put off', async () => {
  const { workstation, publicContext } = await openClinic();
  const { connection } = workstation.store;
  deferWork(connection);
  expect(isWorkDeferred(connection)).toBe(true);
  await signIn(publicContext('desk'), { username: 'doctor', password });
  expect(isWorkDeferred(connection)).toBe(false);
});
