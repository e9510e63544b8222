import { join } from 'node:path';
import type { CallInput, CallName, CallOutput } from '../../shared/contract/index.ts';
import { startBackend, type Backend } from '../../electron/backend/index.ts';
import { openConnection, type Connection } from '../../electron/storage/connection.ts';
import { Keyring } from '../../electron/storage/keyring.ts';
import { adminAccount, doctorAccount } from './clinic.ts';

export type Call = <Name extends CallName>(name: Name, input: CallInput<Name>) => Promise<CallOutput<Name>>;

/** The real backend with two people signed in, and a bare connection to the same database beside it. */
export interface Workstation {
  profile: string;
  databaseKey: Uint8Array;
  size: { patients: number; 'medical records': number };
  admin: Call;
  doctor: Call;
  bare: Connection;
  close(): Promise<void>;
}

export async function openWorkstation(profile: string): Promise<Workstation> {
  const { databaseKey } = await Keyring.open(profile, { now: () => new Date() }).unsealWithPassword(adminAccount.username, adminAccount.password);
  const backend = await startBackend({ profile, version: 'bench', host: 'web' });
  const [admin, doctor] = [callOf(backend, 'admin'), callOf(backend, 'doctor')];
  await admin('sessions.signIn', adminAccount);
  await doctor('sessions.signIn', doctorAccount);
  const bare = openConnection(join(profile, 'outpost.db'), databaseKey, { readonly: true });
  const count = (table: string) => bare.prepare(`SELECT count(*) FROM ${table} WHERE deleted = 0`).pluck().get() as number;
  await untilChecked(admin);
  return {
    profile, databaseKey, admin, doctor, bare,
    size: { patients: count('patients'), 'medical records': count('medical_records') },
    close: async () => {
      bare.close();
      await backend.close();
    },
  };
}

/** A call that answers its value, or throws. */
export const callOf = (backend: Backend, session: string): Call => async (name, input) => {
  const result = await backend.call(session, name, input);
  if (!result.ok) throw new Error(`${name}: ${JSON.stringify(result.error)}`);
  return result.value as never;
};

/** Every start is followed by a check of the whole database; figures taken beside it would be its, too. */
async function untilChecked(call: Call): Promise<void> {
  console.log('Waiting for the check that follows a start');
  for (;;) {
    const checks = (await call('jobs.list', {})).filter(({ kind }) => kind === 'integrity-check');
    if (checks.length > 0 && checks.every(({ state }) => state === 'done')) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Somebody is there: without it the session locks in the midst of a long run. */
export async function touch({ admin, doctor }: Workstation): Promise<void> {
  await admin('sessions.touch', {});
  await doctor('sessions.touch', {});
}
