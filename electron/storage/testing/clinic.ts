import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '../../../shared/permissions.ts';
import { openConnection } from '../connection.ts';
import { environmentWith, type Clock } from '../environment.ts';
import { Keyring } from '../keyring.ts';
import { migrate } from '../migrate.ts';
import { Store } from '../store.ts';

/** A clinic in a profile of its own, for tests of what happens to files. */
export interface Clinic {
  profile: string;
  clock: Clock & { time: number };
  keyring: Keyring;
  databaseKey: Uint8Array;
  recoveryKey: string;
  store: Store;
  addPatient(name: string): string;
  close(): void;
  remove(): void;
}

export const admin = { userId: '01890000-0000-7000-8000-00000000000a', username: 'admin', password: 'correct horse' };
export const doctor = { userId: '01890000-0000-7000-8000-00000000000b', username: 'doctor', password: 'battery staple' };
const actor = { id: admin.userId, name: 'Admin' };

/** A clinic with an admin and a doctor. Its clock stands still until it is set. */
export async function newClinic(profile: string = mkdtempSync(join(tmpdir(), 'outpost-clinic-'))): Promise<Clinic> {
  const clock = { time: Date.UTC(2026, 0, 31, 8), now: () => new Date(clock.time) };
  const { keyring, databaseKey, recoveryKey } = await Keyring.create(profile, clock, admin);
  await keyring.addUser(doctor, databaseKey);
  const store = openStore(profile, databaseKey, clock);
  for (const [user, role] of [[admin, 'admin'], [doctor, 'doctor']] as const) addUser(store, user, role);
  let patients = 0;
  return {
    profile, clock, keyring, databaseKey, recoveryKey, store,
    addPatient: (name) => {
      const content = { name, gender: 'female' as const, medicalRecordNumber: `MR-${(patients += 1)}`, notes: `about ${name}` };
      return store.commit({ actor, action: 'patient.created' }, (transaction) => transaction.create('patients', content)).id;
    },
    close: () => store.close(),
    remove: () => {
      store.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

export function openStore(profile: string, databaseKey: Uint8Array, clock: Clock): Store {
  const connection = openConnection(join(profile, 'outpost.db'), databaseKey);
  migrate(connection);
  return new Store(connection, environmentWith(clock));
}

function addUser(store: Store, user: { userId: string; username: string }, role: Role): void {
  store.commit({ actor, action: 'user.created' }, (transaction) =>
    transaction.create('users', { username: user.username, displayName: user.username, role, active: true }, user.userId),
  );
}

/** Names of the patients in a profile's database, in the order of registration. */
export function patientNames(profile: string, databaseKey: Uint8Array): string[] {
  const connection = openConnection(join(profile, 'outpost.db'), databaseKey, { mustExist: true });
  try {
    return connection.prepare("SELECT content ->> '$.name' FROM patients ORDER BY position").pluck().all() as string[];
  } finally {
    connection.close();
  }
}
