import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { errorOf } from '../../shared/testing/error-of.ts';
import { sealWithKeychain, type Keychain } from './keychain.ts';
import { mirrorKeyring, recoverKeyringWithKeychain } from './keyring-copy.ts';
import { Keyring } from './keyring.ts';
import { admin, doctor, newClinic, patientNames, type Clinic } from './testing/clinic.ts';
import { newCredentials } from './unseal.ts';

const mask = (bytes: Uint8Array) => Promise.resolve(bytes.map((byte) => byte ^ 0x5a));
const keychain: Keychain = { wrap: mask, unwrap: mask };
const files = ['keyring.json', 'keyring.json.bak'];
let clinic: Clinic;
beforeEach(async () => {
  clinic = await newClinic();
  clinic.addPatient('x');
  await sealWithKeychain(clinic.profile, keychain, clinic.databaseKey);
});
afterEach(() => clinic.remove());

const loseKeyring = () => {
  clinic.close();
  for (const name of files) rmSync(join(clinic.profile, name));
};
const signIn = (username: string, password: string) => Keyring.open(clinic.profile, clinic.clock).unsealWithPassword(username, password);

test('a lost keyring comes back out of the database that the keychain opens, as it was last', async () => {
  mirrorKeyring(clinic.keyring, clinic.store.connection);
  clinic.keyring.changePassword(await newCredentials({ ...doctor, password: 'new password' }), clinic.databaseKey);
  loseKeyring();
  expect(await recoverKeyringWithKeychain(clinic.profile, keychain)).toBe(true);
  expect((await signIn('admin', admin.password)).databaseKey).toEqual(clinic.databaseKey);
  expect((await signIn('doctor', 'new password')).databaseKey).toEqual(clinic.databaseKey);
  expect(await errorOf(() => signIn('doctor', doctor.password))).toEqual({ code: 'wrong-credentials' });
  expect(Keyring.open(clinic.profile, clinic.clock).unsealWithRecoveryKey(clinic.recoveryKey)).toEqual(clinic.databaseKey);
  expect(patientNames(clinic.profile, clinic.databaseKey)).toEqual(['x']);
});

test('without a copy or with another key nothing is written', async () => {
  loseKeyring();
  expect(await recoverKeyringWithKeychain(clinic.profile, keychain)).toBe(false);
  const reset: Keychain = { wrap: mask, unwrap: () => Promise.reject(new Error('no such item')) };
  expect(await recoverKeyringWithKeychain(clinic.profile, reset)).toBe(false);
  expect(files.some((name) => existsSync(join(clinic.profile, name)))).toBe(false);
});

test('a change of the keyring goes through when the database takes no copy of it', async () => {
  mirrorKeyring(clinic.keyring, clinic.store.connection);
  clinic.store.connection.pragma('query_only = ON');
  clinic.keyring.changePassword(await newCredentials({ ...doctor, password: 'new password' }), clinic.databaseKey);
  clinic.close();
  clinic.keyring.changePassword(await newCredentials({ ...doctor, password: 'newer password' }), clinic.databaseKey);
  expect((await signIn('doctor', 'newer password')).databaseKey).toEqual(clinic.databaseKey);
});
