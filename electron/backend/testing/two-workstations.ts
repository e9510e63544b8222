import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SyncState } from '../../../shared/contract/sync.ts';
import { TestClock } from '../../services/testing/clinic.ts';
import { run, type Caller, type RunningBackend } from './running.ts';

/** Waits until something is so. Real servers and sockets are at work: what is waited for comes in its own time. */
export async function until<Value>(read: () => Value | Promise<Value>, is: (value: Value) => boolean): Promise<Value> {
  for (let tries = 0; tries < 900; tries += 1) {
    const value = await read();
    if (is(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`It did not become so: ${JSON.stringify(await read())}`);
}

export const syncState = (caller: Caller): Promise<SyncState> => caller.ask('sync.state', {});

/** Asks to sync now, and waits until nothing is left to send or take. */
export async function inStep(caller: Caller): Promise<SyncState> {
  await caller.ask('sync.syncNow', {});
  return until(() => syncState(caller), ({ phase, waiting }) => phase === 'idle' && waiting === 0);
}

export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'outpost-workstation-'));

/** A copy of a profile's files, as another computer or an old backup of the whole disk would have them. The database must be shut. */
export function copyOf(profile: string): string {
  const folder = newFolder();
  cpSync(profile, folder, { recursive: true });
  return folder;
}

export interface TwoWorkstations {
  first: RunningBackend;
  /** Signed in at the first, which serves the other. */
  admin: Caller;
  second: RunningBackend;
  /** Signed in at the second. */
  doctor: Caller;
  port: number;
}

/** A clinic whose first workstation serves a second one, over real TLS. Both are in step. */
export async function twoWorkstations(): Promise<TwoWorkstations> {
  const first = await run({ clock: new TestClock(new Date().toISOString()) });
  const admin = await first.signedIn('admin');
  const { port = 0 } = await admin.ask('hub.start', { port: 0 });
  await inStep(admin);
  const second = await joinAt(admin, port, newFolder());
  const doctor = await second.signedIn('doctor');
  await inStep(doctor);
  return { first, admin, second, doctor, port };
}

/** A new workstation of the admin's site on an empty profile, with its first copy complete. */
export async function joinAt(admin: Caller, port: number, profile: string): Promise<RunningBackend> {
  const { id: siteId } = await admin.ask('sites.current', {});
  const { code } = await admin.ask('fleet.createCode', { siteId });
  const joined = await run({ profile, clock: new TestClock(new Date().toISOString()) });
  const nobody = joined.session('nobody');
  const address = `https://127.0.0.1:${port}`;
  const { fingerprint } = await nobody.ask('enrolment.find', { address });
  await nobody.ask('enrolment.join', { address, code, name: 'Second', ...(fingerprint !== undefined && { fingerprint }) });
  await until(() => syncState(nobody), ({ phase, needsCode }) => phase === 'idle' && needsCode !== true);
  return joined;
}
